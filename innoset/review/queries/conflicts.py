"""Conflicts of interest that the house knows of: from the register and declared ones."""

from collections import defaultdict
from collections.abc import Collection

from innoset.network.models import Membership
from innoset.network.queries import live_memberships
from innoset.review.models import ConflictDeclaration, Dossier, Round
from innoset.review.states import CONFLICT_GROUNDS

OWN_ORGANISATION = "Работает в этой организации"
OWN_MUNICIPALITY = "Свой муниципалитет"
# A ground that speaks of the organisation holds for everything the organisation sends.
_OF_ORGANISATION = ("works_here", "relative")

Conflicts = dict[tuple[int, int], str]
"""The reason by (expert, dossier)."""


def conflicts_of(review_round: Round, experts: Collection[int]) -> Conflicts:
    """Return why which of the people may not judge which dossier of the round."""
    dossiers = list(review_round.dossiers.select_related("organisation"))
    found: Conflicts = {}
    places = _places(experts)
    for dossier in dossiers:
        for expert, memberships in places.items():
            reason = _from_register(memberships, dossier)
            if reason:
                found[expert, dossier.pk] = reason
    found.update(_declared(dossiers, experts))
    return found


def conflict_of(dossier: Dossier, expert: int) -> str:
    """Return why the person may not judge the dossier; an empty string when they may."""
    declared = _declared([dossier], [expert]).get((expert, dossier.pk), "")
    return declared or _from_register(_places([expert]).get(expert, []), dossier)


def _places(experts: Collection[int]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    for membership in live_memberships().filter(person__in=experts):
        found[membership.person_id].append(membership)
    return found


def _from_register(memberships: list[Membership], dossier: Dossier) -> str:
    if any(one.organisation_id == dossier.organisation_id for one in memberships):
        return OWN_ORGANISATION
    own = {one.organisation.municipality_id for one in memberships}
    return OWN_MUNICIPALITY if dossier.organisation.municipality_id in own else ""


def _declared(dossiers: list[Dossier], experts: Collection[int]) -> Conflicts:
    found: Conflicts = {}
    declarations = ConflictDeclaration.objects.filter(
        has_conflict=True, assignment__expert__in=experts
    ).select_related("assignment__dossier")
    for declaration in declarations:
        for dossier in dossiers:
            if _speaks_of(declaration, dossier):
                reason = f"Заявлено: {CONFLICT_GROUNDS[declaration.ground].lower()}"
                found[declaration.assignment.expert_id, dossier.pk] = reason
    return found


def _speaks_of(declaration: ConflictDeclaration, dossier: Dossier) -> bool:
    own = declaration.assignment.dossier
    same_place = declaration.ground in _OF_ORGANISATION and own.organisation_id == dossier.organisation_id
    return own.pk == dossier.pk or same_place

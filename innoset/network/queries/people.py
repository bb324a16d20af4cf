"""Reads of the network: who is what where."""

from typing import Any

from django.db.models import QuerySet

from innoset.network.models import Membership, Organisation
from innoset.network.states import GUARDED_ROLES, Role


def memberships_of(person: Any) -> list[Membership]:
    """Return the live memberships of a person, asked of the database once a request."""
    if not getattr(person, "is_authenticated", False):
        return []
    known: list[Membership] | None = getattr(person, "_live_memberships", None)
    if known is None:
        known = list(live_memberships().filter(person=person))
        person._live_memberships = known  # noqa: SLF001  # reason: remembered for one request
    return known


def live_memberships() -> QuerySet[Membership]:
    """Return memberships that have not ended, with their organisation and municipality."""
    return Membership.objects.filter(until=None, organisation__is_active=True).select_related(
        "organisation__municipality"
    )


def holds(
    person: Any, *roles: Role, organisation: int | None = None, municipality: int | None = None
) -> bool:
    """Tell whether a person has one of the roles (anywhere, or in this organisation or municipality)."""
    return any(
        membership.role in roles
        and (organisation is None or membership.organisation_id == organisation)
        and (municipality is None or membership.organisation.municipality_id == municipality)
        for membership in memberships_of(person)
    )


def organisation_ids_of(person: Any, *roles: Role) -> list[int]:
    """Return the organisations where a person has one of the roles (any role if none is named)."""
    return sorted({m.organisation_id for m in memberships_of(person) if not roles or m.role in roles})


def municipality_ids_of(person: Any, *roles: Role) -> list[int]:
    """Return the municipalities where a person has one of the roles."""
    return sorted({m.organisation.municipality_id for m in memberships_of(person) if m.role in roles})


def needs_second_factor(person: Any) -> bool:
    """Tell whether a person decides about others and so must have a second factor."""
    return any(membership.role in GUARDED_ROLES for membership in memberships_of(person))


def roles_to_offer(person: Any, organisation: Organisation) -> list[Role]:
    """Return the roles that a person may invite others to in an organisation.

    Nobody hands out more trust than their own: the one who approves orders is named by another
    approver of the same organisation or by the operator, never by the organiser whom they check.
    """
    if getattr(person, "is_superuser", False):
        return list(Role)
    offered: set[Role] = set()
    for roles, given in _OFFERS:
        place = {} if Role.ORGANISER in roles else {"municipality": organisation.municipality_id}
        place = {"organisation": organisation.pk} if roles & _OWN_PLACE_ONLY else place
        if holds(person, *roles, **place):
            offered |= given
    return [role for role in Role if role in offered]


_STAFF = frozenset({Role.HEAD, Role.EDITOR, Role.TUTOR})
_OWN_PLACE_ONLY = frozenset({Role.HEAD, Role.APPROVER})
_OFFERS = (
    (frozenset({Role.HEAD}), _STAFF),
    (frozenset({Role.COORDINATOR}), _STAFF | {Role.COORDINATOR, Role.EXPERT, Role.METHODIST}),
    (frozenset({Role.ORGANISER}), frozenset(Role) - {Role.APPROVER}),
    (frozenset({Role.APPROVER}), frozenset({Role.APPROVER})),
)

"""Conflicts of interest that the house knows of: facts gathered for the pure search, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from innoset.accounts.models import User
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Membership, Organisation
from innoset.network.states import Role
from innoset.review.models import ConflictDeclaration, Dossier, EarlyConflict, Interest, Round
from innoset.review.pure.conflicts import Body, Expert, Facts, Finding, Found, Rules, Stake, Stay, Work, find
from innoset.review.states import CONFLICT_GROUNDS, INTEREST_LABELS, InterestPart, OwnMunicipality

Conflicts = dict[tuple[int, int], Finding]
"""The weightiest tie by (expert, dossier)."""
Ties = Found
"""Every tie by (expert, dossier), the weightiest first."""
# A ground that speaks of the organisation holds for everything the organisation sends.
_OF_ORGANISATION = ("works_here", "relative")
_GUIDES = {Role.TUTOR: "Тьютор", Role.METHODIST: "Сетевой методист"}
# Sitting on a list of experts or in a council beside somebody is not working with them.
_WORK = frozenset(
    {Role.HEAD, Role.EDITOR, Role.COORDINATOR, Role.METHODIST, Role.TUTOR, Role.ORGANISER, Role.APPROVER}
)
_GUIDING = (InterestPart.TUTOR, InterestPart.METHODIST)


def conflicts_of(review_round: Round, experts: Collection[int]) -> Conflicts:
    """Return what ties the people to the dossiers of the round: of each pair the weightiest tie.

    Look at `is_barring`: a tie that does not bar is for showing only.
    """
    return {pair: ties[0] for pair, ties in ties_of(review_round, experts).items()}


def barred_in(review_round: Round, experts: Collection[int]) -> dict[tuple[int, int], str]:
    """Return why which of the people may not judge which dossier of the round."""
    found = conflicts_of(review_round, experts)
    return {pair: tie.reason for pair, tie in found.items() if tie.is_barring}


def ties_of(review_round: Round, experts: Collection[int]) -> Ties:
    """Return every tie of the people to the dossiers of the round, barring or not."""
    return _ties(review_round, _dossiers_of(review_round), User.objects.filter(pk__in=experts))


def _dossiers_of(review_round: Round) -> list[Dossier]:
    found = review_round.dossiers.defer("content", "stages")
    return list(found.select_related("organisation__municipality", "organisation__founder"))


def ties_among(review_round: Round, dossiers: list[Dossier], people: Collection[User]) -> Ties:
    """Return every tie between dossiers (with their organisations) and people that are at hand already."""
    return _ties(review_round, dossiers, people)


@dataclass(frozen=True, slots=True)
class Summary:
    """What ties one person to a round: how many dossiers are barred, each reason with its dossiers."""

    barred: int
    barring: tuple[tuple[str, tuple[str, ...]], ...]
    shown: tuple[tuple[str, tuple[str, ...]], ...]


NOTHING = Summary(0, (), ())


@dataclass(frozen=True, slots=True)
class Panorama:
    """What ties people to a round of so many dossiers; who is tied by nothing is absent."""

    by_person: dict[int, Summary]
    dossiers: int


def summaries_of(review_round: Round, people: Collection[User]) -> Panorama:
    """Return, person by person, what stands between them and the dossiers, before anybody is invited."""
    dossiers = _dossiers_of(review_round)
    codes = {dossier.pk: dossier.code for dossier in dossiers}
    own: dict[int, dict[int, tuple[Finding, ...]]] = defaultdict(dict)
    for (expert, dossier), ties in _ties(review_round, dossiers, people).items():
        own[expert][dossier] = ties
    return Panorama({expert: _summary(ties, codes) for expert, ties in own.items()}, len(dossiers))


def _summary(ties: dict[int, tuple[Finding, ...]], codes: dict[int, str]) -> Summary:
    by_reason: dict[bool, dict[str, list[str]]] = {True: defaultdict(list), False: defaultdict(list)}
    for dossier in sorted(ties, key=lambda key: codes[key]):
        for tie in ties[dossier]:
            by_reason[tie.is_barring][tie.reason].append(codes[dossier])
    return Summary(
        barred=sum(found[0].is_barring for found in ties.values()),
        barring=tuple((reason, tuple(works)) for reason, works in by_reason[True].items()),
        shown=tuple((reason, tuple(works)) for reason, works in by_reason[False].items()),
    )


def conflict_of(review_round: Round, dossier: Dossier, expert: int) -> str:
    """Return why the person may not judge the dossier; an empty string when they may."""
    ties = _ties(review_round, [dossier], User.objects.filter(pk=expert)).get((expert, dossier.pk), ())
    return ties[0].reason if ties and ties[0].is_barring else ""


def _ties(review_round: Round, dossiers: list[Dossier], people: Iterable[User]) -> Ties:
    people = list(people)
    experts = [person.pk for person in people]
    stakes = _stakes_of(dossiers)
    team = {stake.person for one in stakes.values() for stake in one if stake.person is not None}
    stays = _stays_of({*experts, *team})
    works = [_work(dossier, stakes) for dossier in dossiers]
    facts = Facts(
        experts=[Expert(one.pk, one.full_name, stays.get(one.pk, ())) for one in people],
        works=works,
        others=_other_works(people, [work.key for work in works]),
        stays=stays,
        declared=_declared(dossiers, experts),
    )
    return find(facts, _rules(review_round))


def _rules(review_round: Round) -> Rules:
    own = OwnMunicipality(review_round.own_municipality)
    return Rules(
        day=_day(review_round.opens_at),
        shows_municipality=own != OwnMunicipality.FREE,
        bars_municipality=own == OwnMunicipality.BARRED,
    )


def _stakes_of(dossiers: Iterable[Dossier]) -> dict[int, list[Stake]]:
    found: dict[int, list[Stake]] = defaultdict(list)
    for one in Interest.objects.filter(dossier__in=[dossier.pk for dossier in dossiers]).order_by("pk"):
        found[one.dossier_id].append(_stake(one))
    return found


def _stake(one: Interest) -> Stake:
    part = InterestPart(one.part)
    return Stake(
        name=one.name,
        part=INTEREST_LABELS[part],
        person=one.person_id,
        guides=part in _GUIDING,
        # A network methodist guides dozens of sites: that alone joins nobody.
        is_team=part != InterestPart.METHODIST,
    )


def _work(dossier: Dossier, stakes: dict[int, list[Stake]]) -> Work:
    return Work(
        key=dossier.pk,
        code=dossier.code,
        body=_body(dossier.organisation),
        opened_on=_day(dossier.opened_at),
        stakes=tuple(stakes.get(dossier.pk, ())),
    )


def _body(organisation: Organisation) -> Body:
    founder = organisation.founder
    return Body(
        key=organisation.pk,
        name=organisation.short_name,
        municipality=organisation.municipality_id,
        place=organisation.municipality.name,
        founder=organisation.founder_id,
        founder_name=founder.short_name if founder else "",
    )


def _stays_of(people: Collection[int]) -> dict[int, tuple[Stay, ...]]:
    found: dict[int, list[Stay]] = defaultdict(list)
    # An organisation that has left the registry is history only where somebody has left it, too.
    members = Membership.objects.filter(person__in=people).filter(
        Q(organisation__is_active=True) | Q(until__isnull=False)
    )
    for member in members.select_related("organisation__municipality", "organisation__founder").order_by(
        "pk"
    ):
        found[member.person_id].append(_stay(member))
    return {person: tuple(stays) for person, stays in found.items()}


def _stay(member: Membership) -> Stay:
    role = Role(member.role)
    return Stay(
        body=_body(member.organisation),
        since=_day(member.since),
        until=_day(member.until) if member.until else None,
        guides=_GUIDES.get(role, ""),
        is_work=role in _WORK,
    )


def _other_works(people: Any, known: Collection[int]) -> list[Work]:
    """Return the works of other rounds that one of the experts stands behind, with their teams."""
    surnames = [person.last_name for person in people if person.last_name]
    named = Q(person__in=people)
    for surname in dict.fromkeys(surnames):
        named |= Q(person=None, name__istartswith=surname)
    behind = Interest.objects.filter(named).exclude(dossier__in=known).values("dossier")
    dossiers = list(
        Dossier.objects.filter(pk__in=behind)
        .select_related("organisation__municipality", "organisation__founder")
        .order_by("pk")
    )
    stakes = _stakes_of(dossiers)
    return [_work(dossier, stakes) for dossier in dossiers]


def _declared(dossiers: list[Dossier], experts: Collection[int]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    by_organisation: dict[int, list[int]] = defaultdict(list)
    for dossier in dossiers:
        by_organisation[dossier.organisation_id].append(dossier.pk)
    known = {dossier.pk for dossier in dossiers}
    for expert, own, organisation, ground in _declarations(experts):
        of_all = by_organisation.get(organisation, []) if ground in _OF_ORGANISATION else []
        for key in {*of_all, *({own} & known)}:
            found[expert, key] = f"Заявлено: {CONFLICT_GROUNDS[ground].lower()}"
    return found


def _declarations(experts: Collection[int]) -> list[tuple[int, int, int, str]]:
    """Return who declared which ground about which dossier of which organisation, before and after."""
    late = ConflictDeclaration.objects.filter(has_conflict=True, assignment__expert__in=experts).order_by()
    early = EarlyConflict.objects.filter(person__in=experts).order_by()
    rows = late.values_list(
        "assignment__expert", "assignment__dossier", "assignment__dossier__organisation", "ground"
    ).union(early.values_list("person", "dossier", "dossier__organisation", "ground"))
    return sorted(rows)


def _day(moment: datetime) -> date:
    return moment.astimezone(MOSCOW).date()

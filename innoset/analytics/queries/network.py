"""Reads of the network as a graph: who takes part on a day, what ties them, what is covered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet

from innoset.analytics.pure.coverage import Counted, Coverage, coverage
from innoset.analytics.pure.graph import Edge, Graph, Node, Place, Tie, tier_of
from innoset.foundation.russian import moscow
from innoset.network.models import (
    Accompaniment,
    Agreement,
    Dissemination,
    Membership,
    Mentorship,
    Organisation,
    Status,
    StatusEvent,
)
from innoset.network.pure.statuses import Fact, FactKind, Phase, fold
from innoset.network.queries.agreements import in_force_on
from innoset.network.queries.dissemination import disseminations_in
from innoset.network.queries.organisations import municipalities_on
from innoset.network.states import MEETINGS, PART_LABELS, OrganisationKind, Part, Role, StatusState

MOST_YEARS: Final = 12
# In which of their places a person accompanies sites, the likeliest first.
_ROLES: Final[Mapping[str, tuple[Role, ...]]] = {
    Part.METHODIST: (Role.METHODIST, Role.COORDINATOR),
    Part.TUTOR: (Role.TUTOR, Role.METHODIST),
    Part.CENTRE_CURATOR: (Role.CURATOR, Role.METHODIST),
    Part.SCIENTIFIC_CURATOR: (Role.CURATOR,),
}
_METHODICAL: Final = (
    OrganisationKind.INSTITUTE,
    OrganisationKind.METHOD_CENTRE,
    OrganisationKind.METHOD_SERVICE,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The facts of every status, read once for as many days as are asked about."""

    facts: Mapping[int, tuple[Fact, ...]]
    kinds: Mapping[int, tuple[str, str, str]]

    def holders(self, day: date) -> dict[int, int]:
        """Return whose each status in force is on a day, by the keys of the statuses."""
        standings = ((status, fold(facts, on=day)) for status, facts in self.facts.items())
        return {
            status: one.holder for status, one in standings if one is not None and one.phase == Phase.IN_FORCE
        }

    def sites(self, day: date) -> int:
        """Count the organisations that hold a status in force on a day."""
        return len(set(self.holders(day).values()))


def ledger() -> Ledger:
    """Read the facts of all statuses but those granted by mistake."""
    statuses = Status.objects.exclude(state=StatusState.ANNULLED).order_by("kind__position", "pk")
    kinds = {
        pk: (code, level, abbreviation)
        for pk, code, level, abbreviation in statuses.values_list(
            "pk", "kind__code", "kind__level", "kind__abbreviation"
        )
    }
    facts: dict[int, list[Fact]] = defaultdict(list)
    rows = StatusEvent.objects.order_by("on", "pk").values_list(
        "status", "pk", "kind", "on", "holder", "ends_on", "annuls"
    )
    for status, pk, kind, on, holder, ends_on, annuls in rows:
        facts[status].append(Fact(pk, FactKind(kind), on, holder, ends_on, annuls))
    return Ledger({pk: tuple(facts[pk]) for pk in kinds if facts[pk]}, kinds)


def graph_on(day: date, *, is_open: bool = True, known: Ledger | None = None) -> Graph:
    """Return the network on a day. An open graph names no person and holds only what anybody may know.

    Joint events are those of the day's calendar year, up to the day; the public is shown those that
    are published or whose proof somebody has seen.
    """
    book = known or ledger()
    held = book.holders(day)
    rows = _organisations()
    edges = [
        *_agreements(day, rows),
        *_mentorships(day, held, rows),
        *_accompaniments(day, held, rows, is_open=is_open),
        *_joint(day, rows, is_open=is_open),
    ]
    places = _places(day)
    nodes = _nodes(book, held, rows, {end for edge in edges for end in (edge.source, edge.target)})
    return Graph(day, _with_missing(places, nodes, rows), nodes, tuple(edges))


def years_of_network(today: date, known: Ledger | None = None) -> list[int]:
    """Return the years that can be looked at, the first of them with a status or an agreement."""
    days = [facts[0].on for facts in (known or ledger()).facts.values()]
    signed = Agreement.objects.aggregate(day=Min("signed_on"))["day"]
    began = min((day.year for day in [*days, *([signed] if signed else [])]), default=today.year)
    return list(range(max(min(began, today.year), today.year - MOST_YEARS + 1), today.year + 1))


def last_day_of(year: int, today: date) -> date:
    """Return the day on which a year is looked at: its last one, or today."""
    return min(today, date(year, 12, 31))


def coverage_of(day: date, *, graph: Graph | None = None, is_open: bool = True) -> Coverage:
    """Return what the network covers on a day: municipalities, schools with a status, events of the year."""
    network = graph or graph_on(day, is_open=is_open)
    schools = _schools(network)
    events = _events(day, is_open=is_open)
    return coverage(
        network,
        {
            code: Counted(schools.get(code, (0, 0))[0], schools.get(code, (0, 0))[1], events.get(code, 0))
            for code in {*schools, *events}
        },
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """An organisation as the graph needs it."""

    number: str
    title: str
    kind: str
    place: str
    place_name: str
    spot: tuple[float, float]


def _organisations() -> dict[int, _Row]:
    found = Organisation.objects.order_by("number", "pk").values_list(
        "pk",
        "number",
        "short_name",
        "kind",
        "municipality__oktmo",
        "municipality__name",
        "municipality__latitude",
        "municipality__longitude",
    )
    return {
        pk: _Row(number, title, kind, place, name, (float(north), float(east)))
        for pk, number, title, kind, place, name, north, east in found
    }


def _places(day: date) -> dict[str, Place]:
    found = municipalities_on(day).order_by("oktmo", "-valid_from")
    columns = found.values_list("oktmo", "name", "latitude", "longitude")
    return {code: Place(code, name, float(north), float(east)) for code, name, north, east in columns}


def _with_missing(
    places: Mapping[str, Place], nodes: Iterable[Node], rows: Mapping[int, _Row]
) -> tuple[Place, ...]:
    """Add the municipalities that organisations still point to though they have become others since."""
    by_number = {row.number: row for row in rows.values()}
    every = dict(places)
    for node in nodes:
        if node.place not in every:
            row = by_number[node.number]
            every[node.place] = Place(node.place, row.place_name, *row.spot, is_current=False)
    return tuple(every[code] for code in sorted(every))


def _nodes(
    book: Ledger, held: Mapping[int, int], rows: Mapping[int, _Row], tied: set[str]
) -> tuple[Node, ...]:
    """Return who takes part: holders of statuses, methodical organisations, whoever is tied to them."""
    statuses: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for status, holder in held.items():
        statuses[holder].append(book.kinds[status])
    nodes = []
    for pk, row in rows.items():
        own = statuses.get(pk, [])
        if own or row.kind in _METHODICAL or row.number in tied:
            codes, levels, labels = (
                (tuple(dict.fromkeys(part)) for part in zip(*own, strict=True)) if own else ((), (), ())
            )
            is_school = row.kind == OrganisationKind.SCHOOL
            tier = tier_of(row.kind, codes)
            nodes.append(Node(row.number, row.title, row.place, tier, codes, levels, labels, is_school))
    return tuple(nodes)


def _agreements(day: date, rows: Mapping[int, _Row]) -> list[Edge]:
    found = Agreement.objects.filter(in_force_on(day)).order_by("signed_on", "pk")
    columns = found.values_list("organisation", "partner", "kind", "number", "signed_on")
    words = dict(Agreement.Kind.choices)
    return [
        Edge(
            Tie.AGREEMENT, rows[left].number, rows[right].number, f"{words[kind]} № {number} от {on:%d.%m.%Y}"
        )
        for left, right, kind, number, on in columns
    ]


def _mentorships(day: date, held: Mapping[int, int], rows: Mapping[int, _Row]) -> list[Edge]:
    """Return who leads whom between those who hold both statuses on the day."""
    live = Mentorship.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day).order_by("pk")
    return [
        Edge(Tie.MENTORSHIP, rows[held[mentor]].number, rows[held[site]].number)
        for mentor, site in live.values_list("mentor", "site")
        if mentor in held and site in held and held[mentor] != held[site]
    ]


def _accompaniments(
    day: date, held: Mapping[int, int], rows: Mapping[int, _Row], *, is_open: bool
) -> list[Edge]:
    """Return which organisation's people accompany which sites; the people are named to colleagues only."""
    live = Accompaniment.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day).order_by("pk")
    found = list(live.values_list("person", "status", "part", "person__last_name", "person__first_name"))
    places = _workplaces(day, {person for person, *_ in found})
    edges = []
    for person, status, part, last, first in found:
        site = held.get(status)
        home = _home(places.get(person, []), part, site)
        if site is not None and home is not None:
            name = "" if is_open else f"{last} {first}".strip()
            edges.append(
                Edge(Tie.ACCOMPANIMENT, rows[home].number, rows[site].number, PART_LABELS[Part(part)], name)
            )
    return edges


def _workplaces(day: date, people: set[int]) -> dict[int, list[tuple[str, int]]]:
    """Return where these people worked on a day: role and organisation, in the order of joining."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Membership.objects.filter(person__in=people).order_by("pk")
    for person, role, organisation, since, until in rows.values_list(
        "person", "role", "organisation", "since", "until"
    ):
        if moscow(since).date() <= day and (until is None or moscow(until).date() > day):
            found[person].append((role, organisation))
    return found


def _home(places: Iterable[tuple[str, int]], part: str, site: int | None) -> int | None:
    """Choose where somebody accompanies from: by the role that goes with the part, never from the site itself."""
    outside = [(role, organisation) for role, organisation in places if organisation != site]
    wanted = _ROLES[part]
    fitting = sorted(
        (wanted.index(Role(role)), turn) for turn, (role, _) in enumerate(outside) if Role(role) in wanted
    )
    if fitting:
        return outside[fitting[0][1]][1]
    return outside[0][1] if outside else None


def _shown(since: date, until: date, *, is_open: bool) -> QuerySet[Dissemination]:
    found = disseminations_in(None, since, until)
    return found.filter(Q(is_published=True) | Q(confirmed_at__isnull=False)) if is_open else found


def _joint(day: date, rows: Mapping[int, _Row], *, is_open: bool) -> list[Edge]:
    """Return what was done together this year: with organisations, and with the services of municipalities."""
    found = _shown(date(day.year, 1, 1), day, is_open=is_open).order_by("on", "pk")
    services = {row.place: pk for pk, row in rows.items() if row.kind == OrganisationKind.METHOD_SERVICE}
    pairs = found.filter(partners__isnull=False).values_list("organisation", "partners", "title", "on")
    places = found.filter(municipalities__isnull=False)
    invited = [
        (organisation, services[code], title, on)
        for organisation, code, title, on in places.values_list(
            "organisation", "municipalities__oktmo", "title", "on"
        )
        if code in services
    ]
    return [
        Edge(Tie.JOINT, rows[left].number, rows[right].number, "" if is_open else f"{title}, {on:%d.%m.%Y}")
        for left, right, title, on in [*pairs, *invited]
        if left != right
    ]


def _schools(graph: Graph) -> dict[str, tuple[int, int]]:
    """Return how many schools of each municipality are known to the site, and how many hold a status."""
    rows = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, is_active=True).order_by()
    totals = dict(rows.values_list("municipality__oktmo").annotate(many=Count("pk")))
    covered: dict[str, int] = defaultdict(int)
    for node in graph.nodes:
        covered[node.place] += bool(node.is_school and node.statuses)
    # A school that has been closed since had its status all the same.
    return {code: (max(totals.get(code, 0), covered[code]), covered[code]) for code in {*totals, *covered}}


def _events(day: date, *, is_open: bool) -> dict[str, int]:
    found = _shown(date(day.year, 1, 1), day, is_open=is_open).filter(kind__in=list(MEETINGS)).order_by()
    counted: Any = found.values_list("organisation__municipality__oktmo").annotate(many=Count("pk"))
    return dict(counted)

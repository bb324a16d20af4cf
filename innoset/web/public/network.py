"""The network to be seen by everybody: the diagram, the map, the coverage. No person is named here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from innoset.analytics.pure import territory
from innoset.analytics.pure.centrality import METHOD, cohesion
from innoset.analytics.pure.coverage import TARGET, Coverage, PlaceCoverage, Share
from innoset.analytics.pure.diagram.svg import Picture
from innoset.analytics.pure.graph import HUBS, Graph, Tie
from innoset.analytics.queries import network as queries
from innoset.foundation.russian import MOSCOW
from innoset.web import seeing
from innoset.web.ui.arrival import arrived_at


@login_not_required
@require_safe
def diagram(request: HttpRequest) -> HttpResponse:
    """Show the network: as a picture, as a list, or who with whom."""
    look = seeing.look_of(request, reverse("public:network"), is_open=True)
    return render(request, "public/network.html", {"look": look, "pages": _pages("public:network")})


@login_not_required
@require_safe
def take(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the picture or the ties as a file."""
    look = seeing.look_of(request, reverse("public:network"), is_open=True)
    return seeing.taken(look, kind, name=f"Сеть {look.day:%Y-%m-%d}")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that the map can show: its words and where it comes from."""

    code: str
    title: str
    words: str
    value: Callable[[PlaceCoverage], Share]


MEASURES: Final = (
    Measure("sites", "Площадки", "организации с действующим статусом", lambda one: Share(one.sites)),
    Measure("kip", "КИП", "организации со статусом КИП", lambda one: Share(one.statuses.get("kip", 0))),
    Measure("schools", "Охват школ", "школы со статусом из всех школ", lambda one: one.schools),
    Measure("agreements", "Соглашения", "действующие соглашения", lambda one: Share(one.agreements)),
    Measure("events", "Мероприятия", "мероприятия с начала года", lambda one: Share(one.events)),
)
SORTS: Final = ("name", *(one.code for one in MEASURES))


def _sorted(places: Iterable[PlaceCoverage], by: str) -> list[PlaceCoverage]:
    """Return the municipalities by a column: names from А, figures from the greatest."""
    measure = next((one for one in MEASURES if one.code == by), None)
    if measure is None:
        return sorted(places, key=lambda one: (one.place.short, one.place.code))
    return sorted(places, key=lambda one: (-measure.value(one).size, one.place.short, one.place.code))


@dataclass(frozen=True, slots=True)
class Territory:
    """The map as one visitor looks at it."""

    year: int
    years: list[int]
    measure: Measure
    graph: Graph
    covered: Coverage

    @property
    def picture(self) -> Picture:
        """Draw the map."""
        spots = [
            territory.Spot(one.place, self.measure.value(one), one.is_in_network or one.is_home)
            for one in self.covered.places
        ]
        address = reverse("public:network")
        sheet = territory.lay_out(spots, _ties(self.graph))
        return territory.map_picture(
            sheet, title=self.title, address=lambda place: f"{address}?year={self.year}&place={place.code}"
        )

    @property
    def title(self) -> str:
        """Say what is on the map."""
        return f"Карта сети на {self.covered.day:%d.%m.%Y}: {self.measure.words}"

    @property
    def scale(self) -> list[tuple[int, str]]:
        """Return what the shades mean."""
        return territory.scale_of(
            [
                territory.Spot(one.place, self.measure.value(one), is_in_network=True)
                for one in self.covered.places
            ]
        )


def _ties(graph: Graph) -> list[tuple[str, str]]:
    """Return the agreements as pairs of municipalities, the centre's first."""
    nodes = graph.by_number
    pairs = []
    for edge in graph.edges:
        if edge.tie is Tie.AGREEMENT:
            ends = sorted((nodes[edge.source], nodes[edge.target]), key=lambda node: node.tier not in HUBS)
            pairs.append((ends[0].place, ends[1].place))
    return pairs


def _territory(request: HttpRequest) -> Territory:
    today = arrived_at(request).astimezone(MOSCOW).date()
    book = queries.ledger()
    years = queries.years_of_network(today, book)
    year = seeing.year_of(request, years)
    graph = queries.graph_on(queries.last_day_of(year, today), known=book)
    asked = request.GET.get("measure", "")
    measure = next((one for one in MEASURES if one.code == asked), MEASURES[0])
    return Territory(year, years, measure, graph, queries.coverage_of(graph.day, graph=graph))


@login_not_required
@require_safe
def territory_map(request: HttpRequest) -> HttpResponse:
    """Show the municipalities on a map of circles, and the same as a table."""
    seen = _territory(request)
    sort = request.GET.get("sort", "")
    here = reverse("public:network_map")
    context = {
        "seen": seen,
        "drawing": SafeString(seen.picture.on_page()),
        "years": _year_links(here, seen.years, seen.year, f"&measure={seen.measure.code}"),
        "measures": [
            seeing.Link(one.title, f"{here}?measure={one.code}&year={seen.year}", one is seen.measure)
            for one in MEASURES
        ],
        "rows": [_row(one) for one in _sorted(seen.covered.places, sort)],
        "heads": _heads(here, seen, sort),
        "downloads": [
            (title, f"{here}{kind}/?measure={seen.measure.code}&year={seen.year}")
            for kind, title in seeing.PICTURES
        ],
        "pages": _pages("public:network_map"),
    }
    return render(request, "public/network_map.html", context)


def _row(one: PlaceCoverage) -> tuple[PlaceCoverage, list[Share]]:
    return one, [measure.value(one) for measure in MEASURES]


def _heads(here: str, seen: Territory, sort: str) -> list[seeing.Link]:
    """Return the heads of the table: each sorts by its column."""
    columns = [("name", "Муниципалитет"), *((one.code, one.title) for one in MEASURES)]
    chosen = sort if sort in SORTS else "name"
    return [
        seeing.Link(title, f"{here}?measure={seen.measure.code}&year={seen.year}&sort={code}", code == chosen)
        for code, title in columns
    ]


@login_not_required
@require_safe
def take_map(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the map as a file."""
    seen = _territory(request)
    return seeing.handed_out(
        seen.picture, kind, name=f"Карта сети {seen.covered.day:%Y-%m-%d}", site=seeing.site_of(request)
    )


@login_not_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show what the network covers, always of how many, and how it holds together."""
    seen = _territory(request)
    here = reverse("public:network_coverage")
    context = {
        "covered": seen.covered,
        "places": sorted(seen.covered.places, key=lambda one: (-one.schools.share, one.place.short)),
        "cohesion": cohesion(seen.graph),
        "method": METHOD,
        "target": TARGET,
        "years": _year_links(here, seen.years, seen.year),
        "year": seen.year,
        "pages": _pages("public:network_coverage"),
    }
    return render(request, "public/network_coverage.html", context)


def _year_links(here: str, years: list[int], year: int, more: str = "") -> list[seeing.Link]:
    return [seeing.Link(str(one), f"{here}?year={one}{more}", one == year) for one in years]


PAGES: Final = (
    ("public:network", "Схема"),
    ("public:network_map", "Карта"),
    ("public:network_coverage", "Охват"),
)


def _pages(current: str) -> list[seeing.Link]:
    return [seeing.Link(title, reverse(name), name == current) for name, title in PAGES]


routes = [
    path("network/", diagram, name="network"),
    path("network/take/<str:kind>/", take, name="network_take"),
    path("network/map/", territory_map, name="network_map"),
    path("network/map/<str:kind>/", take_map, name="network_map_take"),
    path("network/coverage/", coverage, name="network_coverage"),
]

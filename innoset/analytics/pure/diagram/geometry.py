"""Where everything of the wheel stands: sectors by bearing, sites in rows, bundles through the middle."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from innoset.analytics.pure.graph import HUBS, Graph, Node, Place, Tie, Tier

GATE: Final = 258.0
FIRST_ROW: Final = 292.0
LAST_ROW: Final = 436.0
ROOM: Final = 192
"""How much room there is for the names outside the wheel."""
HUB_RING: Final = 64.0
TURN: Final = 2 * math.pi
LEAST: Final = 17.0 / FIRST_ROW / 1.3
"""The narrowest sector: a line of words and the air round it."""
STEPS: Final = (26.0, 22.0, 19.0, 16.0, 14.0, 12.5, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0)
_ORDER: Final = (Tier.MSIP, Tier.KIP, Tier.MLSV, Tier.MIP, Tier.OTHER, Tier.PARTNER)
_ALONE: Final = TURN / 3
"""A single municipality does not fill the circle."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the sheet."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sector:
    """The slice of a municipality: from which angle to which, clockwise from the north."""

    place: Place
    start: float
    end: float
    members: tuple[Node, ...]

    @property
    def middle(self) -> float:
        """Return the angle of its middle."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Bundle:
    """Ties drawn as one line: how many, of which kind, along which way."""

    tie: Tie
    many: int
    source: Point
    bend: Point | None
    target: Point
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wheel:
    """The whole picture, laid out round nought; `rim` is where the rows of sites end."""

    sectors: tuple[Sector, ...]
    spots: Mapping[str, Point]
    radius: float
    rim: float
    bundles: tuple[Bundle, ...]


def lay_out(graph: Graph) -> Wheel:
    """Lay the graph out; the same graph always gives the same wheel."""
    hubs = [node for node in graph.nodes if node.tier in HUBS]
    sectors = _sectors(graph, hubs)
    step = next((one for one in STEPS if all(_fits(sector, one) for sector in sectors)), STEPS[-1])
    spots = _hub_spots(hubs)
    for sector in sectors:
        spots |= _spots_in(sector, step)
    outer = max((math.hypot(spot.x, spot.y) for spot in spots.values()), default=0.0)
    rim = max(outer, FIRST_ROW) + step * 0.7
    return Wheel(sectors, spots, min(9.0, step * 0.4), rim, _bundles(graph, sectors, spots))


def at(angle: float, radius: float) -> Point:
    """Return the point so far from the middle in this direction, clockwise from the north."""
    return Point(round(radius * math.sin(angle), 1), round(-radius * math.cos(angle), 1))


def _sectors(graph: Graph, hubs: Sequence[Node]) -> tuple[Sector, ...]:
    members: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        if node.tier not in HUBS:
            members[node.place].append(node)
    shown = [place for place in graph.places if members[place.code]]
    origin = _origin(graph, hubs)
    shown.sort(key=lambda place: (_bearing(origin, place), place.code))
    total = sum(_weight(members[place.code]) for place in shown) or 1.0
    free = max(0.0, TURN - LEAST * len(shown))
    least = min(LEAST, TURN / max(len(shown), 1))
    result, angle = [], 0.0
    for place in shown:
        wide = least + free * _weight(members[place.code]) / total
        end = angle + (min(wide, _ALONE) if len(shown) == 1 else wide)
        result.append(Sector(place, angle, end, _ordered(graph, members[place.code])))
        angle = end
    return tuple(result)


def _weight(nodes: Sequence[Node]) -> float:
    """Give a large municipality more room, but not all of it: it can also grow outwards."""
    return float(len(nodes) ** 0.75)


def _origin(graph: Graph, hubs: Sequence[Node]) -> tuple[float, float]:
    """Return where the centre of the network is: sectors stand as their municipalities lie round it."""
    codes = {node.place for node in hubs}
    around = [place for place in graph.places if place.code in codes] or list(graph.places)
    many = len(around) or 1
    return sum(one.latitude for one in around) / many, sum(one.longitude for one in around) / many


def _bearing(origin: tuple[float, float], place: Place) -> float:
    north = place.latitude - origin[0]
    east = (place.longitude - origin[1]) * math.cos(math.radians(origin[0]))
    return round(math.atan2(east, north) % TURN, 6) if (north, east) != (0.0, 0.0) else 0.0


def _ordered(graph: Graph, nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Put leaders first, and those whom they lead near them."""
    leads = {edge.target: edge.source for edge in graph.edges if edge.tie is Tie.MENTORSHIP}
    return tuple(
        sorted(
            (node for node in nodes if node.tier is not Tier.SERVICE),
            key=lambda node: (_ORDER.index(node.tier), leads.get(node.number, "~"), node.number),
        )
    ) + tuple(sorted((node for node in nodes if node.tier is Tier.SERVICE), key=lambda node: node.number))


def _columns(sector: Sector, radius: float, step: float) -> int:
    return max(1, int((sector.end - sector.start - 0.008) * radius / step))


def _fits(sector: Sector, step: float) -> bool:
    left, radius = sum(1 for node in sector.members if node.tier is not Tier.SERVICE), FIRST_ROW
    while left > 0 and radius <= LAST_ROW:
        left -= _columns(sector, radius, step)
        radius += step
    return left <= 0


def _spots_in(sector: Sector, step: float) -> dict[str, Point]:
    """Put the services on their ring and the sites in rows behind it."""
    spots: dict[str, Point] = {}
    services = [node for node in sector.members if node.tier is Tier.SERVICE]
    for place, node in enumerate(services):
        spots[node.number] = at(sector.middle + 0.05 * (place - (len(services) - 1) / 2), GATE)
    left, radius = [node for node in sector.members if node.tier is not Tier.SERVICE], FIRST_ROW
    while left:
        row = left[: _columns(sector, radius, step)]
        left = left[len(row) :]
        for place, node in enumerate(row):
            spots[node.number] = at(sector.middle + (place - (len(row) - 1) / 2) * step / radius, radius)
        radius += step
    return spots


def _hub_spots(hubs: Sequence[Node]) -> dict[str, Point]:
    """Put the institute and the centres in the middle, one above another or in a ring."""
    chosen = sorted(hubs, key=lambda node: (node.tier is not Tier.INSTITUTE, node.number))
    if len(chosen) == 1:
        return {chosen[0].number: Point(0.0, 0.0)}
    return {node.number: at(TURN * place / len(chosen), HUB_RING) for place, node in enumerate(chosen)}


_ASIDE: Final = {Tie.AGREEMENT: 0.0, Tie.MENTORSHIP: 5.0, Tie.ACCOMPANIMENT: -5.0, Tie.JOINT: 9.0}
"""How far beside the middle of a sector its bundles of each kind enter, so that they do not cover each other."""


def _bundles(graph: Graph, sectors: Sequence[Sector], spots: Mapping[str, Point]) -> tuple[Bundle, ...]:
    """Gather the ties: inside a municipality each by itself, between municipalities by pairs of gates."""
    nodes, by_code = graph.by_number, {sector.place.code: sector for sector in sectors}
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for edge in graph.edges:
        left, right = nodes[edge.source], nodes[edge.target]
        pair = (left.number, right.number) if _is_near(left, right) else (_end(left), _end(right))
        counts[edge.tie, min(pair), max(pair)] += 1
    return tuple(
        _way(Tie(tie), many, (first, second), by_code, spots)
        for (tie, first, second), many in sorted(counts.items(), key=lambda item: item[0])
    )


def _is_near(left: Node, right: Node) -> bool:
    """Tell whether a tie is drawn by itself: inside one municipality, or between centres and services."""
    firm = HUBS | {Tier.SERVICE}
    outer = left.tier not in HUBS and right.tier not in HUBS
    return (outer and left.place == right.place) or (left.tier in firm and right.tier in firm)


def _end(node: Node) -> str:
    """Return what a bundle holds on to: a centre itself, or the gate of a municipality."""
    return node.number if node.tier in HUBS else f"gate:{node.place}"


def _way(
    tie: Tie,
    many: int,
    ends: tuple[str, str],
    sectors: Mapping[str, Sector],
    spots: Mapping[str, Point],
) -> Bundle:
    first, second = (_hold(end, tie, sectors, spots) for end in ends)
    between_gates = all(end.startswith("gate:") for end in ends)
    bend = _bend(first, second) if between_gates else _along(first, second)
    return Bundle(tie, many, first, bend, second, ends)


def _hold(end: str, tie: Tie, sectors: Mapping[str, Sector], spots: Mapping[str, Point]) -> Point:
    if not end.startswith("gate:"):
        return spots[end]
    sector = sectors[end.removeprefix("gate:")]
    return at(sector.middle + _ASIDE[tie] / GATE, GATE + 14)


_FAR: Final = 200.0
_NEAR_MIDDLE: Final = 0.5


def _along(first: Point, second: Point) -> Point | None:
    """Return where a long tie inside a wide slice is drawn to: along the ring, not through the centres."""
    reach = min(math.hypot(first.x, first.y), math.hypot(second.x, second.y))
    if reach < GATE * _NEAR_MIDDLE or math.hypot(first.x - second.x, first.y - second.y) < _FAR:
        return None
    angle = math.atan2(first.x + second.x, -first.y - second.y)
    return at(angle, reach * 0.85)


def _bend(first: Point, second: Point) -> Point:
    """Return where the way between two gates is drawn to: the farther apart, the nearer to the middle."""
    x, y = (first.x + second.x) / 2, (first.y + second.y) / 2
    reach = math.hypot(x, y) / (GATE + 14)
    return Point(x * reach * 0.8, y * reach * 0.8)

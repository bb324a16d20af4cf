"""The same network without a picture: a tree, a table by municipality, who is tied to whom, all ties in lines."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from innoset.analytics.pure.graph import (
    HUBS,
    TIE_LABELS,
    TIER_LABELS,
    Edge,
    Graph,
    Node,
    Place,
    Tie,
    Tier,
    degrees,
)

HEAD: Final = ("Связь", "От кого", "Номер", "Муниципалитет", "К кому", "Номер", "Муниципалитет", "Подробнее")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What an organisation is tied to, and how."""

    node: Node
    ties: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """An organisation of the tree with everybody it is tied to."""

    node: Node
    kind: str
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A municipality of the tree (None = the centres of the network)."""

    place: Place | None
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A municipality in the table: its organisations by kind and its ties by kind."""

    place: Place
    sites: int
    tiers: tuple[int, ...]
    inside: int
    outside: int


PLACE_TIERS: Final = (Tier.SERVICE, Tier.MSIP, Tier.KIP, Tier.MLSV, Tier.MIP, Tier.OTHER, Tier.PARTNER)


def tree(graph: Graph) -> list[Branch]:
    """Return the organisations by municipality, the centres first; nobody twice, nobody left out."""
    near = _neighbours(graph)
    order = list(Tier)
    leaves = [
        Leaf(node, ", ".join(node.labels) or TIER_LABELS[node.tier], near.get(node.number, ()))
        for node in sorted(graph.nodes, key=lambda one: (order.index(one.tier), one.number))
    ]
    centres = tuple(leaf for leaf in leaves if leaf.node.tier in HUBS)
    branches = [Branch(None, centres)] if centres else []
    for place in _by_name(graph):
        own = tuple(leaf for leaf in leaves if leaf.node.place == place.code and leaf.node.tier not in HUBS)
        if own:
            branches.append(Branch(place, own))
    return branches


def _neighbours(graph: Graph) -> dict[str, tuple[Neighbour, ...]]:
    nodes = graph.by_number
    counts: dict[str, dict[str, Counter[Tie]]] = defaultdict(lambda: defaultdict(Counter))
    for edge in graph.edges:
        counts[edge.source][edge.target][edge.tie] += 1
        counts[edge.target][edge.source][edge.tie] += 1
    return {
        one: tuple(Neighbour(nodes[other], _said(near[other])) for other in sorted(near))
        for one, near in counts.items()
    }


def _said(ties: Counter[Tie]) -> str:
    parts = (
        f"{TIE_LABELS[tie]} ({ties[tie]})" if ties[tie] > 1 else TIE_LABELS[tie] for tie in Tie if ties[tie]
    )
    return ", ".join(parts)


def _by_name(graph: Graph) -> list[Place]:
    return sorted(graph.places, key=lambda place: (place.short, place.code))


def by_place(graph: Graph) -> list[PlaceRow]:
    """Return the municipalities that have somebody in the network, with their counts."""
    nodes = graph.by_number
    tiers: dict[str, Counter[Tier]] = defaultdict(Counter)
    sites: Counter[str] = Counter()
    for node in graph.nodes:
        tiers[node.place][node.tier] += 1
        sites[node.place] += bool(node.statuses)
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for edge in graph.edges:
        ends = {nodes[edge.source].place, nodes[edge.target].place}
        for code in ends:
            (inside if len(ends) == 1 else outside)[code] += 1
    return [
        PlaceRow(
            place,
            sites[place.code],
            tuple(tiers[place.code][tier] for tier in PLACE_TIERS),
            inside[place.code],
            outside[place.code],
        )
        for place in _by_name(graph)
        if tiers[place.code]
    ]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who with whom: a row and a column a municipality or an organisation, a count in each cell."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def matrix(graph: Graph, place: str = "") -> Matrix:
    """Count the ties between municipalities, or between the organisations of one and those tied to it."""
    nodes = graph.by_number
    names = _names(graph, place)
    keys = list(names)
    counts: Counter[tuple[str, str]] = Counter()
    for edge in graph.edges:
        ends = [_key(nodes[end], place) for end in (edge.source, edge.target)]
        counts[ends[0], ends[1]] += 1
        if ends[0] != ends[1]:
            counts[ends[1], ends[0]] += 1
    return Matrix(
        heads=tuple(names.values()),
        rows=tuple((names[one], tuple(counts[one, other] for other in keys)) for one in keys),
    )


def _key(node: Node, place: str) -> str:
    return node.number if place or node.tier in HUBS else node.place


def _names(graph: Graph, place: str) -> dict[str, str]:
    tied = degrees(graph)
    if place:
        return {node.number: node.title for node in _in_order(graph.nodes) if tied[node.number]}
    hubs = {node.number: node.title for node in _in_order(graph.nodes) if node.tier in HUBS}
    alive = {node.place for node in graph.nodes if node.tier not in HUBS and tied[node.number]}
    return hubs | {one.code: one.short for one in _by_name(graph) if one.code in alive}


def _in_order(nodes: Sequence[Node]) -> list[Node]:
    order = list(Tier)
    return sorted(nodes, key=lambda one: (order.index(one.tier), one.number))


def lines(graph: Graph) -> list[tuple[str, ...]]:
    """Return every tie as a line of a sheet, under `HEAD`."""
    nodes, places = graph.by_number, graph.by_code
    return [_line(edge, nodes[edge.source], nodes[edge.target], places) for edge in graph.edges]


def _line(edge: Edge, left: Node, right: Node, places: Mapping[str, Place]) -> tuple[str, ...]:
    more = ", ".join(part for part in (edge.detail, edge.people) if part)
    ends = (part for one in (left, right) for part in (one.title, one.number, places[one.place].name))
    return (TIE_LABELS[edge.tie], *ends, more)

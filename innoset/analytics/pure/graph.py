"""The network as a graph of one day: who takes part, and what ties them together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from innoset.foundation.russian import counted, decimal


class Tier(StrEnum):
    """The place of an organisation in the network, from the middle outwards."""

    INSTITUTE = "institute"
    CENTRE = "centre"
    SERVICE = "service"
    MSIP = "msip"
    KIP = "kip"
    MLSV = "mlsv"
    MIP = "mip"
    OTHER = "other"
    PARTNER = "partner"


TIER_LABELS: Final = {
    Tier.INSTITUTE: "Институт развития образования",
    Tier.CENTRE: "Методический или ресурсный центр",
    Tier.SERVICE: "Территориальная методическая служба",
    Tier.MSIP: "МСИП",
    Tier.KIP: "КИП",
    Tier.MLSV: "МЛСВ",
    Tier.MIP: "МИП",
    Tier.OTHER: "Площадка с другим статусом",
    Tier.PARTNER: "Участник без статуса",
}
HUBS: Final = frozenset({Tier.INSTITUTE, Tier.CENTRE})
SITES: Final = frozenset({Tier.MSIP, Tier.KIP, Tier.MLSV, Tier.MIP, Tier.OTHER})
# The first status of this list that an organisation holds gives it its mark.
_BY_STATUS: Final = (
    ("krc", Tier.CENTRE),
    ("msip", Tier.MSIP),
    ("kip", Tier.KIP),
    ("mlsv", Tier.MLSV),
    ("mip", Tier.MIP),
)
_BY_KIND: Final = {
    "institute": Tier.INSTITUTE,
    "method_centre": Tier.CENTRE,
    "method_service": Tier.SERVICE,
}


class Tie(StrEnum):
    """What ties two organisations."""

    AGREEMENT = "agreement"
    MENTORSHIP = "mentorship"
    ACCOMPANIMENT = "accompaniment"
    JOINT = "joint"


TIE_LABELS: Final = {
    Tie.AGREEMENT: "Соглашение",
    Tie.MENTORSHIP: "МСИП ведёт МИП",
    Tie.ACCOMPANIMENT: "Сопровождение",
    Tie.JOINT: "Совместное мероприятие",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of the region, with its centre on the globe."""

    code: str
    name: str
    latitude: float
    longitude: float
    # False = it has become another municipality since, and is here for the organisations that point to it.
    is_current: bool = True

    @property
    def short(self) -> str:
        """Return the name without the words that all have: «Крымский», «Анапа»."""
        name = self.name.removesuffix(" район").removesuffix(" муниципальный округ")
        return name.removeprefix("город-курорт ").removeprefix("город ")


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation on a day: `statuses` are the codes of its statuses in force, `levels` theirs."""

    number: str
    title: str
    place: str
    tier: Tier
    statuses: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    is_school: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two organisations; `detail` says which one it is, `people` who keeps it (never in public)."""

    tie: Tie
    source: str
    target: str
    detail: str = ""
    people: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The network on a day."""

    day: date
    places: tuple[Place, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    found: frozenset[str] = field(default_factory=frozenset)

    @property
    def by_number(self) -> Mapping[str, Node]:
        """Return the organisations by their numbers."""
        return {node.number: node for node in self.nodes}

    @property
    def by_code(self) -> Mapping[str, Place]:
        """Return the municipalities by their codes."""
        return {place.code: place for place in self.places}

    @property
    def sites(self) -> int:
        """Count the organisations that hold a status."""
        return sum(1 for node in self.nodes if node.statuses)


def tier_of(kind: str, statuses: Iterable[str]) -> Tier:
    """Tell the place of an organisation by its kind and by the statuses that it holds."""
    held = set(statuses)
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    for code, tier in _BY_STATUS:
        if code in held:
            return tier
    return Tier.OTHER if held else Tier.PARTNER


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to see; nothing said = everything."""

    level: str = ""
    status: str = ""
    place: str = ""
    ties: frozenset[Tie] = frozenset(Tie)
    words: str = ""


def narrowed(graph: Graph, wish: Wish) -> Graph:
    """Return the part that was asked for; whoever has the words in the name comes with its neighbours."""
    edges = tuple(edge for edge in graph.edges if edge.tie in wish.ties)
    found = _found(graph, wish.words)
    kept = {node.number for node in graph.nodes if _is_asked(node, wish)}
    if wish.words.strip():
        kept &= found | neighbours(edges, found)
    if wish.place:
        # Seen from one municipality, what its neighbours or the centres have beside it is beside the point.
        own = {
            node.number
            for node in graph.nodes
            if node.place == wish.place and node.tier not in HUBS and node.number in kept
        }
        edges = tuple(edge for edge in edges if edge.source in own or edge.target in own)
        kept &= own | neighbours(edges, own)
    return replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.number in kept),
        edges=tuple(edge for edge in edges if {edge.source, edge.target} <= kept),
        found=frozenset(found & kept),
    )


def _is_asked(node: Node, wish: Wish) -> bool:
    """Tell whether an organisation is shown; centres and services hold the picture together and stay."""
    if node.tier in HUBS or node.tier is Tier.SERVICE:
        return True
    return (not wish.level or wish.level in node.levels) and (not wish.status or wish.status in node.statuses)


def _found(graph: Graph, words: str) -> set[str]:
    asked = _folded(words).split()
    if not asked:
        return set()
    places = {place.code: place.name for place in graph.places}
    return {
        node.number
        for node in graph.nodes
        if all(word in _folded(f"{node.title} {node.number} {places.get(node.place, '')}") for word in asked)
    }


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def neighbours(edges: Iterable[Edge], numbers: Iterable[str]) -> set[str]:
    """Return who is tied to one of these."""
    own, found = set(numbers), set()
    for edge in edges:
        if edge.source in own:
            found.add(edge.target)
        if edge.target in own:
            found.add(edge.source)
    return found


def degrees(graph: Graph) -> Counter[str]:
    """Count the ties of each organisation; whoever has none is not there."""
    return Counter(end for edge in graph.edges for end in (edge.source, edge.target))


def agreed_places(graph: Graph) -> Counter[str]:
    """Count the agreements in force by municipality: those of whoever is not a centre itself."""
    nodes = graph.by_number
    return Counter(
        nodes[end].place
        for edge in graph.edges
        if edge.tie is Tie.AGREEMENT
        for end in (edge.source, edge.target)
        if nodes[end].tier not in HUBS
    )


def tie_counts(graph: Graph) -> list[tuple[Tie, str, int]]:
    """Count the ties of each kind, those that nobody has included."""
    counts = Counter(edge.tie for edge in graph.edges)
    return [(tie, label, counts[tie]) for tie, label in TIE_LABELS.items()]


_DOUBLE: Final = 1.95


def growth(before: int, now: int, year: int) -> str:
    """Say how the number of sites has changed since the end of the year before."""
    sites = counted(now, "площадка", "площадки", "площадок")
    if not before:
        return f"На конец {year - 1} года площадок не было, теперь {sites}." if now else "Площадок пока нет."
    if now == before:
        return f"Площадок столько же, сколько на конец {year - 1} года: {now}."
    if now < before:
        return f"Площадок стало меньше, чем на конец {year - 1} года: {before} → {now}."
    if now / before >= _DOUBLE:
        times = decimal(now / before, 1).removesuffix(",0")
        word = "раза" if "," in times or times in {"2", "3", "4"} else "раз"
        return f"Площадок стало больше в {times} {word} за год: {before} → {now}."
    share = round(100 * (now - before) / before)
    return (
        f"Площадок стало больше на {share} % за год: {before} → {now}." if share else _slightly(before, now)
    )


def _slightly(before: int, now: int) -> str:
    return f"Площадок стало чуть больше за год: {before} → {now}."

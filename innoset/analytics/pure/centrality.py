"""Through whom the network runs, in plain words: shortest ways, parts, and who holds parts together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from innoset.analytics.pure.graph import HUBS, Graph, Node, Tier
from innoset.foundation.russian import counted, decimal, plural

METHOD: Final = (
    "Считаем посредничество по Фримену: берём все пары организаций, между которыми есть путь по связям сети, "
    "и смотрим, какая доля кратчайших путей проходит через каждую организацию. "
    "Несколько связей между одними и теми же организациями считаем за одну."
)
MOST: Final = 10
_HALF_A_PERCENT: Final = 0.005


@dataclass(frozen=True, slots=True)
class Passage:
    """An organisation through which ways run: what share of them, and who would be cut off without it."""

    node: Node
    share: float
    cut_off: int

    @property
    def words(self) -> str:
        """Say it plainly."""
        first = f"Через {_whom(self.node)} проходит {_percent(self.share)} кратчайших путей сети."
        if not self.cut_off:
            return f"{first} Если её связи прервутся, остальные найдут обход."
        lost = counted(self.cut_off, "организация", "организации", "организаций")
        verb = plural(self.cut_off, "потеряет", "потеряют", "потеряют")
        return f"{first} Без неё связь с сетью {verb} {lost}."


def _whom(node: Node) -> str:
    if node.tier in HUBS or node.tier is Tier.SERVICE:
        return "эту организацию"
    return "эту площадку"


def _percent(share: float) -> str:
    return f"{decimal(100 * share, 0)} %" if share >= _HALF_A_PERCENT else "меньше 1 %"


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How the network holds together: its parts, and the organisations that ways run through."""

    parts: int
    largest: int
    tied: int
    alone: int
    passages: tuple[Passage, ...]

    @property
    def words(self) -> str:
        """Say how many parts there are."""
        if not self.parts:
            return "Связей на этот день нет."
        whole = counted(self.tied, "организация связана", "организации связаны", "организаций связаны")
        if self.parts == 1:
            return f"Сеть цельная: {whole} между собой."
        parts = counted(self.parts, "часть", "части", "частей")
        return f"Сеть распадается на {parts}: в самой большой {self.largest} из {self.tied} связанных организаций."


def cohesion(graph: Graph) -> Cohesion:
    """Reckon shortest ways and parts; the answer does not depend on the order of the ties."""
    whole, nodes = _whole(graph)
    if not nodes:
        return Cohesion(0, 0, 0, len(graph.nodes), ())
    parts = [len(part) for part in whole.connected_components()]
    pairs = sum(size * (size - 1) / 2 for size in parts)
    ways = whole.betweenness(directed=False)
    order = sorted(range(len(nodes)), key=lambda one: (-round(ways[one], 6), nodes[one].number))
    passages = tuple(
        Passage(nodes[one], ways[one] / pairs, _lost(whole, one)) for one in order[:MOST] if ways[one]
    )
    return Cohesion(len(parts), max(parts), len(nodes), len(graph.nodes) - len(nodes), passages)


def _whole(graph: Graph) -> tuple[Any, Sequence[Node]]:
    """Return the ties as a simple graph of those who have any, in the order of their numbers."""
    from igraph import Graph as Web  # noqa: PLC0415  # reason: slow to load, and few need it

    pairs = {(min(one.source, one.target), max(one.source, one.target)) for one in graph.edges}
    pairs = {pair for pair in pairs if pair[0] != pair[1]}
    tied = {end for pair in pairs for end in pair}
    nodes = sorted((node for node in graph.nodes if node.number in tied), key=lambda node: node.number)
    place = {node.number: number for number, node in enumerate(nodes)}
    return Web(n=len(nodes), edges=sorted((place[a], place[b]) for a, b in pairs)), nodes


def _lost(whole: Any, place: int) -> int:
    """Return how many organisations one alone holds in its part: all but the largest piece left without it."""
    own = {one if one < place else one - 1 for one in whole.subcomponent(place) if one != place}
    rest = whole.copy()
    rest.delete_vertices([place])
    pieces = [len(part) for part in rest.connected_components() if part[0] in own]
    return len(own) - max(pieces)

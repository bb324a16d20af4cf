"""Coverage, always with its numerator and its denominator, and whom the network has not reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from innoset.analytics.pure.graph import HUBS, SITES, Graph, Node, Place, Tier, agreed_places, degrees
from innoset.foundation.russian import decimal, thousands

TARGET: Final = 100
"""To be reached, per cent: every school of a municipality holds a status."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, or a plain count where there is no whole (`total` is None)."""

    part: int
    total: int | None = None

    @property
    def share(self) -> float:
        """Return the part as a fraction; of nothing it is nought."""
        return self.part / self.total if self.total else 0.0

    @property
    def size(self) -> int:
        """Return what a mark is sized by: the count, or per cent."""
        return self.part if self.total is None else round(100 * self.share)

    @property
    def percent(self) -> str:
        """Write the share in per cent; of nothing there is none."""
        return f"{decimal(100 * self.share, 0)} %" if self.total else "—"

    def __str__(self) -> str:
        """Write «7 из 74» or «7»; a part of nothing is no figure."""
        if self.total == 0:
            return "—"
        return (
            thousands(self.part)
            if self.total is None
            else f"{thousands(self.part)} из {thousands(self.total)}"
        )


@dataclass(frozen=True, slots=True)
class PlaceCoverage:
    """What is covered in a municipality."""

    place: Place
    is_in_network: bool
    is_home: bool
    schools: Share
    sites: int
    statuses: Mapping[str, int]
    agreements: int
    events: int

    @property
    def left(self) -> str:
        """Say how many schools are still without a status."""
        if not self.schools.total:
            return "—"
        rest = self.schools.total - self.schools.part
        return thousands(rest) if rest else "цель достигнута"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is covered in the region on a day."""

    day: date
    municipalities: Share
    schools: Share
    places: tuple[PlaceCoverage, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the database counts for a municipality beside the graph."""

    schools: int = 0
    covered: int = 0
    events: int = 0


def coverage(graph: Graph, counted: Mapping[str, Counted]) -> Coverage:
    """Reckon the coverage; a municipality is in the network while an agreement with it is in force."""
    agreed = agreed_places(graph)
    places = tuple(
        _of_place(place, graph, counted.get(place.code, Counted()), agreed) for place in graph.places
    )
    current = [one for one in places if one.place.is_current]
    return Coverage(
        day=graph.day,
        municipalities=Share(sum(1 for one in current if one.is_in_network), len(current)),
        schools=Share(sum(one.schools.part for one in places), sum(one.schools.total or 0 for one in places)),
        places=places,
    )


def _of_place(place: Place, graph: Graph, counts: Counted, agreed: Mapping[str, int]) -> PlaceCoverage:
    nodes = [node for node in graph.nodes if node.place == place.code and node.statuses]
    statuses: dict[str, int] = {}
    for node in nodes:
        for code in set(node.statuses):
            statuses[code] = statuses.get(code, 0) + 1
    many = agreed.get(place.code, 0)
    is_home = any(node.tier in HUBS and node.place == place.code for node in graph.nodes)
    return PlaceCoverage(
        place=place,
        is_in_network=many > 0,
        is_home=is_home,
        schools=Share(counts.covered, counts.schools),
        sites=len(nodes),
        statuses=statuses,
        agreements=many,
        events=counts.events,
    )


@dataclass(frozen=True, slots=True)
class Apart:
    """An organisation that nothing ties to the network, and what would."""

    node: Node
    place: str
    advice: tuple[str, ...]


def apart(graph: Graph) -> list[Apart]:
    """Return the sites and services that no tie joins to anybody, each with what would join it."""
    tied, agreed = degrees(graph), agreed_places(graph)
    places = graph.by_code
    return [
        Apart(node, places[node.place].name, _advice(node, graph.nodes, agreed))
        for node in graph.nodes
        if (node.tier in SITES or node.tier is Tier.SERVICE) and not tied[node.number]
    ]


def _advice(node: Node, nodes: Iterable[Node], agreed: Mapping[str, int]) -> tuple[str, ...]:
    if node.tier is Tier.SERVICE:
        return ("Заключить соглашение с центром сети.",)
    leaders = [one for one in nodes if one.tier is Tier.MSIP and one.number != node.number]
    near = [one for one in leaders if one.place == node.place]
    result = []
    if node.tier is Tier.MIP and leaders:
        names = ", ".join(one.title for one in (near or leaders)[:2])
        where = "в том же муниципалитете" if near else "в других муниципалитетах"
        result.append(f"Закрепить за МСИП {where}: {names}.")
    result.append("Назначить сетевого методиста или тьютора.")
    if not agreed.get(node.place):
        result.append("Муниципалитет без соглашения: провести мероприятие вместе с площадкой сети.")
    else:
        result.append("Провести совместное мероприятие и внести его на сайт.")
    return tuple(result)

"""The picture of one municipality: everybody by name, in columns from the centres to the sites."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from innoset.analytics.pure.diagram.svg import (
    Picture,
    link,
    mark,
    number,
    shortened,
    text,
    width_class,
    width_of,
)
from innoset.analytics.pure.graph import HUBS, TIE_LABELS, Graph, Node, Tie, Tier
from innoset.foundation.russian import counted

COLUMN: Final = 310
ROW: Final = 28
TOP: Final = 56
LEFT: Final = 26
RADIUS: Final = 8.0
_NAME: Final = COLUMN - 70
_LEADERS: Final = frozenset({Tier.MSIP, Tier.KIP, Tier.MLSV})
HEADS: Final = (
    "Центры",
    "Методическая служба",
    "МСИП, КИП, МЛСВ",
    "Другие участники",
    "Соседние муниципалитеты",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an organisation stands and how wide its name is."""

    x: float
    y: float
    words: str
    column: int

    @property
    def out(self) -> float:
        """Return where lines to the right begin: after the name."""
        return self.x + RADIUS + 10 + width_of(self.words)


def place_picture(graph: Graph, place: str, *, card: Callable[[Node], str]) -> Picture:
    """Draw a municipality and whoever is tied to it: every organisation has its name."""
    columns = _columns(graph, place)
    shown = [number for number, column in enumerate(columns) if column]
    slots = _slots(graph, place, [columns[number] for number in shown])
    height = TOP + ROW * max((len(column) for column in columns), default=0) + 20
    body = "".join(
        [
            *(
                text(LEFT + COLUMN * turn - 10, 24, HEADS[number], kind="big")
                for turn, number in enumerate(shown)
            ),
            *_lines(graph, slots),
            *(_entry(graph, node, slots[node.number], card) for node in graph.nodes if node.number in slots),
        ]
    )
    return Picture(0, 0, max(3, len(shown)) * COLUMN, height, body, _title(graph, place))


def _title(graph: Graph, place: str) -> str:
    own = sum(1 for node in graph.nodes if node.place == place and node.statuses)
    name = graph.by_code[place].name
    return f"{name} на {graph.day:%d.%m.%Y}: {counted(own, 'площадка', 'площадки', 'площадок')}"


def _columns(graph: Graph, place: str) -> list[list[Node]]:
    leads = {edge.target: edge.source for edge in graph.edges if edge.tie is Tie.MENTORSHIP}
    columns: list[list[Node]] = [[] for _ in HEADS]
    for node in graph.nodes:
        columns[_column(node, place)].append(node)
    order = list(Tier)
    for column in columns:
        column.sort(key=lambda node: (order.index(node.tier), leads.get(node.number, "~"), node.number))
    return columns


def _column(node: Node, place: str) -> int:
    if node.tier in HUBS:
        return 0
    if node.place != place:
        return 4
    if node.tier is Tier.SERVICE:
        return 1
    return 2 if node.tier in _LEADERS else 3


def _slots(graph: Graph, place: str, columns: list[list[Node]]) -> dict[str, Slot]:
    """Stand the columns side by side, each in the middle of the height."""
    most = max((len(column) for column in columns), default=0)
    slots = {}
    for turn, column in enumerate(columns):
        first = TOP + ROW * (most - len(column)) / 2
        for row, node in enumerate(column):
            words = shortened(_words(graph, node, place), _NAME)
            slots[node.number] = Slot(LEFT + COLUMN * turn, first + ROW * row + 8, words, turn)
    return slots


def _words(graph: Graph, node: Node, place: str) -> str:
    if node.place == place or node.tier in HUBS | {Tier.SERVICE}:
        return node.title
    return f"{node.title} ({graph.by_code[node.place].short})"


def _entry(graph: Graph, node: Node, slot: Slot, card: Callable[[Node], str]) -> str:
    ring = f'<circle class="find" cx="{number(slot.x)}" cy="{number(slot.y)}" r="12"/>'
    inside = (
        f'<g class="t-{node.tier}">{mark(node.tier, slot.x, slot.y, RADIUS)}</g>'
        f"{text(slot.x + RADIUS + 6, slot.y + 4.5, slot.words, kind='name')}"
    )
    what = ", ".join(node.labels)
    named = f"{node.title}. {what}" if what else node.title
    return (ring if node.number in graph.found else "") + link(card(node), inside, named)


def _lines(graph: Graph, slots: Mapping[str, Slot]) -> list[str]:
    """Draw the ties under the names; those between the same two of one kind are one thicker line."""
    counts: dict[tuple[Tie, str, str], int] = defaultdict(int)
    for edge in graph.edges:
        first, second = sorted((edge.source, edge.target), key=lambda one: (slots[one].x, slots[one].y))
        counts[edge.tie, first, second] += 1
    order = list(Tie)
    chosen = sorted(counts.items(), key=lambda item: (-order.index(item[0][0]), item[0][1:]))
    return [
        f'<path class="e-{tie} {width_class(many)}" data-n="{many}" d="{_way(slots[first], slots[second])}">'
        f"<title>{TIE_LABELS[tie]}{f': {many}' if many > 1 else ''}</title></path>"
        for (tie, first, second), many in chosen
    ]


def _way(left: Slot, right: Slot) -> str:
    """Lead a line from the end of one name to the mark of the other, round the names between them."""
    if left.column == right.column:
        x, back = left.x - RADIUS - 2, left.x - RADIUS - 14
        return (
            f"M{number(x)} {number(left.y)}C{number(back)} {number(left.y)} "
            f"{number(back)} {number(right.y)} {number(x)} {number(right.y)}"
        )
    start, end = left.out, right.x - RADIUS - 2
    bend = (start + end) / 2
    return (
        f"M{number(start)} {number(left.y)}C{number(bend)} {number(left.y)} "
        f"{number(bend)} {number(right.y)} {number(end)} {number(right.y)}"
    )

"""Pictures of numbers, laid out on the server: the templates only place what is computed here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from innoset.foundation.russian import decimal

LEFT: Final = 190.0
RIGHT: Final = 60.0
WIDTH: Final = 720.0
ROW: Final = 30.0
TOP: Final = 12.0


@dataclass(frozen=True, slots=True)
class Spread:
    """One line of a spread plot: single marks, their mean and the interval round it."""

    label: str
    marks: tuple[float, ...]
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line, laid out."""

    label: str
    value: str
    y: float
    text_y: float
    low: float
    high: float
    mean_x: float
    mean_y: float
    dots: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A dot-and-interval plot, laid out: `<c-plot :plot=plot title="…" />`."""

    width: int
    height: int
    floor: float
    caption: float
    ticks: tuple[Tick, ...]
    rows: tuple[Line, ...]
    cut_y: float | None


def spread_plot(
    rows: Sequence[Spread], *, low: float = 0, high: float = 100, cut_after: int | None = None
) -> Plot:
    """Lay out the lines from best to worst; `cut_after` draws the line after that many rows."""
    span = (high - low) or 1

    def x(value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / span, 1)

    floor = TOP + ROW * len(rows)
    return Plot(
        width=int(WIDTH),
        height=int(floor + 28),
        floor=floor,
        caption=floor + 18,
        ticks=tuple(
            Tick(x(value), decimal(value, 0 if value == int(value) else 1)) for value in _scale(low, span)
        ),
        rows=tuple(_line(row, TOP + ROW * (place + 0.5), x) for place, row in enumerate(rows)),
        cut_y=None if cut_after is None else TOP + ROW * cut_after,
    )


def _scale(low: float, span: float) -> list[float]:
    """Cut the scale into four parts, or into five where that gives whole numbers."""
    parts = 5 if span % 4 and not span % 5 else 4
    return [low + span * part / parts for part in range(parts + 1)]


def _line(row: Spread, y: float, place: Callable[[float], float]) -> Line:
    return Line(
        label=row.label,
        value=decimal(row.mean, 1),
        y=y,
        text_y=y + 4.5,
        low=place(row.low),
        high=place(row.high),
        mean_x=place(row.mean) - 2.5,
        mean_y=y - 7,
        dots=tuple(place(mark) for mark in row.marks),
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a bar list."""

    title: str
    value: str
    width: float


def bars(rows: Sequence[tuple[str, float]]) -> list[Bar]:
    """Scale the bars to the longest."""
    longest = max((value for _, value in rows), default=0) or 1
    return [
        Bar(title, decimal(value, 0 if value == int(value) else 1), round(100 * value / longest, 1))
        for title, value in rows
    ]


@dataclass(frozen=True, slots=True)
class Slope:
    """One line of a slope graph: a thing and its two places."""

    label: str
    left: int
    right: int
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """The same, laid out; the arrow is said by words of the label, not by colour."""

    label: str
    left: str
    right: str
    left_y: float
    right_y: float
    left_text: float
    right_text: float
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Slopes:
    """A slope graph, laid out: `office/_slopes.html`."""

    width: int
    height: int
    start: float
    end: float
    left_label: float
    right_label: float
    rows: tuple[SlopeLine, ...]
    cut_y: float | None


SLOPE_ROW: Final = 22.0
SLOPE_TOP: Final = 34.0


def slope_graph(rows: Sequence[Slope], *, cut_after: int | None = None) -> Slopes:
    """Lay out two columns of places joined by lines; things of one place stand one under another."""
    left = _slots([row.left for row in rows], [row.right for row in rows])
    right = _slots([row.right for row in rows], [row.left for row in rows])
    start, end = WIDTH * 0.3, WIDTH * 0.7
    return Slopes(
        width=int(WIDTH),
        height=int(SLOPE_TOP + SLOPE_ROW * len(rows) + 6),
        start=start,
        end=end,
        left_label=start - 10,
        right_label=end + 10,
        rows=tuple(
            SlopeLine(
                row.label,
                f"{row.label} — {row.left}",
                f"{row.right} — {row.label}{_arrow(row.left - row.right)}",
                left[place],
                right[place],
                left[place] + 4.5,
                right[place] + 4.5,
                row.is_marked,
            )
            for place, row in enumerate(rows)
        ),
        cut_y=None if cut_after is None else SLOPE_TOP + SLOPE_ROW * cut_after,
    )


def _slots(places: Sequence[int], others: Sequence[int]) -> list[float]:
    """Return the height of each thing in its column, in the order of the places."""
    order = sorted(range(len(places)), key=lambda one: (places[one], others[one], one))
    heights = {one: SLOPE_TOP + SLOPE_ROW * (row + 0.5) for row, one in enumerate(order)}
    return [heights[one] for one in range(len(places))]


def _arrow(moved: int) -> str:
    if not moved:
        return ""
    return f" ↑{moved}" if moved > 0 else f" ↓{-moved}"


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve of shares by day, laid out: `office/_curve.html`."""

    width: int
    height: int
    left: float
    right: float
    floor: float
    caption: float
    path: str
    term_x: float | None
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]


CURVE_HEIGHT: Final = 220.0
MOST_TICKS: Final = 6


def share_curve(shares: Sequence[float], labels: Sequence[str], *, term: int | None = None) -> Curve:
    """Lay out shares (0 … 1) by day; `term` is the index of the day on which the term ends."""
    left, right, top = 46.0, WIDTH - 24.0, 14.0
    floor = CURVE_HEIGHT - 34.0
    step = (right - left) / max(len(shares), 1)

    def x(day: float) -> float:
        return round(left + step * day, 1)

    def y(share: float) -> float:
        return round(floor - (floor - top) * share, 1)

    points = "".join(f"V{y(share)}H{x(day + 1)}" for day, share in enumerate(shares))
    every = max(1, -(-len(labels) // MOST_TICKS))
    return Curve(
        width=int(WIDTH),
        height=int(CURVE_HEIGHT),
        left=left,
        right=right,
        floor=floor,
        caption=floor + 20,
        path=f"M{x(0)} {floor}{points}",
        term_x=None if term is None else x(term + 1),
        ticks=tuple(Tick(x(day + 0.5), label) for day, label in enumerate(labels) if day % every == 0),
        levels=tuple(Tick(y(share), f"{int(100 * share)} %") for share in (0, 0.25, 0.5, 0.75, 1)),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of somebody on a heat strip: how much, how dark."""

    x: float
    text_x: float
    count: int
    shade: float


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One person of a heat strip."""

    label: str
    y: float
    text_y: float
    total: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat strip, laid out: `office/_heat.html`; the counts are written in the cells."""

    width: int
    height: int
    side: float
    caption: float
    ticks: tuple[Tick, ...]
    rows: tuple[HeatRow, ...]


HEAT_ROW: Final = 24.0


def heat_strip(rows: Sequence[tuple[str, Sequence[int]]], labels: Sequence[str]) -> Heat:
    """Lay out counts by person and day; the darkest cell is the greatest count."""
    side = (WIDTH - LEFT - 40.0) / max(len(labels), 1)
    most = max((count for _, counts in rows for count in counts), default=0) or 1
    every = max(1, -(-len(labels) // MOST_TICKS))
    floor = HEAT_ROW * len(rows)
    return Heat(
        width=int(WIDTH),
        height=int(floor + 26),
        side=round(side, 2),
        caption=floor + 18,
        ticks=tuple(
            Tick(round(LEFT + side * (day + 0.5), 1), label)
            for day, label in enumerate(labels)
            if day % every == 0
        ),
        rows=tuple(
            _heat_row(label, counts, HEAT_ROW * place, side, most)
            for place, (label, counts) in enumerate(rows)
        ),
    )


def _heat_row(label: str, counts: Sequence[int], y: float, side: float, most: int) -> HeatRow:
    cells = tuple(
        Cell(
            round(LEFT + side * day, 1),
            round(LEFT + side * (day + 0.5), 1),
            count,
            round(0.15 + 0.45 * count / most, 2),
        )
        for day, count in enumerate(counts)
        if count
    )
    return HeatRow(label, y + 2, y + 16.5, sum(counts), cells)

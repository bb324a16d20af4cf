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

"""Pictures of figures over time and of two judgements side by side, laid out on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

WIDTH: Final = 720.0
HEIGHT: Final = 230.0
TOP: Final = 26.0
FLOOR: Final = 184.0
WIDEST_BAR: Final = 84.0
PAIR_LEFT: Final = 150.0
PAIR_RIGHT: Final = 24.0
PAIR_ROW: Final = 28.0
PAIR_TOP: Final = 34.0
MOST_MARK: Final = 4


@dataclass(frozen=True, slots=True)
class YearValue:
    """One column to draw: under it two short lines, above it the figure; no value, no bar."""

    label: str
    under: str
    shown: str
    value: Decimal | None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class YearBar:
    """The same, laid out."""

    label: str
    under: str
    shown: str
    middle: float
    x: float
    y: float
    height: float
    is_partial: bool


@dataclass(frozen=True, slots=True)
class YearBars:
    """A bar chart by years, laid out: `ui/_year_bars.html`; parts of a year are hatched."""

    width: int
    height: int
    floor: float
    side: float
    label_y: float
    under_y: float
    bars: tuple[YearBar, ...]


def year_bars(values: Sequence[YearValue]) -> YearBars:
    """Lay out columns from nought, so that heights stand to each other as the figures do."""
    slot = WIDTH / max(len(values), 1)
    side = round(min(WIDEST_BAR, slot * 0.6), 1)
    most = max((one.value for one in values if one.value is not None), default=Decimal(0)) or Decimal(1)
    return YearBars(
        width=int(WIDTH),
        height=int(HEIGHT),
        floor=FLOOR,
        side=side,
        label_y=FLOOR + 20,
        under_y=FLOOR + 36,
        bars=tuple(_bar(one, slot * (place + 0.5), side, most) for place, one in enumerate(values)),
    )


def _bar(one: YearValue, middle: float, side: float, most: Decimal) -> YearBar:
    height = round((FLOOR - TOP) * float((one.value or Decimal(0)) / most), 1)
    return YearBar(
        label=one.label,
        under=one.under,
        shown=one.shown,
        middle=round(middle, 1),
        x=round(middle - side / 2, 1),
        y=round(FLOOR - height, 1),
        height=height,
        is_partial=one.is_partial,
    )


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two marks on one line: a round one and a square one, joined."""

    label: str
    y: float
    text_y: float
    own_x: float | None
    expert_x: float | None
    square_x: float | None


@dataclass(frozen=True, slots=True)
class PairTick:
    """A mark of the scale."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A plot of pairs of marks, laid out: `ui/_pairs.html`."""

    width: int
    height: int
    floor: float
    ticks: tuple[PairTick, ...]
    rows: tuple[PairLine, ...]


def pair_plot(rows: Sequence[tuple[str, int | None, int | None]]) -> Pairs:
    """Lay out the marks 0 … 4 of two judges, one statement a line; a missing mark is not drawn."""
    floor = PAIR_TOP + PAIR_ROW * len(rows)
    return Pairs(
        width=int(WIDTH),
        height=int(floor + 10),
        floor=floor,
        ticks=tuple(PairTick(_at(mark), str(mark)) for mark in range(MOST_MARK + 1)),
        rows=tuple(
            PairLine(
                label=label,
                y=(y := PAIR_TOP + PAIR_ROW * (place + 0.5)),
                text_y=y + 4.5,
                own_x=None if own is None else _at(own),
                expert_x=None if expert is None else _at(expert),
                square_x=None if expert is None else _at(expert) - 4,
            )
            for place, (label, own, expert) in enumerate(rows)
        ),
    )


def _at(mark: int) -> float:
    return round(PAIR_LEFT + (WIDTH - PAIR_LEFT - PAIR_RIGHT) * mark / MOST_MARK, 1)

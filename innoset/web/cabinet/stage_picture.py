"""The picture of the stages, laid out here: the template only places what is computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from innoset.foundation.calendar import Month
from innoset.projects.pure.forms import Field, Form, stages_of
from innoset.projects.pure.stage_plan import Bar, plan_of

LEFT: Final = 60.0
WIDTH: Final = 440.0
ROW: Final = 30.0
TOP: Final = 24.0
DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One stage: its label and its bar."""

    label: str
    x: float
    y: float
    width: float
    text_y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a year."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All stages on one line of time, and the same in sentences."""

    height: float
    floor: float
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    sentences: tuple[str, ...]


def picture_of(form: Form, texts: Mapping[str, str], fields: Iterable[Field]) -> Picture | None:
    """Draw the stages from the months of field 11; nothing to draw while no months are understood."""
    values = {field.key: texts.get(field.key, "") for field in fields}
    plan = plan_of(stages_of(form, values))
    if plan is None:
        return None
    month = (WIDTH - LEFT) / plan.length
    floor = TOP + ROW * len(plan.bars)
    return Picture(
        height=floor + 8,
        floor=floor,
        lines=tuple(_line(bar, place, month) for place, bar in enumerate(plan.bars)),
        ticks=tuple(_ticks(plan.start, plan.length, month)),
        sentences=plan.sentences,
    )


def _line(bar: Bar, place: int, month: float) -> Line:
    y = TOP + ROW * place + 6
    x, width = LEFT + bar.offset * month, bar.length * month
    return Line(f"Этап {bar.number}", round(x, 1), y, round(width, 1), y + 13)


def _ticks(start: Month, length: int, month: float) -> list[Tick]:
    """Mark the first month and every January; a January too near the first mark says nothing."""
    first = [Tick(LEFT, str(start.year))]
    away = range((DECEMBER + 1 - start.month) % DECEMBER or DECEMBER, length, DECEMBER)
    years = [
        Tick(round(LEFT + months * month, 1), str(start.year + _years(start, months))) for months in away
    ]
    return first + [tick for tick in years if tick.x - LEFT > ROW * 1.5]


def _years(start: Month, months: int) -> int:
    return (start.month - 1 + months) // DECEMBER

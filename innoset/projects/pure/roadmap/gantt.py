"""The picture of a roadmap: measures as bars on one line of time, laid out here, drawn by a template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from innoset.foundation.calendar import Month
from innoset.foundation.russian import counted
from innoset.projects.pure.roadmap.measures import Measure, Standing, Tally, standing_of, tally_of
from innoset.projects.pure.roadmap.terms import first_day, last_day

LEFT: Final = 230.0
RIGHT: Final = 80.0
WIDTH: Final = 832.0
ROW: Final = 26.0
TOP: Final = 38.0
LABEL: Final = 31
"""So many signs of a title have room beside the bars."""
MOST_TICKS: Final = 12
SHORTEST: Final = 6.0
MONTHS: Final = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure: its label, its bar, how much of it is done, what stands after it."""

    label: str
    title: str
    x: float
    y: float
    width: float
    done: float
    text_y: float
    mark: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The name of a stage over its measures."""

    label: str
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """The whole picture and what is to be seen in it."""

    width: int
    height: int
    floor: float
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]
    bars: tuple[Bar, ...]
    today_x: float | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days of the picture: from the first of a month to the last of another."""

    start: date
    end: date

    def x(self, day: date) -> float:
        """Return where a day begins."""
        days = (self.end - self.start).days + 1
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - self.start).days / days, 1)


def gantt_of(measures: Sequence[Measure], today: date) -> Gantt | None:
    """Lay out the measures that were not dropped, stage by stage; nothing when there are none."""
    live = [one for one in measures if not one.is_dropped]
    if not live:
        return None
    scale = _scale(live)
    bands, bars, y = _rows(live, scale, today)
    return Gantt(
        width=int(WIDTH),
        height=int(y + 8),
        floor=y,
        ticks=tuple(_ticks(scale)),
        bands=tuple(bands),
        bars=tuple(bars),
        today_x=scale.x(today) if scale.start <= today <= scale.end else None,
        tally=tally_of(live, today),
    )


def _scale(live: Sequence[Measure]) -> _Scale:
    first = min(one.starts_on or one.ends_on for one in live)
    last = max(one.ends_on for one in live)
    return _Scale(first.replace(day=1), last_day(Month(last.year, last.month)))


def _rows(live: Sequence[Measure], scale: _Scale, today: date) -> tuple[list[Band], list[Bar], float]:
    bands: list[Band] = []
    bars: list[Bar] = []
    y = TOP
    for stage in dict.fromkeys(one.stage for one in live):
        if stage:
            bands.append(Band(shortened(stage, 2 * LABEL), y + 17))
            y += ROW
        for one in (found for found in live if found.stage == stage):
            bars.append(_bar(one, scale, y, today))
            y += ROW
    return bands, bars, y


def _bar(one: Measure, scale: _Scale, y: float, today: date) -> Bar:
    start = one.starts_on or one.ends_on
    end = scale.x(one.ends_on) + (scale.x(scale.end) - scale.x(scale.start)) / max(
        (scale.end - scale.start).days, 1
    )
    x = min(scale.x(start), round(end - SHORTEST, 1))
    width = round(end - x, 1)
    standing = standing_of(one, today)
    return Bar(
        label=shortened(one.title, LABEL),
        title=f"{one.title}: {one.done_percent} %",
        x=x,
        y=y + 5,
        width=width,
        done=round(width * one.done_percent / 100, 1),
        text_y=y + 17,
        mark=_mark(one, standing, today),
        is_overdue=standing is Standing.OVERDUE,
    )


def _mark(one: Measure, standing: Standing, today: date) -> str:
    """Return what stands at the right edge: words, so that no colour is needed to understand."""
    if standing is Standing.OVERDUE:
        return f"! {counted(one.days_late(today), 'день', 'дня', 'дней')}"
    if standing in (Standing.DONE, Standing.LATE):
        return "✓"
    return f"{one.done_percent} %" if one.done_percent else ""


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word, with an ellipsis where something is missing."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return f"{head.rstrip(' ,.;:—–-')}…"


def _ticks(scale: _Scale) -> Iterator[Tick]:
    months = (scale.end.year - scale.start.year) * 12 + scale.end.month - scale.start.month + 1
    every = -(-months // MOST_TICKS)
    for place in range(0, months, every):
        year, month = divmod(scale.start.month - 1 + place, 12)
        at = Month(scale.start.year + year, month + 1)
        is_named = place == 0 or month < every
        label = f"{MONTHS[month]} {at.year % 100:02d}" if is_named else MONTHS[month]
        yield Tick(scale.x(first_day(at)), label)

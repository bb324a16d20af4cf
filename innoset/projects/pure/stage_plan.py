"""The stages on one line of time: how long each is, where they part and where they meet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from innoset.foundation.calendar import Month
from innoset.foundation.russian import counted
from innoset.projects.pure.forms import Stage


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage: its months, counted from the first month of the plan, both ends included."""

    number: int
    name: str
    start: Month
    end: Month
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All stages whose months are understood, and the same told in sentences."""

    start: Month
    length: int
    bars: tuple[Bar, ...]
    sentences: tuple[str, ...]


def plan_of(stages: Sequence[Stage]) -> Plan | None:
    """Lay the stages out; nothing when no months are understood."""
    spans = [(one, *span) for one in stages if (span := _span(one))]
    if not spans:
        return None
    first, last = min(start for _, start, _ in spans), max(end for _, _, end in spans)
    bars = tuple(
        Bar(one.number, one.name, start, end, _months(first, start) - 1, _months(start, end))
        for one, start, end in spans
    )
    return Plan(first, _months(first, last), bars, (*_told(bars), *_unclear(stages)))


def _span(stage: Stage) -> tuple[Month, Month] | None:
    """Return the months of a stage; an end that is not said is taken to be the one that is."""
    start, end = stage.start or stage.end, stage.end or stage.start
    if start is None or end is None:
        return None
    return (start, end) if start <= end else (end, start)


def _months(start: Month, end: Month) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _told(bars: Sequence[Bar]) -> Iterator[str]:
    for bar in bars:
        yield f"Этап {bar.number}: {_run(bar.start, bar.end)}."
    for one, other in pairwise(bars):
        yield from _between(one, other)


def _run(start: Month, end: Month) -> str:
    length = counted(_months(start, end), "месяц", "месяца", "месяцев")
    return f"{start.spoken}, {length}" if start == end else f"{start.spoken} — {end.spoken}, {length}"


def _between(one: Bar, other: Bar) -> Iterator[str]:
    gap = other.offset - (one.offset + one.length)
    if gap > 0:
        length = counted(gap, "месяц", "месяца", "месяцев")
        yield f"Между этапами {one.number} и {other.number} перерыв: {length}."
    elif gap < 0:
        shared = min(one.offset + one.length, other.offset + other.length) - max(one.offset, other.offset)
        if shared > 0:
            length = counted(shared, "месяц", "месяца", "месяцев")
            yield f"Этапы {one.number} и {other.number} идут одновременно: {length}."
        else:
            yield f"Этап {other.number} раньше этапа {one.number}. Проверьте порядок."


def _unclear(stages: Sequence[Stage]) -> Iterator[str]:
    for stage in stages:
        if stage.period and not (stage.start or stage.end):
            yield f"Срок этапа {stage.number} не понятен, поэтому его нет на рисунке."

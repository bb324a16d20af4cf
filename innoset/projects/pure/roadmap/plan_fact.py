"""Plan and fact of a centre's year: sections, totals by unit, shares; what is not marked stays unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from innoset.foundation.russian import decimal

NO_SECTION: Final = "Без раздела"
UNKNOWN: Final = "—"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan: how many of what were planned, how many there were."""

    title: str
    section: str = ""
    unit: str = ""
    planned: int | None = None
    actual: int | None = None
    key: int = 0

    @property
    def share(self) -> str:
        """Return the fact as a share of the plan."""
        return share_of(self.actual, self.planned)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over the lines of one unit; `unmarked` of them have a plan and no fact yet."""

    unit: str
    planned: int
    actual: int
    lines: int
    unmarked: int

    @property
    def fact(self) -> str:
        """Return what is marked so far; unknown while nothing is."""
        return str(self.actual) if self.unmarked < self.lines else UNKNOWN

    @property
    def share(self) -> str:
        """Return the fact as a share of the plan; unknown while nothing is marked."""
        return share_of(self.actual if self.unmarked < self.lines else None, self.planned)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan with its own totals."""

    title: str
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class PlanFact:
    """The whole plan: sections in their order, totals over all of them, one sentence."""

    sections: tuple[Section, ...]
    totals: tuple[Total, ...]
    finding: str


def share_of(actual: int | None, planned: int | None) -> str:
    """Return «75 %»; a dash where one of the two is unknown or nothing was planned."""
    if actual is None or not planned:
        return UNKNOWN
    return f"{decimal(100 * actual / planned, 0)} %"


def plan_fact(lines: Iterable[Line]) -> PlanFact:
    """Put the lines into sections, first come first, and sum what has one unit."""
    every = list(lines)
    order = {name: place for place, name in enumerate(dict.fromkeys(one.section for one in every))}
    laid = sorted(every, key=lambda one: order[one.section])
    sections = tuple(
        Section(name or NO_SECTION, found, totals_of(found))
        for name, group in groupby(laid, key=lambda one: one.section)
        for found in [tuple(group)]
    )
    return PlanFact(sections, totals_of(every), _finding(every))


def totals_of(lines: Sequence[Line]) -> tuple[Total, ...]:
    """Sum plan and fact of each unit; seminars are not added to people."""
    counted = [one for one in lines if one.planned is not None]
    units = dict.fromkeys(one.unit for one in counted)
    return tuple(_total(unit, [one for one in counted if one.unit == unit]) for unit in units)


def _total(unit: str, lines: Sequence[Line]) -> Total:
    return Total(
        unit=unit,
        planned=sum(one.planned or 0 for one in lines),
        actual=sum(one.actual or 0 for one in lines),
        lines=len(lines),
        unmarked=sum(one.actual is None for one in lines),
    )


def _finding(lines: Sequence[Line]) -> str:
    planned = [one for one in lines if one.planned]
    if not planned:
        return "Плановых чисел пока нет."
    marked = [one for one in planned if one.actual is not None]
    met = sum((one.actual or 0) >= (one.planned or 0) for one in marked)
    rest = len(planned) - len(marked)
    unmarked = f" Ещё не отмечено: {rest}." if rest else ""
    return f"План выполнен по {met} из {len(planned)} строк с числами.{unmarked}"

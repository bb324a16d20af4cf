"""The calendar of a contest: its stages in order, their faults in words, the same a year later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from innoset.foundation.calendar import SchoolYear
from innoset.foundation.russian import MONTHS_GENITIVE, MOSCOW, joined, moment_in_words

ORDER = ("submission", "check", "remote", "defence", "council", "results")
TITLES = {
    "submission": "Приём заявок",
    "check": "Техническая экспертиза",
    "remote": "Заочная экспертиза",
    "defence": "Открытая защита",
    "council": "Заседание совета",
    "results": "Приказ и итоги",
}
NEEDED = frozenset(ORDER) - {"defence"}
YEAR_OF_WEEKS = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of any school year: which week (0 holds 1 September), weekday (0 is Monday), hour."""

    week: int
    weekday: int
    hour: int = 9
    minute: int = 0

    def in_year(self, school_year: int) -> datetime:
        """Return the moment by the Moscow clock."""
        first = SchoolYear(school_year).first_day
        day = first - timedelta(days=first.weekday()) + timedelta(weeks=self.week, days=self.weekday)
        return datetime.combine(day, time(self.hour, self.minute), MOSCOW)


@dataclass(frozen=True, slots=True)
class Term:
    """A stage of a template."""

    kind: str
    starts: Point
    ends: Point

    def in_year(self, school_year: int) -> "StagePlan":
        """Return the stage with the exact times of a school year."""
        return StagePlan(self.kind, self.starts.in_year(school_year), self.ends.in_year(school_year))


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage with exact times."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    title: str = ""

    @property
    def name(self) -> str:
        """Return what messages call the stage."""
        return f"«{self.title or TITLES[self.kind]}»"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a stage: which one, which of its two moments, a sentence with the cure."""

    kind: str
    edge: str
    text: str

    @property
    def field(self) -> str:
        """Return the name of the form's field."""
        return f"{self.kind}_{self.edge}"


def in_order(stages: Sequence[StagePlan]) -> list[StagePlan]:
    """Return the stages as they follow one another in every contest."""
    return sorted(stages, key=lambda stage: ORDER.index(stage.kind))


def faults(stages: Sequence[StagePlan], *, has_defence: bool) -> tuple[Fault, ...]:
    """Return every fault of the calendar, stage by stage."""
    ordered = in_order(stages)
    return (*_absent(ordered, has_defence), *_reversed(ordered), *_unordered(ordered))


def _absent(stages: Sequence[StagePlan], has_defence: bool) -> Iterator[Fault]:
    present = {stage.kind for stage in stages}
    for kind in ORDER:
        if kind not in present and (kind in NEEDED or has_defence):
            yield Fault(kind, "starts_at", f"Укажите начало и конец этапа «{TITLES[kind]}».")


def _reversed(stages: Sequence[StagePlan]) -> Iterator[Fault]:
    for stage in stages:
        if stage.ends_at <= stage.starts_at:
            text = (
                f"Этап {stage.name} кончается раньше, чем начинается. "
                f"Поставьте конец позже {moment_in_words(stage.starts_at)}."
            )
            yield Fault(stage.kind, "ends_at", text)


def _unordered(stages: Sequence[StagePlan]) -> Iterator[Fault]:
    for earlier, later in pairwise(stages):
        # Applications are checked as they come in, so these two may run side by side.
        if (earlier.kind, later.kind) == ("submission", "check"):
            yield from _check_beside_submission(earlier, later)
        elif later.starts_at < earlier.ends_at:
            text = (
                f"Этап {later.name} начинается, когда этап {earlier.name} ещё идёт. "
                f"Поставьте начало не раньше {moment_in_words(earlier.ends_at)}."
            )
            yield Fault(later.kind, "starts_at", text)


def _check_beside_submission(submission: StagePlan, check: StagePlan) -> Iterator[Fault]:
    if check.starts_at < submission.starts_at:
        text = (
            f"Этап {check.name} начинается раньше, чем приём заявок. "
            f"Поставьте начало не раньше {moment_in_words(submission.starts_at)}."
        )
        yield Fault(check.kind, "starts_at", text)
    if check.ends_at < submission.ends_at:
        text = (
            f"Этап {check.name} кончается раньше, чем приём заявок. "
            f"Поставьте конец не раньше {moment_in_words(submission.ends_at)}."
        )
        yield Fault(check.kind, "ends_at", text)


def a_year_later(stages: Sequence[StagePlan]) -> list[StagePlan]:
    """Move the whole calendar to the next school year; every stage keeps its weekdays and hours.

    Fifty-two weeks keep the weekday; when that would fall back into the old school year, a week more.
    """
    if not stages:
        return []
    first = min(stage.starts_at for stage in stages)
    shift = YEAR_OF_WEEKS
    if _school_year(first + shift) == _school_year(first):
        shift += timedelta(weeks=1)
    return [
        replace(stage, starts_at=stage.starts_at + shift, ends_at=stage.ends_at + shift) for stage in stages
    ]


def _school_year(at: datetime) -> SchoolYear:
    return SchoolYear.of(_moscow_day(at))


def _moscow_day(at: datetime) -> date:
    return at.astimezone(MOSCOW).date()


def missing_words(stages: Sequence[StagePlan], *, has_defence: bool) -> str:
    """Name the stages that have no times yet, in one phrase; empty when all have."""
    return joined([f"«{TITLES[fault.kind]}»" for fault in _absent(stages, has_defence)])


@dataclass(frozen=True, slots=True)
class Step:
    """A stage as the picture of the calendar draws it: past, now or next."""

    title: str
    note: str
    when: str
    text: str = ""


def steps(stages: Sequence[StagePlan], at: datetime) -> list[Step]:
    """Return the stages with their times in words and where each stands at a moment."""
    return [
        Step(stage.title or TITLES[stage.kind], span_in_words(stage), _when(stage, at)) for stage in stages
    ]


def _when(stage: StagePlan, at: datetime) -> str:
    if stage.ends_at <= at:
        return "past"
    return "now" if stage.starts_at <= at else "next"


def span_in_words(stage: StagePlan) -> str:
    """Say from when till when: «7 сентября, 09:00 – 30 октября 2026, 17:00 МСК»."""
    starts, ends = stage.starts_at.astimezone(MOSCOW), stage.ends_at.astimezone(MOSCOW)
    if starts.date() == ends.date():
        return f"{_day(ends)} {ends.year}, {starts:%H:%M}–{ends:%H:%M} МСК"
    year = "" if starts.year == ends.year else f" {starts.year}"
    return f"{_day(starts)}{year}, {starts:%H:%M} – {_day(ends)} {ends.year}, {ends:%H:%M} МСК"


def _day(at: datetime) -> str:
    return f"{at.day} {MONTHS_GENITIVE[at.month - 1]}"

"""When somebody is reminded of a report, and who."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """A step of the schedule; each happens once in the life of a report."""

    OPENED = "opened"
    WEEK = "week"
    DAY = "day"
    AUTHOR = "author"
    HEAD = "head"
    COORDINATOR = "coordinator"


STEP_LABELS: Final = {
    Step.OPENED: "Отчёт открыт",
    Step.WEEK: "За неделю до срока",
    Step.DAY: "За день до срока",
    Step.AUTHOR: "Срок прошёл: автору",
    Step.HEAD: "Срок прошёл: руководителю",
    Step.COORDINATOR: "Срок прошёл: координатору",
}
BY_HAND: Final = "by-hand:"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The term of a report and the days after it on which others are told."""

    due_on: date
    head_after: int
    coordinator_after: int

    def days(self) -> dict[Step, date]:
        """Return on which day each step of the calendar falls."""
        return {
            Step.WEEK: self.due_on - timedelta(days=7),
            Step.DAY: self.due_on - timedelta(days=1),
            Step.AUTHOR: self.due_on + timedelta(days=1),
            Step.HEAD: self.due_on + timedelta(days=max(1, self.head_after)),
            Step.COORDINATOR: self.due_on + timedelta(days=max(1, self.coordinator_after)),
        }


_EARLY: Final = (Step.WEEK, Step.DAY)


def steps_due(
    schedule: Schedule, *, today: date, opened_on: date, taken: Collection[str]
) -> tuple[Step, ...]:
    """Return the steps to take today: none twice, none that came before the report was opened.

    Before the term only the latest is taken: whoever missed the week is not sent two letters at once.
    """
    days = schedule.days()
    come = [step for step, day in days.items() if opened_on < day <= today and step not in taken]
    if today > schedule.due_on:
        return tuple(step for step in come if step not in _EARLY)
    early = [step for step in come if step in _EARLY and not _is_overtaken(step, taken)]
    return tuple(early[-1:])


def _is_overtaken(step: Step, taken: Collection[str]) -> bool:
    return step is Step.WEEK and Step.DAY in taken

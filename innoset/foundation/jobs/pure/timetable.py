"""Periodic work as data, and which of its turns a moment belongs to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")
ORIGIN = datetime(2000, 1, 1, tzinfo=MOSCOW)
"""Turns are counted from a Moscow midnight, so that a daily job keeps to the hour people know."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """A line of the timetable: the job runs once in every `every`, `after` its beginning."""

    name: str
    every: timedelta
    task: str
    after: timedelta = timedelta(0)


def turn_of(line: Periodic, at: datetime) -> datetime:
    """Return the beginning of the turn that the moment belongs to."""
    passed = at - ORIGIN - line.after
    return ORIGIN + line.after + line.every * (passed // line.every)

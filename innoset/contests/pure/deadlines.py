"""Deadlines: until when a sending counts, what came in the grace and what too late, when to warn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from innoset.foundation.russian import counted, moment_in_words

WARNINGS = (3, 24, 72)
"""Hours before the deadline at which a team is warned, the nearest first."""

STEP = 5
"""An extension after an outage is rounded up to so many minutes."""

WORTH_EXTENDING = 15
LOOKED_BACK = timedelta(hours=3)
"""So many minutes without the site in the last hours before the deadline are worth an extension."""


class Verdict(StrEnum):
    """How a moment stands to a deadline."""

    IN_TIME = "in_time"
    IN_GRACE = "in_grace"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when people are told to send, and the grace that is the same for all."""

    ends_at: datetime
    grace_minutes: int = 0

    @property
    def closes_at(self) -> datetime:
        """Return the moment from which nothing is taken."""
        return self.ends_at + timedelta(minutes=self.grace_minutes)

    def verdict(self, at: datetime) -> Verdict:
        """Judge a moment; what comes at the very end is no longer in time."""
        if at < self.ends_at:
            return Verdict.IN_TIME
        return Verdict.IN_GRACE if at < self.closes_at else Verdict.LATE

    def in_words(self) -> str:
        """Say the rule as every page says it."""
        return f"Принимаем до {moment_in_words(self.ends_at)}{self._grace_in_words('; ещё {} — допуск на сбои связи')}."

    def passed_in_words(self, what: str) -> str:
        """Say that it is over: «Приём заявок закончился …»."""
        return f"{what} {moment_in_words(self.ends_at)}.{self._grace_in_words(' Допуск на сбои связи, {}, тоже прошёл.')}"

    def _grace_in_words(self, phrase: str) -> str:
        return phrase.format(minutes_in_words(self.grace_minutes)) if self.grace_minutes else ""


@dataclass(frozen=True, slots=True)
class Longer:
    """An extension: which term it made longer, until when, for all or for one."""

    was: datetime
    until: datetime
    is_for_all: bool = True


def minutes_in_words(minutes: int) -> str:
    """Return «10 минут»."""
    return counted(minutes, "минута", "минуты", "минут")


def sentence(text: str) -> str:
    """Return a reason as a whole sentence, so that another may follow it."""
    said = text.strip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def extended(end: datetime, longer: Iterable[Longer]) -> datetime:
    """Return the end of a stage after its extensions: the latest one wins."""
    return max([end, *(one.until for one in longer)])


def mending_extended(mend_by: datetime, longer: Iterable[Longer]) -> datetime:
    """Return the term of mending after its own extensions; those of an earlier term do not count."""
    return max([mend_by, *(one.until for one in longer if not one.is_for_all and one.was >= mend_by)])


def warning_due(left: timedelta) -> int | None:
    """Return which warning the time left calls for: the nearest one only, none after the end."""
    if left <= timedelta():
        return None
    return next((hours for hours in WARNINGS if left <= timedelta(hours=hours)), None)


def rounded_up(minutes: int) -> int:
    """Return the minutes rounded up to a whole step."""
    return -(-minutes // STEP) * STEP


def key_of_automatic(ends_at: datetime) -> str:
    """Return the key of the sending that happens by itself: one for each deadline."""
    return f"auto-{int(ends_at.timestamp())}"

"""The term of a measure out of the words people type: a date, two dates, a month, a run of months."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from innoset.foundation.calendar import Month, parse_date, parse_period

_BETWEEN: Final = re.compile(r"\s*[–—]\s*|\s+-\s+|\s+(?:по|до)\s+")


@dataclass(frozen=True, slots=True)
class Term:
    """When a measure is to be done, and from when, where that is said."""

    ends_on: date
    starts_on: date | None = None


def term_in(text: str) -> Term | None:
    """Return the term that the words name; None when no month of a year is understood."""
    dates = [day for part in _BETWEEN.split(text) if (day := parse_date(part))]
    if len(dates) > 1 and dates[0] <= dates[-1]:
        return Term(dates[-1], dates[0])
    period = parse_period(text)
    if dates:
        return Term(dates[-1], _before(period.start if period else None, dates[-1]))
    if period is None or not (last := period.end or period.start):
        return None
    return Term(last_day(last), _before(period.start, last_day(last)))


def _before(month: Month | None, end: date) -> date | None:
    """Return the first day of an earlier month; within one month the deadline alone says all."""
    if month is None or (month.year, month.month) >= (end.year, end.month):
        return None
    return first_day(month)


def first_day(month: Month) -> date:
    """Return the first day of a month."""
    return date(month.year, month.month, 1)


def last_day(month: Month) -> date:
    """Return the last day of a month."""
    return date(month.year, month.month, monthrange(month.year, month.month)[1])

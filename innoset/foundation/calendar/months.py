"""Months, runs of months and school years."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
MONTHS_OF = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
FIRST_MONTH_OF_SCHOOL = 9


class Month(NamedTuple):
    """A month of a year; months compare as time does."""

    year: int
    month: int

    def __str__(self) -> str:
        """Return «2021-09»."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def spoken(self) -> str:
        """Return «сентябрь 2021 г.»."""
        return f"{MONTHS[self.month - 1]} {self.year} г."


@dataclass(frozen=True, slots=True)
class MonthPeriod:
    """A run of months, both ends included; an end that is not said is None."""

    start: Month | None
    end: Month | None

    @property
    def spoken(self) -> str:
        """Return «сентябрь–декабрь 2021 г.»."""
        if self.start is None or self.end is None:
            known = self.start or self.end
            return f"{'с' if self.start else 'до'} {_of(known)}" if known else ""
        if self.start == self.end:
            return self.start.spoken
        if self.start.year == self.end.year:
            return f"{MONTHS[self.start.month - 1]}–{self.end.spoken}"
        return f"{self.start.spoken} – {self.end.spoken}"


def _of(month: Month) -> str:
    return f"{MONTHS_OF[month.month - 1]} {month.year} г."


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """A school year by the calendar year of its 1 September."""

    start: int

    @classmethod
    def of(cls, day: dt.date) -> "SchoolYear":
        """Return the school year a day belongs to."""
        return cls(day.year if day.month >= FIRST_MONTH_OF_SCHOOL else day.year - 1)

    @property
    def first_day(self) -> dt.date:
        """Return 1 September."""
        return dt.date(self.start, FIRST_MONTH_OF_SCHOOL, 1)

    @property
    def last_day(self) -> dt.date:
        """Return 31 August."""
        return dt.date(self.start + 1, 8, 31)

    @property
    def months(self) -> MonthPeriod:
        """Return September … August."""
        return MonthPeriod(Month(self.start, FIRST_MONTH_OF_SCHOOL), Month(self.start + 1, 8))

    def __contains__(self, day: dt.date) -> bool:
        """Tell whether a day belongs to this year."""
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        """Return «2021–2022»."""
        return f"{self.start}–{self.start + 1}"

    @property
    def next(self) -> "SchoolYear":
        """Return the year after."""
        return SchoolYear(self.start + 1)

    @property
    def previous(self) -> "SchoolYear":
        """Return the year before."""
        return SchoolYear(self.start - 1)

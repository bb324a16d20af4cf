"""School years, months and the many ways Russians write a date."""

from innoset.foundation.calendar.dates import parse_date, parse_school_year
from innoset.foundation.calendar.months import (
    MONTHS,
    MONTHS_OF,
    Month,
    MonthPeriod,
    SchoolYear,
)
from innoset.foundation.calendar.periods import parse_period

__all__ = [
    "MONTHS",
    "MONTHS_OF",
    "Month",
    "MonthPeriod",
    "SchoolYear",
    "parse_date",
    "parse_period",
    "parse_school_year",
]

"""How figures stand on pages: rows of a chart and of its table, the year that a person looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from innoset.analytics.models import Indicator
from innoset.analytics.pure.findings import finding
from innoset.analytics.pure.indicators import PERCENT, Reading, figure
from innoset.web.ui.year_charts import YearBars, YearValue, year_bars


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its sentence and the rows of its table."""

    plot: YearBars
    finding: str
    rows: tuple[tuple[str, str, str], ...]


def chart_of(indicator: Indicator, readings: Sequence[Reading]) -> Chart | None:
    """Draw the readings of an indicator over time; a single unknown one is no chart."""
    if not any(one.value is not None for one in readings):
        return None
    unit = PERCENT if indicator.is_share else indicator.unit
    return Chart(
        plot=year_bars([_column(one, unit) for one in readings]),
        finding=finding(readings, unit),
        rows=rows_of(indicator, readings),
    )


def rows_of(indicator: Indicator, readings: Sequence[Reading]) -> tuple[tuple[str, str, str], ...]:
    """Return the period, the figure and the note of each reading, for a table."""
    return tuple(
        (one.title, one.shown(indicator.unit, is_share=indicator.is_share), note_of(one)) for one in readings
    )


def note_of(reading: Reading) -> str:
    """Say what has to be known about a figure: that it is partial, what it leaves out, where it comes from."""
    parts = ["часть периода"] if reading.is_partial else []
    if reading.unknown:
        parts.append(f"записей без числа: {reading.unknown}")
    if reading.note:
        parts.append(reading.note)
    return "; ".join(parts)


def _column(one: Reading, unit: str) -> YearValue:
    whole = one.period.is_year or one.is_state
    under = f"по {one.period.ends_on:%d.%m}" if not whole or one.is_state else ""
    shown = figure(one.value, unit if unit == PERCENT else "")
    shown = f"более {shown}" if one.is_floor else shown
    return YearValue(
        str(one.period.ends_on.year), under, shown, one.value, is_partial=one.is_partial or one.is_floor
    )


def chosen_year(request: HttpRequest, years: Sequence[int], default: int) -> int:
    """Return the year that the address asks for, if there is such."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else default


def year_tabs(years: Sequence[int], chosen: int) -> list[dict[str, Any]]:
    """Return the years as tabs."""
    return [
        {"title": str(year), "url": f"?year={year}", "current": year == chosen, "count": None}
        for year in years
    ]

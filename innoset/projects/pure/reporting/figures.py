"""Figures of a report: each is the sum of the rows that it counts, and shows them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from innoset.foundation.russian import NBSP, thousands


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a figure counts, and how much it adds."""

    pk: int
    title: str
    note: str = ""
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the report; `unknown` things are listed nowhere and add nothing: nobody has counted them."""

    key: str
    title: str
    rows: tuple[Row, ...]
    unknown: int = 0

    @property
    def value(self) -> int:
        """Return the number itself: what its rows add up to."""
        return sum(row.amount for row in self.rows)

    @property
    def is_sum(self) -> bool:
        """Tell whether some row adds more or less than itself."""
        return any(row.amount != 1 for row in self.rows)

    @property
    def line(self) -> str:
        """Return the line of the report: «Мероприятия: 4»."""
        return f"{self.title}: {thousands(self.value)}"

    def as_json(self) -> dict[str, Any]:
        """Return what a frozen version keeps."""
        return {
            "key": self.key,
            "title": self.title,
            "value": self.value,
            "rows": [row.pk for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Departure:
    """A figure that a text tells otherwise than the site counts now."""

    figure: Figure
    written: int


def departures(text: str, figures: Iterable[Figure]) -> tuple[Departure, ...]:
    """Return the figures whose line stands in the text with another number."""
    found = ((figure, _written(text, figure.title)) for figure in figures)
    return tuple(
        Departure(figure, written)
        for figure, written in found
        if written is not None and written != figure.value
    )


def _written(text: str, title: str) -> int | None:
    hit = re.search(rf"^{re.escape(title)}: (\d[\d  {NBSP}]*)", text, re.MULTILINE)
    return int(re.sub(r"\D", "", hit[1])) if hit else None

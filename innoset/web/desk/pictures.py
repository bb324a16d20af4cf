"""A dossier laid out for reading: its rows with the criteria that speak of them, its terms as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from innoset.foundation.calendar import Month
from innoset.review.models import Criterion, Dossier
from innoset.web.desk.forms import anchor_of, is_about

WIDTH = 100.0
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the document."""

    anchor: str
    number: str
    label: str
    text: str
    is_group: bool
    criteria: list[int]


@dataclass(frozen=True, slots=True)
class Term:
    """One stage on the picture of terms, in hundredths of the whole width."""

    name: str
    months: str
    x: float
    width: float


def rows_of(dossier: Dossier, criteria: Sequence[Criterion] = ()) -> list[Row]:
    """Return the fields to read, each with the numbers of the criteria about it."""
    return [
        Row(
            anchor=anchor_of(str(row["key"])),
            number=row["number"],
            label=row["label"].rstrip(":"),
            text=row["text"],
            is_group=row["is_group"],
            criteria=[
                one.number
                for one in criteria
                if any(is_about(str(key), str(row["key"])) for key in one.fields)
            ],
        )
        for row in dossier.content
    ]


def terms_of(dossier: Dossier) -> list[Term]:
    """Lay the stages out on one line of time; those without both ends are left out."""
    known = [
        (stage["name"], _month(stage["start"]), _month(stage["end"]))
        for stage in dossier.stages
        if stage["start"] and stage["end"]
    ]
    if not known:
        return []
    first = min(_index(start) for _, start, _ in known)
    last = max(_index(end) for _, _, end in known) + 1
    step = WIDTH / (last - first)
    return [
        Term(
            name=name or "Этап без названия",
            months=start.spoken if start == end else f"{start.spoken} – {end.spoken}",
            x=round((_index(start) - first) * step, 1),
            width=round((_index(end) - _index(start) + 1) * step, 1),
        )
        for name, start, end in known
    ]


def _month(text: str) -> Month:
    year, month = text.split("-")
    return Month(int(year), int(month))


def _index(month: Month) -> int:
    return month.year * MONTHS + month.month

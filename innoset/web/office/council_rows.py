"""The lines of the decision table: places by the rules that are tried and by those in force, doubt, votes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from innoset.contests.models import Resolution
from innoset.contests.pure.doubt import Doubt
from innoset.contests.pure.standing import CALIBRATED, MEDIAN, RAW, Placed, Rules, places_by_basis
from innoset.contests.queries.council import Going
from innoset.contests.queries.standing import Field, FinalRow
from innoset.review.pure.letters import letters_of

STRIP_WIDTH = 120
SEEN = 0.005
"""Less than a half of a per cent is told as none."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Marks of experts and the calibrated interval on one scale, laid out for a narrow picture."""

    dots: tuple[float, ...]
    low: float | None
    high: float | None
    line: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: an application by the rules tried, and what is known of it besides."""

    row: FinalRow
    now: Placed
    raw: Placed
    fair: Placed
    median: Placed
    half: float | None
    chance: int | None
    is_doubtful: bool
    marks: tuple[tuple[str, Decimal], ...]
    strip: Strip
    resolution: Resolution | None
    going: Going
    is_first_below: bool

    @property
    def moved(self) -> int:
        """Return by how many places calibration lifts the work."""
        return self.raw.place - self.fair.place

    @property
    def arrow(self) -> str:
        """Return the move as it is printed: «↑3», «↓2», or nothing."""
        return f"↑{self.moved}" if self.moved > 0 else f"↓{-self.moved}" if self.moved else ""


@dataclass(frozen=True, slots=True)
class Extras:
    """What stands beside the places: resolutions, recusals and ballots, the doubt, the widest total."""

    resolutions: Mapping[int, Resolution]
    goings: Mapping[int, Going]
    doubt: Doubt
    most: float


def lines_of(field: Field, tried: Rules, extras: Extras) -> list[Line]:
    """Return the lines in the order of the rules tried; nothing is asked of the database."""
    by_basis = places_by_basis(field.works, field.rules)
    now = by_basis[field.rules.basis]
    letters = _letters(field)
    rows = field.rows(tried)
    cut = cut_after(rows)
    lines = []
    for row in rows:
        number = row.application.number
        places = (by_basis[RAW][number], by_basis[CALIBRATED][number], by_basis[MEDIAN][number])
        is_first_below = row.place == cut + 1
        lines.append(_line(row, now[number], places, letters, extras, is_first_below=is_first_below))
    return lines


def cut_after(rows: Sequence[FinalRow]) -> int:
    """Return the last place above the line; whom a quota passes over may stand above it too."""
    return max((row.place for row in rows if row.is_above_line), default=0)


def _letters(field: Field) -> Mapping[int, str]:
    """Return the letters of the first round, the same as in its reports."""
    standings = (work.stages["remote"] for work in field.works if "remote" in work.stages)
    return letters_of({expert for one in standings for expert in one.experts})


def _line(
    row: FinalRow,
    now: Placed,
    places: tuple[Placed, Placed, Placed],
    letters: Mapping[int, str],
    extras: Extras,
    *,
    is_first_below: bool,
) -> Line:
    number, key = row.application.number, row.application.pk
    interval = row.work.interval
    chance = extras.doubt.above.get(number)
    return Line(
        row=row,
        now=now,
        raw=places[0],
        fair=places[1],
        median=places[2],
        half=interval.half if interval else None,
        chance=None if chance is None else _per_cent(chance),
        is_doubtful=number in extras.doubt.zone,
        marks=_marks(row, letters),
        strip=_strip(row, extras),
        resolution=extras.resolutions.get(key),
        going=extras.goings.get(key, Going()),
        is_first_below=is_first_below,
    )


def _per_cent(chance: float) -> int:
    """Return whole per cent; what is not certain never reads as certain."""
    if SEEN < chance < 1 - SEEN:
        return min(max(round(100 * chance), 1), 99)
    return round(100 * chance)


def _marks(row: FinalRow, letters: Mapping[int, str]) -> tuple[tuple[str, Decimal], ...]:
    if row.remote is None:
        return ()
    named = zip(row.remote.experts, row.remote.totals, strict=True)
    return tuple(sorted((letters[expert], total) for expert, total in named))


def _strip(row: FinalRow, extras: Extras) -> Strip:
    """Lay the totals out; what the defence has brought is added to every expert's."""
    added = float(row.defence.mean or 0) if row.defence else 0.0
    interval, line = row.work.interval, extras.doubt.line

    def x(points: float) -> float:
        return round(min(max(points / extras.most, 0), 1) * STRIP_WIDTH, 1)

    return Strip(
        dots=tuple(x(float(total) + added) for total in (row.remote.totals if row.remote else ())),
        low=x(interval.low) if interval else None,
        high=x(interval.high) if interval else None,
        line=None if line is None else x(line),
    )


def order_changes(lines: Sequence[Line]) -> list[Line]:
    """Return the works whose fate depends on whether the strictness of experts is allowed for."""
    return [line for line in lines if line.raw.is_above_line != line.fair.is_above_line]

"""How the sheets of a round came in: the share finished against the term, and who worked on which day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from innoset.foundation.russian import MOSCOW

MOST_DAYS = 62


@dataclass(frozen=True, slots=True)
class Finish:
    """One finished sheet: whose, when."""

    expert_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the round: sheets finished on it, share of the due ones by its end."""

    day: date
    count: int
    share: float

    @property
    def percent(self) -> int:
        """Return the share in percent."""
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Strip:
    """Sheets of one expert by day."""

    expert_id: int
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many sheets the expert has finished."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Pace:
    """The round day by day; `last_day_share` is what came in on the last day of the term or after it."""

    days: tuple[Day, ...]
    strips: tuple[Strip, ...]
    due: int
    last_day_share: float

    @property
    def halfway(self) -> date | None:
        """Return the day by whose end a half of the due sheets was in, if it has come."""
        return next((one.day for one in self.days if one.share >= 1 / 2), None)


def pace_of(finishes: Sequence[Finish], due: int, *, opens: datetime, closes: datetime) -> Pace:
    """Lay out the days from the opening, or the first sheet, to the term, or the last sheet; two months at most."""
    dates = [_day(one.at) for one in finishes]
    first, last = min([_day(opens), *dates]), max([_day(closes), *dates])
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    counts, whole = Counter(dates), max(due, len(dates), 1)
    shares = [sum(one <= day for one in dates) / whole for day in days]
    by_expert: Counter[tuple[int, date]] = Counter((one.expert_id, _day(one.at)) for one in finishes)
    late = sum(day >= _day(closes) for day in dates)
    return Pace(
        days=tuple(Day(day, counts[day], share) for day, share in zip(days, shares, strict=True)),
        strips=tuple(
            Strip(expert, tuple(by_expert[expert, day] for day in days))
            for expert in sorted({one.expert_id for one in finishes})
        ),
        due=due,
        last_day_share=late / max(len(dates), 1),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(MOSCOW).date()

"""How long the site did not answer, reckoned from the looks that the worker takes at it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

EVERY = timedelta(minutes=1)
PATIENCE = timedelta(minutes=3)
"""Looks further apart mean that nobody was there to look: the whole machine may have been down."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the site."""

    at: datetime
    is_up: bool


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which the site did not answer, or nobody could tell that it did."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """Return how long, in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def outages(looks: Sequence[Look], *, since: datetime, until: datetime) -> tuple[Outage, ...]:
    """Return the outages between two moments from the looks in their order.

    Give the last look before `since` along, if there is one. Time before the very first look is not
    known and counts as none.
    """
    found: list[Outage] = []
    dark = _dark([look for look in looks if look.at < until], until)
    for starts, ends in ((max(a, since), min(b, until)) for a, b in dark):
        if found and starts <= found[-1].ends_at:
            found[-1] = Outage(found[-1].starts_at, ends)
        elif starts < ends:
            found.append(Outage(starts, ends))
    return tuple(found)


def _dark(looks: Sequence[Look], until: datetime) -> Iterator[tuple[datetime, datetime]]:
    for look, following in pairwise([*looks, Look(until, is_up=True)]):
        if not look.is_up:
            yield look.at, following.at
        elif following.at - look.at > PATIENCE:
            yield look.at + EVERY, following.at


def minutes_of(found: Sequence[Outage]) -> int:
    """Return the whole minutes of all outages together."""
    total = sum((one.ends_at - one.starts_at for one in found), timedelta())
    return int(total.total_seconds() // 60)

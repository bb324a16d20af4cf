"""Places before and after, and the works whose fate differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fate:
    """A work that is over the line by one count and under it by the other."""

    work: int
    rank_raw: int
    rank_fair: int
    passes_raw: bool


def places(values: Sequence[float]) -> list[int]:
    """Return the place of each value, the greatest first; equal values share a place."""
    ordered = sorted(values, reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(float(value), place)
    return [first[float(value)] for value in values]


def fates(ranks: Mapping[int, tuple[int, int]], seats: int) -> list[Fate]:
    """Return the works that only one of the two rankings lets among the first `seats`, by the raw place."""
    found = [
        Fate(work, raw, fair, raw <= seats)
        for work, (raw, fair) in ranks.items()
        if (raw <= seats) != (fair <= seats)
    ]
    return sorted(found, key=lambda one: (one.rank_raw, one.rank_fair, one.work))

"""The teams of one work that reach its floor: the best ones, and all that are nearly as good."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from innoset.review.pure.assignment.grid import Floats, Ints

LARGEST: Final = 3
Team = tuple[int, ...]
"""Columns of the members; where several works meet, the number of the work goes first."""


@dataclass(frozen=True)
class Teams:
    """Columns of a work by falling worth, how many to take, and what they have to add up to."""

    columns: Ints
    worth: Ints
    size: int
    need: int

    @classmethod
    def of(cls, columns: Ints, worth: Ints, size: int, need: int) -> "Teams":
        """Sort the columns by worth."""
        order = np.argsort(-worth[columns], kind="stable")
        return cls(columns[order], worth[columns][order], size, need)

    def best(self, profits: Floats, many: int) -> list[tuple[float, Team]]:
        """Return the most profitable teams, the best first; each starts with another member."""
        if not self.size:
            return [(0.0, ())]
        found = list(self._best_by_first(_Ranges(profits[self.columns])))
        return sorted(found, reverse=True)[:many]

    def _best_by_first(self, ranges: "_Ranges") -> Iterator[tuple[float, Team]]:
        profit = ranges.values
        for first in self._firsts():
            rest = self.need - int(self.worth[first])
            if self.size == 1:
                yield float(profit[first]), (int(self.columns[first]),)
                continue
            before, ends = self._last_ranges(first, rest)
            if not len(before):
                continue
            last = ranges.best(before + 1, ends)
            base = profit[first] + (profit[before] if self.size == LARGEST else 0.0)
            values = base + profit[last]
            at = int(values.argmax())
            middle = (int(self.columns[before[at]]),) if self.size == LARGEST else ()
            yield float(values[at]), (int(self.columns[first]), *middle, int(self.columns[last[at]]))

    def _firsts(self) -> range:
        """Return who can be the best member of a team: with less than a share of the need nobody can."""
        return range(int(np.searchsorted(-self.worth * self.size, -self.need, side="right")))

    def _last_ranges(self, first: int, rest: int) -> tuple[Ints, Ints]:
        """Return each place before the last member, and where the last members end that suffice."""
        before = np.arange(first + 1, len(self.worth) - 1) if self.size == LARGEST else np.array([first])
        needs = rest - self.worth[before] if self.size == LARGEST else np.array([rest])
        ends = np.searchsorted(-self.worth, -needs, side="right")
        has_any = ends > before + 1
        return before[has_any], ends[has_any]


class _Ranges:
    """Where the greatest value of any range lies, told at once (a sparse table)."""

    def __init__(self, values: Floats) -> None:
        self.values = values
        self.table = [np.arange(len(values))]
        step = 1
        while 2 * step <= len(values):
            left, right = self.table[-1][:-step], self.table[-1][step:]
            self.table.append(np.where(values[left] >= values[right], left, right))
            step *= 2
        self.padded = np.zeros((len(self.table), len(values)), np.int64)
        for at, row in enumerate(self.table):
            self.padded[at, : len(row)] = row

    def best(self, starts: Ints, ends: Ints) -> Ints:
        """Return where the greatest value lies between each start and its end."""
        power = np.frexp(ends - starts)[1] - 1
        left = self.padded[power, starts]
        right = self.padded[power, ends - (1 << power)]
        found: Ints = np.where(self.values[left] >= self.values[right], left, right)
        return found

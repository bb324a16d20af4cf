"""How high a work can be served, and what a floor under its score means for single pairs."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from innoset.review.pure.assignment.grid import Grid, Ints
from innoset.review.pure.assignment.programme import MILLI, Programme

_NONE = -(2**52)


def best_scores(grid: Grid) -> Ints:
    """Return the score each work would get if it were alone: what no plan exceeds."""
    limits: dict[int, list[tuple[Ints, int]]] = {}
    for columns, limit, work, _ in grid.homes:
        limits.setdefault(work, []).append((columns, limit))
    return np.array(
        [_alone(grid, at, block, limits.get(at, [])) for at, block in enumerate(grid.blocks)], np.int64
    )


def _alone(grid: Grid, at: int, block: Ints, limits: list[tuple[Ints, int]]) -> int:
    """Take the locked experts of a work, then the likeliest ones, as far as the groups allow."""
    locked = block[grid.locked[block]]
    free = block[~grid.locked[block]]
    for columns, limit in limits:
        own = int(grid.locked[columns].sum())
        ranked = columns[~grid.locked[columns]]
        ranked = ranked[np.argsort(-grid.worth[ranked], kind="stable")]
        free = np.setdiff1d(free, ranked[limit - own :])
    more = np.sort(grid.worth[free])[::-1][: grid.wanted[at] - len(locked)]
    # Nothing says that a place must be filled at a loss, when not all can be.
    return int(grid.worth[locked].sum() + more.clip(min=0).sum())


def sharpened(grid: Grid, programme: Programme, scores: Any, floors: Ints) -> Programme | None:
    """Return the programme with floors, with every pair settled that a floor alone settles.

    Also with covers: of the experts who suit a work badly only so many can be taken together.
    """
    low, high = programme.low.copy(), programme.high.copy()
    covers: list[tuple[Ints, int]] = []
    for at in np.nonzero(floors > _NONE)[0]:
        block = grid.blocks[at]
        columns = block[(low[block] < high[block])]
        given = block[low[block] == 1]
        places = int(grid.wanted[at]) - len(given)
        need = int(floors[at] - grid.worth[given].sum())
        ranked = Ranked.of(columns, grid.worth, places, need)
        if not ranked.is_within_reach:
            return None
        high[ranked.closed] = 0.0
        low[ranked.fixed] = 1.0
        covers += ranked.covers
    from scipy import sparse  # reason: slow to load, and few need it

    told = floors > _NONE
    found = Programme(programme.matrix, programme.least, programme.most, low, high)
    found = found.plus(scores[told], floors[told] / MILLI, np.inf)
    if not covers:
        return found
    sizes = [len(columns) for columns, _ in covers]
    ends = np.r_[0, np.cumsum(sizes)]
    rows = sparse.csr_matrix(
        (np.ones(ends[-1]), np.concatenate([columns for columns, _ in covers]), ends), (len(covers), len(low))
    )
    return found.plus(rows, -np.inf, [float(most) for _, most in covers])


@dataclass(frozen=True)
class Ranked:
    """The pairs of one work by falling worth: so many to take, so much to reach."""

    columns: Ints
    worth: Ints
    places: int
    need: int

    @classmethod
    def of(cls, columns: Ints, worth: Ints, places: int, need: int) -> "Ranked":
        """Rank the columns."""
        ranked = columns[np.argsort(-worth[columns], kind="stable")]
        return cls(ranked, worth[ranked], places, need)

    @property
    def top(self) -> int:
        """Return what the best of them add up to."""
        return int(self.worth[: self.places].sum())

    @property
    def is_within_reach(self) -> bool:
        """Tell whether the work can get its experts and its floor at all."""
        return len(self.columns) >= self.places and self.top >= self.need

    @property
    def closed(self) -> Ints:
        """Return the pairs with which the floor is out of reach, whoever joins."""
        if not self.places:
            return self.columns
        others = np.full(len(self.columns), self.top - int(self.worth[self.places - 1]))
        others[: self.places - 1] = self.top - self.worth[: self.places - 1]
        closed: Ints = self.columns[self.worth + others < self.need]
        return closed

    @property
    def fixed(self) -> Ints:
        """Return the pairs without which the floor is out of reach."""
        if len(self.columns) == self.places:
            return self.columns
        best = slice(0, self.places)
        without = self.top + self.worth[self.places] - self.worth[best]
        fixed: Ints = self.columns[best][without < self.need]
        return fixed

    @property
    def covers(self) -> list[tuple[Ints, int]]:
        """Return the tails of the ranking of which so many can be taken, and not one more."""
        found = []
        for many in range(2, self.places + 1):
            best = int(self.worth[: self.places - many].sum())
            # Sums of neighbours, from every place of the ranking on; they fall.
            sums = np.convolve(self.worth[self.places - many :], np.ones(many, np.int64), "valid")
            first = int(np.searchsorted(-sums, best - self.need, side="right"))
            if first < len(sums):
                found.append((self.columns[self.places - many + first :], many - 1))
        return found

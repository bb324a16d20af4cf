"""How high a work can be served, and what a floor under its score means for single pairs."""

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
        columns = columns[np.argsort(-grid.worth[columns], kind="stable")]
        if not _settle(columns, grid.worth[columns], places, need, low, high):
            return None
        covers += _covers(columns, grid.worth[columns], places, need)
    from scipy import sparse  # noqa: PLC0415  # reason: slow to load, and few need it

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


def _settle(columns: Ints, worth: Ints, places: int, need: int, low: Any, high: Any) -> bool:
    """Close the pairs with which the floor is out of reach, fix those without which it is."""
    if len(columns) < places or worth[:places].sum() < need:
        return False
    if not places:
        return True
    top = int(worth[:places].sum())
    # With a pair in: the best of the others fill the places that are left.
    others = np.full(len(columns), int(worth[: places - 1].sum()))
    others[: places - 1] = top - worth[: places - 1]
    high[columns[worth + others < need]] = 0.0
    if len(columns) > places:
        without = top + worth[places] - worth[:places]
        low[columns[:places][without < need]] = 1.0
    else:
        low[columns] = 1.0
    return True


def _covers(columns: Ints, worth: Ints, places: int, need: int) -> list[tuple[Ints, int]]:
    """Return the tails of the ranking of which `most` can be taken, and not one more."""
    found = []
    for many in range(2, places + 1):
        best = int(worth[: places - many].sum())
        # Sums of `many` neighbours, from every place of the ranking on; they fall.
        sums = np.convolve(worth[places - many :], np.ones(many, np.int64), "valid")
        first = int(np.searchsorted(-sums, best - need, side="right"))
        if first < len(sums):
            found.append((columns[places - many + first :], many - 1))
    return found

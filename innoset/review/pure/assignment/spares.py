"""Who stands ready: alternates for every work, the most suitable, evenly spread."""

from collections import Counter
from typing import Final

import numpy as np

from innoset.review.pure.assignment.grid import Flags, Floats, Grid, Ints
from innoset.review.pure.assignment.plans import Alternate
from innoset.review.pure.assignment.programme import Programme, relax
from innoset.review.pure.assignment.rules import bounds_of
from innoset.review.pure.assignment.words import suits

_NEAREST: Final = 40
"""So many of the most suitable free experts of a work are looked at."""


def spares_of(grid: Grid, chosen: Flags) -> tuple[Alternate, ...]:
    """Return the alternates of every work: no conflict, room for one more, no rule of groups broken."""
    each = grid.problem.alternates
    columns = _able(grid, chosen)
    if not each or not len(columns):
        return ()
    taken = columns[_spread(grid, columns, each)]
    order = np.lexsort((grid.expert[taken], -grid.worth[taken], grid.work[taken]))
    places: Counter[int] = Counter()
    found = []
    for column in taken[order]:
        work, expert = grid.works[grid.work[column]], grid.experts[grid.expert[column]]
        places[work.key] += 1
        found.append(Alternate(expert.key, work.key, places[work.key], suits(grid, int(column))))
    code = {work.key: work.code for work in grid.works}
    return tuple(sorted(found, key=lambda one: (code[one.work], one.work, one.position)))


def _able(grid: Grid, chosen: Flags) -> Ints:
    """Return the columns of experts who could step in without breaking a rule."""
    bounds = bounds_of(grid)
    minutes = np.bincount(grid.expert[chosen], grid.minutes[chosen], len(grid.experts))
    able = ~chosen & (grid.wanted[grid.work] > 0)
    able &= (grid.loads(chosen) + 1 <= bounds.most)[grid.expert]
    able &= minutes[grid.expert] + grid.minutes <= bounds.most_minutes[grid.expert]
    for columns, limit, *_ in grid.homes:
        if chosen[columns].sum() >= limit:
            able[columns] = False
    return np.concatenate([_nearest(grid, block[able[block]]) for block in grid.blocks] or [np.zeros(0, int)])


def _nearest(grid: Grid, columns: Ints) -> Ints:
    return columns[np.argsort(-grid.worth[columns], kind="stable")[:_NEAREST]]


def _spread(grid: Grid, columns: Ints, each: int) -> Flags:
    """Choose the alternates: as many as possible, nobody for more works than others must, then the best."""
    from scipy import sparse  # reason: slow to load, and few need it

    works, experts, count = len(grid.works), len(grid.experts), len(columns)
    wanted = np.where(grid.wanted > 0, each, 0)
    share = np.ceil(wanted.sum() / max(1, len(np.unique(grid.expert[columns]))))
    cells = sparse.csr_matrix(
        (
            np.ones(2 * count),
            (np.r_[grid.work[columns], works + grid.expert[columns]], np.tile(np.arange(count), 2)),
        ),
        (works + experts, count),
    )
    over = sparse.diags(np.r_[np.ones(works), -np.ones(experts)], format="csr")
    worth = grid.worth[columns] / max(1, int(np.abs(grid.worth).max(initial=0)))
    programme = Programme(
        sparse.hstack([cells, over], format="csr"),
        np.r_[wanted, np.full(experts, -np.inf)].astype(float),
        np.r_[wanted, np.full(experts, share)].astype(float),
        np.zeros(count + works + experts),
        np.r_[np.ones(count), np.full(works, each), np.full(experts, np.inf)],
    )
    dear: Floats = np.r_[worth, np.full(works, -10.0 * (each + works)), np.full(experts, -4.0)]
    split = relax(programme, dear)
    assert split is not None  # noqa: S101  # reason: everything may lack, so nothing contradicts
    flags: Flags = split.x[:count] > 0.5  # noqa: PLR2004  # reason: nought or one
    return flags

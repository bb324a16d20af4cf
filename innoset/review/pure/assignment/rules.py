"""The rules of a round as rows: experts a work, loads, minutes, groups; and what gives when they clash."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment.grid import Floats, Grid, Ints
from innoset.review.pure.assignment.programme import Programme

_ENDLESS: Final = np.inf


def _rows(count: int, row: Any, column: Any, value: Any, width: int) -> Any:
    from scipy import sparse  # reason: slow to load, and few need it

    return sparse.csr_matrix((np.asarray(value, float), (row, column)), (count, width))


def by_work(grid: Grid, values: Any) -> Any:
    """Return a row a work with the values of its columns."""
    return _rows(len(grid.works), grid.work, np.arange(grid.size), values, grid.size)


def by_expert(grid: Grid, values: Any) -> Any:
    """Return a row an expert with the values of its columns."""
    return _rows(len(grid.experts), grid.expert, np.arange(grid.size), values, grid.size)


@dataclass(frozen=True, slots=True)
class Bounds:
    """From least to most for each expert, in works and in minutes; what is locked is never too much."""

    least: Floats
    most: Floats
    least_minutes: Floats
    most_minutes: Floats

    @property
    def has_minutes(self) -> Any:
        """Tell for which experts minutes still have to be reckoned."""
        return (self.least_minutes > 0) | np.isfinite(self.most_minutes)


def bounds_of(grid: Grid) -> Bounds:
    """Return the loads each expert may have; minutes become works where all works take equally long."""
    ones = np.ones(grid.size, np.int64)
    held = _sums(grid, ones * grid.locked)
    held_minutes = _sums(grid, grid.minutes * grid.locked)
    bounds = Bounds(
        np.array([float(one.least) for one in grid.experts]),
        np.maximum(_limits([one.most for one in grid.experts]), held),
        np.array([float(one.least_minutes) for one in grid.experts]),
        np.maximum(_limits([one.most_minutes for one in grid.experts]), held_minutes),
    )
    # Sums of minutes lie on their common step, so limits between two steps mean the nearer one.
    step = float(np.gcd.reduce(grid.minutes)) if grid.size else 0.0
    if not step:
        return bounds
    if len(np.unique(grid.minutes)) > 1:
        return replace(
            bounds,
            least_minutes=np.ceil(bounds.least_minutes / step) * step,
            most_minutes=np.floor(bounds.most_minutes / step) * step,
        )
    minutes = step
    return Bounds(
        np.maximum(bounds.least, np.ceil(bounds.least_minutes / minutes)),
        np.minimum(bounds.most, np.floor(bounds.most_minutes / minutes)),
        np.zeros_like(bounds.least),
        np.full_like(bounds.most, _ENDLESS),
    )


def _sums(grid: Grid, values: Any) -> Floats:
    found: Floats = np.bincount(grid.expert, values, len(grid.experts)).astype(float)
    return found


def _limits(values: list[int | None]) -> Floats:
    return np.array([_ENDLESS if one is None else float(one) for one in values])


def rules_of(grid: Grid) -> Programme:
    """Return the programme of the round: every work gets what it wants, nobody more than they take."""
    from scipy import sparse  # reason: slow to load, and few need it

    wanted, bounds = grid.wanted.astype(float), bounds_of(grid)
    ones = np.ones(grid.size)
    start = Programme(
        sparse.csr_matrix((0, grid.size)), np.zeros(0), np.zeros(0), grid.locked.astype(float), ones
    )
    start = start.plus(by_work(grid, ones), wanted, wanted)
    start = start.plus(by_expert(grid, ones), bounds.least, bounds.most)
    timed = bounds.has_minutes
    if timed.any():
        rows = by_expert(grid, grid.minutes)[timed]
        start = start.plus(rows, bounds.least_minutes[timed], bounds.most_minutes[timed])
    if grid.homes:
        sizes = [len(columns) for columns, *_ in grid.homes]
        row = np.repeat(np.arange(len(sizes)), sizes)
        column = np.concatenate([columns for columns, *_ in grid.homes])
        rows = _rows(len(sizes), row, column, np.ones(len(row)), grid.size)
        start = start.plus(rows, -_ENDLESS, [limit for _, limit, *_ in grid.homes])
    return start


@dataclass(frozen=True)
class Lenient:
    """The rules with columns for what is lacking: experts of works by level, works and minutes of experts."""

    programme: Programme
    levels: list[Ints]
    """Columns of the first, second, … expert that a work goes without."""
    works_lacking: Ints
    minutes_lacking: Ints
    start: Floats
    """What always keeps to the rules: nothing but the locked pairs."""


def lenient(grid: Grid, programme: Programme) -> Lenient:
    """Let works go without experts, and experts without their least loads."""
    bounds = bounds_of(grid)
    works, experts = len(grid.works), len(grid.experts)
    own = np.bincount(grid.work[grid.locked], minlength=works)
    free = grid.wanted - own
    lack_work = np.repeat(np.arange(works), free)
    # The first expert of a work that has two locked ones is its third.
    level = np.arange(len(lack_work)) - np.repeat(np.cumsum(free) - free, free) + own[lack_work]
    short = np.nonzero(bounds.least > 0)[0]
    timed = np.nonzero(bounds.has_minutes)[0]
    brief = np.nonzero(bounds.least_minutes[timed] > 0)[0]
    row = np.r_[lack_work, works + short, works + experts + brief]
    sizes = [len(lack_work), len(short), len(brief)]
    count = sum(sizes)
    rows = _rows(programme.matrix.shape[0], row, np.arange(count), np.ones(count), count)
    high = np.r_[np.ones(sizes[0]), bounds.least[short], bounds.least_minutes[timed][brief]]
    at = grid.size + np.arange(count)
    parts = np.split(at, np.cumsum(sizes)[:-1])
    held = np.bincount(grid.expert[grid.locked], minlength=experts)
    spent = np.bincount(grid.expert, grid.minutes * grid.locked, experts)
    start = np.r_[
        grid.locked,
        np.ones(sizes[0]),
        np.maximum(0, bounds.least - held)[short],
        np.maximum(0, bounds.least_minutes - spent)[timed][brief],
    ]
    return Lenient(
        programme.wider(rows, np.zeros(count), high),
        [parts[0][level == one] for one in np.unique(level)],
        parts[1],
        parts[2],
        start,
    )


def held_at(programme: Programme, x: Floats, loose: Any) -> Programme:
    """Return the programme with all columns but the loose ones held where they are."""
    return replace(programme, low=np.where(loose, programme.low, x), high=np.where(loose, programme.high, x))

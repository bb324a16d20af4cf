"""Linear programmes over the columns of a grid, solved by HiGHS through SciPy."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment.grid import Floats, Ints

MILLI: Final = 1000.0
"""Affinities go to the solver in thousandths of their millionths, so that a step stands far above its tolerance."""
_CLEAR: Final = 1e-6
_LEAP: Final = 6
_NEAREST: Final = 2e-5
_CENT: Final = 0.01
_DONE: Final = (0, 2)
_FEWEST: Final = 20


@dataclass(frozen=True)
class Programme:
    """Rows between bounds over columns between bounds; every column is a whole number."""

    matrix: Any
    least: Floats
    most: Floats
    low: Floats
    high: Floats

    def plus(self, matrix: Any, least: Any, most: Any) -> "Programme":
        """Return the programme with more rows."""
        from scipy import sparse  # reason: slow to load, and few need it

        rows = sparse.csr_matrix(np.atleast_2d(matrix) if isinstance(matrix, np.ndarray) else matrix)
        count = rows.shape[0]
        return replace(
            self,
            matrix=sparse.vstack([self.matrix, rows], format="csr"),
            least=np.r_[self.least, np.broadcast_to(np.asarray(least, float), count)],
            most=np.r_[self.most, np.broadcast_to(np.asarray(most, float), count)],
        )

    def wider(self, columns: Any, low: Any, high: Any) -> "Programme":
        """Return the programme with more columns; `columns` has a row for each row."""
        from scipy import sparse  # reason: slow to load, and few need it

        return replace(
            self,
            matrix=sparse.hstack([self.matrix, columns], format="csr"),
            low=np.r_[self.low, low],
            high=np.r_[self.high, high],
        )

    def holds(self, values: Floats) -> bool:
        """Tell whether the values keep to every bound."""
        sums = self.matrix @ values
        return bool(
            (sums >= self.least - _CLEAR).all()
            and (sums <= self.most + _CLEAR).all()
            and (values >= self.low - _CLEAR).all()
            and (values <= self.high + _CLEAR).all()
        )


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best of a programme when pairs may be split, with the price of every column and row."""

    value: float
    x: Floats
    reduced: Floats
    prices: Floats

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is split."""
        return bool((np.abs(self.x - np.rint(self.x)) < _CLEAR).all())


@dataclass(frozen=True, slots=True)
class Answer:
    """The best whole values, what none can exceed, and whether the search was finished."""

    x: Floats | None
    value: int
    bound: int
    is_done: bool
    loose: Any = None
    """Columns that may differ in another answer as good as this one."""
    spent: int = 0
    """Columns times branches that the search took."""


NOTHING: Final = Answer(None, 0, 0, is_done=True)


def relax(programme: Programme, gain: Floats) -> Relaxed | None:
    """Return the best split values, or nothing when the rows contradict each other."""
    from scipy import optimize, sparse  # reason: slow to load, and few need it

    if not len(gain):
        nothing = np.zeros(0)
        is_possible = programme.holds(nothing)
        return Relaxed(0.0, nothing, nothing, np.zeros(len(programme.least))) if is_possible else None
    same = programme.least == programme.most
    below, above = np.isfinite(programme.most) & ~same, np.isfinite(programme.least) & ~same
    rows = programme.matrix
    found = optimize.linprog(
        -gain,
        A_ub=sparse.vstack([rows[below], -rows[above]], format="csr"),
        b_ub=np.r_[programme.most[below], -programme.least[above]],
        A_eq=rows[same],
        b_eq=programme.most[same],
        bounds=np.c_[programme.low, programme.high],
        method="highs",
    )
    if found.x is None:
        return None
    prices = np.zeros(len(same))
    prices[same] = -found.eqlin.marginals
    prices[below] -= found.ineqlin.marginals[: below.sum()]
    prices[above] += found.ineqlin.marginals[below.sum() :]
    return Relaxed(-found.fun, found.x, -(found.lower.marginals + found.upper.marginals), prices)


@dataclass(frozen=True)
class Aim:
    """What to make as great as possible, and how long to search; all gains are multiples of the unit."""

    gain: Ints
    patience: int
    """Columns times branches: the same on any machine."""
    scale: float = 1.0
    unit: int = 1
    is_optional: bool = False
    """Rather find nothing than search longer than patience lasts."""

    def ceiling(self, value: float) -> int:
        """Return the greatest whole value that the split one allows."""
        return int(np.floor((value * self.scale + _CLEAR * self.scale) / self.unit)) * self.unit


def solve(programme: Programme, aim: Aim) -> Answer:
    """Return the best whole values by branch and bound."""
    from scipy import optimize  # reason: slow to load, and few need it

    found = optimize.milp(
        -aim.gain / aim.scale,
        constraints=optimize.LinearConstraint(programme.matrix, programme.least, programme.most),
        bounds=optimize.Bounds(programme.low, programme.high),
        integrality=np.ones(len(aim.gain)),
        options={"mip_rel_gap": 0.0, "node_limit": max(_FEWEST, aim.patience // len(aim.gain))},
    )
    is_done = found.status in _DONE
    # The first branch is the dearest: it counts as many.
    spent = (int(found.mip_node_count or 0) + _FEWEST) * len(aim.gain)
    x = None if found.x is None else np.rint(found.x)
    # An answer that only the solver's tolerance allows is none.
    if x is None or not programme.holds(x):
        return Answer(None, 0, 0, is_done=is_done and x is None, spent=spent)
    value = int(aim.gain @ x.astype(np.int64))
    bound = value if is_done else max(value, aim.ceiling(-found.mip_dual_bound))
    return Answer(x, value, bound, is_done, spent=spent)


def best(programme: Programme, aim: Aim) -> Answer:
    """Return the best whole values and the proof, at the price of a few columns.

    A column whose price at the split optimum exceeds the distance between the split and the whole value
    cannot change in a better plan. So a few cheap columns are searched first; their answer either proves
    itself, or says how many more columns have to be searched.
    """
    split = relax(programme, aim.gain / aim.scale)
    return NOTHING if split is None else refine(programme, aim, split)


def refine(programme: Programme, aim: Aim, split: Relaxed) -> Answer:
    """Make the split answer whole, see `best`."""
    at = np.rint(split.x)
    price = np.abs(split.reduced) * aim.scale
    if split.is_whole and programme.holds(at):
        value = int(aim.gain @ at.astype(np.int64))
        return Answer(at, value, value, is_done=True, loose=price < _CLEAR * aim.scale)
    return _Search(
        programme, aim, at, np.abs(split.x - at) > _CLEAR, price, aim.ceiling(split.value)
    ).widened()


@dataclass(frozen=True)
class _Search:
    """The way from a split answer to a whole one, through more and more columns."""

    programme: Programme
    aim: Aim
    at: Floats
    is_split: Any
    price: Floats
    ceiling: int

    def widened(self) -> Answer:
        """Search ever more columns until the answer proves itself, or patience ends."""
        reach, patience = max(_CENT * self.aim.unit, abs(self.ceiling) * _NEAREST), self.aim.patience
        while True:
            loose = (self.price <= reach) | self.is_split
            if self.aim.is_optional and patience < _FEWEST * loose.sum():
                return Answer(None, 0, self.ceiling, is_done=False)
            found = _within(self.programme, replace(self.aim, patience=patience), self.at, loose)
            gap, patience = self.ceiling - found.value, patience - found.spent
            if found.x is None:
                if loose.all():
                    return replace(found, bound=self.ceiling)
                reach *= _LEAP
            elif gap <= reach or loose.all():
                return self.proven(found, min(self.ceiling, found.bound))
            elif not found.is_done or patience < _FEWEST * (self.price <= gap + 1.0).sum():
                return self.proven(found, self.ceiling)
            else:
                reach = gap + 1.0

    def proven(self, found: Answer, bound: int) -> Answer:
        """Return the answer with its bound and the columns that as good an answer could change."""
        loose = self.price <= self.ceiling - found.value + self.aim.unit
        return replace(found, bound=max(found.value, bound), loose=loose | self.is_split)


def _within(programme: Programme, aim: Aim, at: Floats, loose: Any) -> Answer:
    """Solve with all columns but the loose ones held where they are."""
    held = np.where(loose, 0.0, at)
    sums = programme.matrix @ held
    small = Programme(
        programme.matrix[:, loose],
        programme.least - sums,
        programme.most - sums,
        programme.low[loose],
        programme.high[loose],
    )
    if not loose.any():
        return NOTHING
    used = np.diff(small.matrix.indptr) > 0
    rest = small.least[~used].max(initial=-1.0), small.most[~used].min(initial=1.0)
    if rest[0] > _CLEAR or rest[1] < -_CLEAR:
        return NOTHING
    small = replace(small, matrix=small.matrix[used], least=small.least[used], most=small.most[used])
    found = solve(small, replace(aim, gain=aim.gain[loose]))
    if found.x is None:
        return found
    x = held.copy()
    x[loose] = found.x
    rest_value = int(aim.gain @ held.astype(np.int64))
    return replace(found, x=x, value=found.value + rest_value, bound=found.bound + rest_value)

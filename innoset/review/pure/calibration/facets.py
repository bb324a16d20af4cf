"""The many-facet Rasch model by joint maximum likelihood: the report of measures, errors and fit.

Linacre (1989), as FACETS prints it: measures in logits, model standard errors, infit and outfit (Wright &
Masters 1982) with their standardised forms (Wilson & Hilferty), thresholds, separation, reliability, fixed
chi-square; for reading them Myford & Wolfe (2003, 2004). Newton's method on all elements at once; elements
whose marks are all the lowest or all the highest are measured after the others with 0.3 of a mark of grace.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.calibration.categories import Curves, Indices, Vector, cumulated, curves

TURNS: Final = 200
CLOSE: Final = 1e-6
GRACE: Final = 0.3
STRIDE: Final = 2.0
RIDGE: Final = 1e-9
REACH: Final = 12.0


@dataclass(frozen=True, slots=True)
class Observations:
    """Marks in long form, all arrays of N rows.

    `columns` (N × F) holds the element of each facet; elements are numbered through all facets. `signs` (F) is
    +1 where more of the facet brings more marks. `facet` (elements) tells whose an element is; the facets of
    `centred` have mean nought. `marks` count from 0 without gaps within their group of `steps`.
    """

    columns: Indices
    signs: Vector
    facet: Indices
    centred: tuple[int, ...]
    marks: Indices
    steps: Indices
    weights: Vector


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known of each element, in the order of their numbers; thresholds by group of steps, in logits."""

    measure: Vector
    se: Vector
    infit: Vector
    outfit: Vector
    infit_z: Vector
    outfit_z: Vector
    count: Vector
    is_extreme: NDArray[np.bool_]
    thresholds: NDArray[np.float64]
    residual: float


@dataclass(frozen=True, slots=True)
class Facet:
    """How well the elements of a facet are told apart (population forms)."""

    rmse: float
    true_sd: float
    separation: float
    strata: float
    reliability: float
    chi_square: float
    freedom: int


def measure(seen: Observations, fixed: NDArray[np.float64] | None = None) -> Measures:
    """Measure every element; `fixed` thresholds (groups × K) are not estimated."""
    extreme = extremes(seen)
    kept: NDArray[np.bool_] = np.logical_not(extreme[seen.columns].any(axis=1))
    start = _start(seen) if fixed is None else fixed
    found, thresholds, residual = _converged(_rows(seen, kept), start, estimates_steps=fixed is None)
    _place_extremes(seen, found, extreme, thresholds)
    return _report(seen, found, thresholds, extreme, residual)


def extremes(seen: Observations) -> NDArray[np.bool_]:
    """Tell which elements have only the lowest or only the highest marks, again and again until none is left."""
    extreme = np.zeros(len(seen.facet), dtype=bool)
    top = _tops(seen)[seen.steps]
    while True:
        kept = ~extreme[seen.columns].any(axis=1)
        more = extreme.copy()
        for column in seen.columns.T:
            rows, size = column[kept], len(extreme)
            some = np.bincount(rows, minlength=size) > 0
            points = np.bincount(rows, seen.marks[kept], minlength=size)
            most = np.bincount(rows, top[kept], minlength=size)
            more |= some & ((points == 0) | (points == most))
        if (more == extreme).all() or more[seen.columns].any(axis=1).all():
            return extreme
        extreme = more


def _tops(seen: Observations) -> Indices:
    tops = np.zeros(int(seen.steps.max()) + 1, dtype=np.int64)
    np.maximum.at(tops, seen.steps, seen.marks)
    return tops


def _start(seen: Observations) -> NDArray[np.float64]:
    """Return rising thresholds for each group, padded by infinity."""
    tops = _tops(seen)
    widest = int(tops.max())
    ladder = np.array([np.arange(widest) - (top - 1) / 2 for top in tops], dtype=np.float64)
    ladder[np.arange(widest)[None, :] >= tops[:, None]] = np.inf
    return ladder


def _rows(seen: Observations, kept: NDArray[np.bool_]) -> Observations:
    return Observations(
        seen.columns[kept],
        seen.signs,
        seen.facet,
        seen.centred,
        seen.marks[kept],
        seen.steps[kept],
        seen.weights[kept],
    )


def expected(seen: Observations, found: Vector, thresholds: NDArray[np.float64]) -> Curves:
    """Return what the model expects of every observation."""
    return curves(found[seen.columns] @ seen.signs, cumulated(thresholds)[seen.steps])


def _converged(
    seen: Observations, thresholds: NDArray[np.float64], *, estimates_steps: bool
) -> tuple[Vector, NDArray[np.float64], float]:
    found, residual = np.zeros(len(seen.facet)), np.inf
    for _ in range(TURNS):
        found, residual = _step(seen, found, thresholds)
        if estimates_steps:
            thresholds, moved = _steps_moved(seen, found, thresholds)
            residual = max(residual, moved)
        if residual < CLOSE:
            break
    return found, thresholds, residual


def _step(seen: Observations, found: Vector, thresholds: NDArray[np.float64]) -> tuple[Vector, float]:
    """Take one step of Newton for all elements; return them and the largest residual in marks before it."""
    model, size = expected(seen, found, thresholds), len(found)
    left = seen.weights * (seen.marks - model.mean)
    slope = np.zeros(size)
    for column, sign in zip(seen.columns.T, seen.signs, strict=True):
        slope += sign * np.bincount(column, left, minlength=size)
    slope -= RIDGE * found
    hold = information(seen, seen.weights * model.variance) + RIDGE * np.eye(size)
    for number in seen.centred:
        mine = (seen.facet == number).astype(np.float64)
        hold += np.outer(mine, mine)
    stride = np.linalg.solve(hold, slope)
    return found + np.clip(stride, -STRIDE, STRIDE), float(np.abs(slope).max())


def information(seen: Observations, held: Vector) -> NDArray[np.float64]:
    """Return the matrix of information: elements × elements."""
    size = len(seen.facet)
    matrix = np.zeros(size * size)
    for one, sign in zip(seen.columns.T, seen.signs, strict=True):
        for other, its in zip(seen.columns.T, seen.signs, strict=True):
            matrix += np.bincount(one * size + other, sign * its * held, minlength=size * size)
    return matrix.reshape(size, size)


def _steps_moved(
    seen: Observations, found: Vector, thresholds: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Take one step of Newton for the thresholds of each group, which keep mean nought."""
    moved, worst = thresholds.copy(), 0.0
    at_least = np.cumsum(expected(seen, found, thresholds).chances[:, :0:-1], axis=1)[:, ::-1]
    for group in range(len(thresholds)):
        mine, steps = seen.steps == group, int(np.isfinite(thresholds[group]).sum())
        if steps < 2 or not mine.any():  # noqa: PLR2004  # reason: one threshold is nought by definition
            continue
        upper, weights = at_least[mine, :steps], seen.weights[mine]
        reached = seen.marks[mine, None] > np.arange(steps)
        slope = weights @ (upper - reached)
        later = np.maximum.outer(np.arange(steps), np.arange(steps))
        hold = (weights @ upper)[later] - (upper * weights[:, None]).T @ upper
        stride = np.linalg.solve(hold + RIDGE * np.eye(steps), slope)
        fresh = thresholds[group, :steps] + np.clip(stride, -STRIDE, STRIDE)
        moved[group, :steps] = fresh - fresh.mean()
        worst = max(worst, float(np.abs(slope - slope.mean()).max()))
    return moved, worst


def _place_extremes(
    seen: Observations, found: Vector, extreme: NDArray[np.bool_], thresholds: NDArray[np.float64]
) -> None:
    """Measure the extreme elements one by one, the others held, 0.3 of a mark inside the edge."""
    sums = cumulated(thresholds)
    for element in np.flatnonzero(extreme):
        mine = (seen.columns == element).any(axis=1)
        own = seen.signs[(seen.columns[mine] == element).argmax(axis=1)[0]]
        rest = found[seen.columns[mine]] @ seen.signs - own * found[element]
        weights, points = seen.weights[mine], seen.weights[mine] @ seen.marks[mine]
        target = GRACE if points == 0 else points - GRACE
        low, high = -REACH, REACH
        for _ in range(60):
            middle = (low + high) / 2
            above = weights @ curves(rest + middle, sums[seen.steps[mine]]).mean > target
            low, high = (low, middle) if above else (middle, high)
        found[element] = own * middle


def _report(
    seen: Observations,
    found: Vector,
    thresholds: NDArray[np.float64],
    extreme: NDArray[np.bool_],
    residual: float,
) -> Measures:
    model, size = expected(seen, found, thresholds), len(found)
    square = (seen.marks - model.mean) ** 2

    def summed(values: Vector) -> Vector:
        columns = (np.bincount(column, seen.weights * values, minlength=size) for column in seen.columns.T)
        return np.asarray(sum(columns), dtype=np.float64)

    count, held = summed(np.ones(len(square))), np.maximum(summed(model.variance), 1e-12)
    infit, outfit = summed(square) / held, summed(square / model.variance) / np.maximum(count, 1)
    in_q = np.sqrt(np.maximum(summed(model.fourth - model.variance**2), 1e-12)) / held
    out_q = np.sqrt(np.maximum(summed(model.fourth / model.variance**2 - 1), 1e-12)) / np.maximum(count, 1)
    return Measures(
        measure=found,
        se=1 / np.sqrt(held),
        infit=infit,
        outfit=outfit,
        infit_z=standardised(infit, in_q),
        outfit_z=standardised(outfit, out_q),
        count=count,
        is_extreme=extreme,
        thresholds=thresholds,
        residual=residual,
    )


def standardised(square: Vector, spread: Vector) -> Vector:
    """Return a mean square as a normal deviate by the cube root of Wilson and Hilferty."""
    spread = np.clip(spread, 1e-6, np.sqrt(2))
    return np.asarray((np.cbrt(square) - 1) * 3 / spread + spread / 3, dtype=np.float64)


def facet_of(found: Measures, elements: Indices) -> Facet:
    """Summarise the elements of a facet; nothing is told apart when it has fewer than two."""
    values, errors = found.measure[elements], found.se[elements]
    if len(values) < 2:  # noqa: PLR2004  # reason: one element is not told apart from another
        return Facet(0.0, 0.0, 0.0, 1 / 3, 0.0, 0.0, 0)
    mean_square = float((errors**2).mean())
    true = max(float(values.var()) - mean_square, 0.0)
    ratio = float(np.sqrt(true / mean_square))
    pull = 1 / errors**2
    return Facet(
        rmse=mean_square**0.5,
        true_sd=true**0.5,
        separation=ratio,
        strata=(4 * ratio + 1) / 3,
        reliability=ratio**2 / (1 + ratio**2),
        chi_square=float(pull @ values**2 - (pull @ values) ** 2 / pull.sum()),
        freedom=len(values) - 1,
    )

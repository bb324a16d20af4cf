"""Additive severity with shrinkage: total = work + expert + chance, in points. Works on any totals.

The model is the crossed mixed model of Henderson (1975): works and experts are random, so that an
expert of few sheets is trusted little. The two ratios of variances are not guessed at a point: the
restricted likelihood (Patterson & Thompson 1971) is integrated over a grid of them under a
half-Cauchy prior (Gelman 2006). So a small round gets honest, wide intervals, and a variance of
nought needs no special case. For one ratio the equations are diagonal in the eigenbasis of the
experts, which makes the whole grid cost a few decompositions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.calibration.ranks import places

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

QUANTILE: Final = 1.959963984540054
"""The half-width of a 95 % interval in standard errors."""
RATIOS: Final = np.exp(np.linspace(np.log(0.05), np.log(8.0), 21))
"""Standard deviation of works, or of experts, in standard deviations of chance."""
DIGITS: Final = 6
LEAST_SHEETS: Final = 4
LEAST_VARIANCE: Final = 1e-9


class TooLittle(ValueError):
    """The marks are too few to tell works, experts and chance apart."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One finished sheet: the code of the work, the letter of the expert, points."""

    work: str
    expert: str
    total: float


@dataclass(frozen=True, slots=True)
class Work:
    """A work: its plain mean and what it would get from an average expert, with a 95 % interval, in points."""

    code: str
    count: int
    raw: float
    fair: float
    se: float
    low: float
    high: float
    fit: float
    rank_raw: int
    rank_fair: int


@dataclass(frozen=True, slots=True)
class Severity:
    """An expert: by how many points stricter (+) or milder (−) than the average of the panel."""

    letter: str
    count: int
    severity: float
    se: float
    low: float
    high: float
    fit: float


@dataclass(frozen=True, slots=True)
class Additive:
    """The calibrated round; deviations are in points, `reliability` is that of the fair totals, 0 … 1."""

    works: tuple[Work, ...]
    experts: tuple[Severity, ...]
    work_sd: float
    expert_sd: float
    chance_sd: float
    reliability: float


@dataclass(frozen=True, slots=True)
class Design:
    """Who judged what: indices of works and experts by sheet, totals, counts by work and expert."""

    codes: tuple[str, ...]
    letters: tuple[str, ...]
    work: NDArray[np.int64]
    expert: NDArray[np.int64]
    total: Vector
    given: Matrix

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many works and experts there are."""
        return len(self.codes), len(self.letters)


@dataclass(frozen=True, slots=True)
class Points:
    """The posterior at one ratio of works and each ratio of experts (a column each), in points."""

    log_weight: Vector
    work_mean: Matrix
    work_variance: Matrix
    expert_mean: Matrix
    expert_variance: Matrix
    variances: Matrix


def additive(sheets: Sequence[Sheet], maximum: float) -> Additive:
    """Calibrate the totals; raise `TooLittle` when nothing can be told apart.

    Measures are in points between 0 and `maximum`, for an expert of average severity on this panel.
    """
    design = design_of(sheets)
    points = [_Basis.of(design, float(ratio)).points() for ratio in RATIOS]
    return _result(design, _joined(points), maximum)


def design_of(sheets: Sequence[Sheet]) -> Design:
    """Return the sheets as arrays; raise `TooLittle` for fewer than two works, two experts, four sheets."""
    codes = sorted({one.work for one in sheets})
    letters = sorted({one.expert for one in sheets})
    if len(codes) < 2 or len(letters) < 2 or len(sheets) < LEAST_SHEETS:  # noqa: PLR2004  # reason: two things to compare
        raise TooLittle
    row = {code: place for place, code in enumerate(codes)}
    column = {letter: place for place, letter in enumerate(letters)}
    work = np.array([row[one.work] for one in sheets], dtype=np.int64)
    expert = np.array([column[one.expert] for one in sheets], dtype=np.int64)
    given = np.zeros((len(codes), len(letters)))
    np.add.at(given, (work, expert), 1.0)
    total = np.array([one.total for one in sheets], dtype=np.float64)
    if np.ptp(total) == 0:
        raise TooLittle
    return Design(tuple(codes), tuple(letters), work, expert, total, given)


@dataclass(frozen=True, slots=True)
class _Basis:
    """The equations with works and the mean absorbed, in the eigenbasis of the experts."""

    design: Design
    ratio: float
    shrunk: Vector  # 1 / (sheets of a work + penalty)
    roots: Vector
    turned: Vector  # right side in the eigenbasis
    base: Matrix  # eigenvectors, experts × experts
    loads: Matrix  # how a work's measure hangs on the experts' eigen-coordinates
    weight: float  # information about the general mean
    share: Vector  # of it that comes through each expert
    centre: float
    square: float
    log_det: float

    @classmethod
    def of(cls, design: Design, ratio: float) -> "_Basis":
        given, total, penalty = design.given, design.total, ratio**-2
        counts = given.sum(axis=1)
        shrunk = 1 / (counts + penalty)
        sums = np.bincount(design.work, total, minlength=len(design.codes))
        weight = float(counts.sum() - (counts**2 * shrunk).sum())
        share = given.sum(axis=0) - given.T @ (counts * shrunk)
        middle = float(total.sum() - (counts * shrunk * sums).sum())
        right = np.bincount(design.expert, total, minlength=len(design.letters)) - given.T @ (shrunk * sums)
        matrix = np.diag(given.sum(axis=0)) - given.T @ (given * shrunk[:, None])
        roots, base = np.linalg.eigh(matrix - np.outer(share, share) / weight)
        loads = -(given + penalty * share / weight) * shrunk[:, None] + 1 / len(design.letters)
        return cls(
            design=design,
            ratio=ratio,
            shrunk=shrunk,
            roots=np.maximum(roots, 0.0),
            turned=base.T @ (right - share * middle / weight),
            base=base,
            loads=loads @ base,
            weight=weight,
            share=share,
            centre=middle / weight,
            square=float((total**2).sum() - (shrunk * sums**2).sum() - middle**2 / weight),
            log_det=float(np.log(1 + counts / penalty).sum() + np.log(weight)),
        )

    def points(self) -> Points:
        """Return the posterior for every ratio of experts at once."""
        design, penalty = self.design, self.ratio**-2
        spread = 1 / (self.roots[:, None] + RATIOS**-2)
        free = len(design.total) - 1
        left = np.maximum(self.square - self.turned**2 @ spread, LEAST_VARIANCE)
        # The variance itself is known by so few sheets: its mean under the posterior is above its mode.
        chance = left / (free - 2)
        log_det = self.log_det + np.log1p(self.roots[:, None] * RATIOS**2).sum(axis=0)
        effects = self.base @ (spread * self.turned[:, None])
        mean = self.centre - self.share @ effects / self.weight
        sums = np.bincount(design.work, design.total)[:, None] - design.given @ effects
        own = self.shrunk * (1 + penalty**2 * self.shrunk / self.weight)
        centred = self.base - self.base.mean(axis=0)
        return Points(
            log_weight=_prior(self.ratio) + _prior(RATIOS) - (free * np.log(left) + log_det) / 2,
            work_mean=self.shrunk[:, None] * (sums + penalty * mean) + effects.mean(axis=0),
            work_variance=chance * (own[:, None] + self.loads**2 @ spread),
            expert_mean=effects.mean(axis=0) - effects,
            expert_variance=chance * (centred**2 @ spread),
            variances=chance
            * np.stack([np.full_like(RATIOS, self.ratio**2), RATIOS**2, np.ones_like(RATIOS)]),
        )


def _prior(ratio: Any) -> Any:
    """Return the logarithm of the half-Cauchy density of a ratio, on the logarithmic grid."""
    return np.log(ratio) - np.log1p(ratio**2)


def _joined(points: Sequence[Points]) -> Points:
    """Return one posterior of all the columns; `log_weight` becomes the weight itself."""
    logs = np.concatenate([one.log_weight for one in points])
    raised = np.exp(logs - logs.max())
    names = ("work_mean", "work_variance", "expert_mean", "expert_variance", "variances")
    columns = [np.concatenate([getattr(one, name) for one in points], axis=1) for name in names]
    return Points(raised / raised.sum(), *columns)


def _mixed(weights: Vector, mean: Matrix, variance: Matrix) -> tuple[Vector, Vector]:
    """Return the mean and the standard error of a mixture."""
    middle = mean @ weights
    whole = (variance + (mean - middle[:, None]) ** 2) @ weights
    return np.round(middle, DIGITS) + 0.0, np.asarray(np.round(np.sqrt(whole), DIGITS), dtype=np.float64)


def _result(design: Design, found: Points, maximum: float) -> Additive:
    weights = found.log_weight
    fair, error = _mixed(weights, found.work_mean, found.work_variance)
    strict, doubt = _mixed(weights, found.expert_mean, found.expert_variance)
    sds = np.sqrt(found.variances @ weights)
    left = (design.total - fair[design.work] + strict[design.expert]) / sds[2]
    return Additive(
        works=_works(design, fair, error, _fit(left, design.work), maximum),
        experts=_experts(design, strict, doubt, _fit(left, design.expert)),
        work_sd=float(sds[0]),
        expert_sd=float(sds[1]),
        chance_sd=float(sds[2]),
        reliability=float(np.clip(1 - (error**2).mean() / (np.var(fair) + (error**2).mean()), 0, 1)),
    )


def _fit(left: Vector, index: NDArray[np.int64]) -> Vector:
    """Return the mean square of the residuals by element, in times of that of the whole round."""
    counts = np.bincount(index)
    return np.asarray(np.bincount(index, left**2) / counts / (left**2).mean(), dtype=np.float64)


def _works(design: Design, fair: Vector, se: Vector, fit: Vector, maximum: float) -> tuple[Work, ...]:
    counts = np.bincount(design.work)
    raw = np.round(np.bincount(design.work, design.total) / counts, DIGITS)
    before, after = places(raw.tolist()), places(fair.tolist())
    low, high = np.clip(fair - QUANTILE * se, 0, maximum), np.clip(fair + QUANTILE * se, 0, maximum)
    return tuple(
        Work(
            code,
            int(counts[row]),
            float(raw[row]),
            float(fair[row]),
            float(se[row]),
            float(low[row]),
            float(high[row]),
            float(fit[row]),
            before[row],
            after[row],
        )
        for row, code in enumerate(design.codes)
    )


def _experts(design: Design, strict: Vector, se: Vector, fit: Vector) -> tuple[Severity, ...]:
    counts = np.bincount(design.expert)
    return tuple(
        Severity(
            letter,
            int(counts[row]),
            float(strict[row]),
            float(se[row]),
            float(strict[row] - QUANTILE * se[row]),
            float(strict[row] + QUANTILE * se[row]),
            float(fit[row]),
        )
        for row, letter in enumerate(design.letters)
    )

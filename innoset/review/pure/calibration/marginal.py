"""The many-facet Rasch model by marginal maximum likelihood: measures of works that a ranking may lean on.

Works are drawn from a normal distribution and integrated out by quadrature (Bock & Aitkin 1981; for raters
Robitzsch & Steinfeld 2018), experts are shrunk by a normal prior whose deviation is found from the marks.
Works get the mean of their posterior (EAP), so a work of only lowest or highest marks is measured too.

Marks of one sheet hang together more than the model says (halo), so that errors by the model are too small.
The dispersion of sheets about the model is measured and the evidence of marks is divided by it; errors of
works carry those of their experts. All measures are in logits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.calibration.categories import Curves, Indices, Vector, chances, cumulated, curves

NODES: Final = 31
REACH: Final = 5.0
ROUNDS: Final = 3
LEAST_SD: Final = 0.05
START_SD: Final = 0.5
FAR: Final = 10.0
SPREADS: Final = (-3.0, 2.0)
"""The logarithm of the deviation of works lies between these."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks in long form: indices of works, experts, criteria; marks from 0 without gaps; steps by criterion.

    `family` (criteria): criteria of one family have a mean difficulty of nought.
    """

    work: Indices
    expert: Indices
    criterion: Indices
    mark: Indices
    steps: Indices
    family: Indices

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return how many works, experts, criteria there are."""
        return int(self.work.max()) + 1, int(self.expert.max()) + 1, len(self.steps)


@dataclass(frozen=True, slots=True)
class Marginal:
    """Measures and standard errors in logits; experts: more is stricter, criteria: more is harder."""

    work: Vector
    work_se: Vector
    expert: Vector
    expert_se: Vector
    criterion: Vector
    criterion_se: Vector
    thresholds: NDArray[np.float64]
    mean: float
    work_sd: float
    expert_sd: float
    dispersion: float


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parameters, taken apart."""

    mean: float
    spread: float
    expert: Vector
    criterion: Vector
    thresholds: NDArray[np.float64]


def marginal(marks: Marks, *, expert_sd: float | None = None) -> Marginal:
    """Measure works, experts and criteria.

    The deviation of experts is found from the marks unless it is given: infinity leaves them unshrunk, nought
    leaves them out, which is the plain Rasch model of persons and items.
    """
    fit = _Fit(marks, has_experts=expert_sd != 0)
    prior, point = START_SD if expert_sd is None else expert_sd, fit.start()
    for _ in range(ROUNDS if expert_sd is None else 0):
        point = fit.best(point, prior)
        prior = max(LEAST_SD, fit.expert_deviation(fit.parts(point), prior))
    return fit.measured(fit.parts(fit.best(point, prior or np.inf)), prior or LEAST_SD)


class _Fit:
    """The likelihood of one set of marks, with what does not change between steps counted beforehand."""

    def __init__(self, marks: Marks, *, has_experts: bool) -> None:
        from scipy import sparse  # reason: slow to load, and few need it

        self.marks, self.has_experts = marks, has_experts
        works, self.experts, self.criteria = marks.shape
        self.tops = np.zeros(int(marks.steps.max()) + 1, dtype=np.int64)
        np.maximum.at(self.tops, marks.steps[marks.criterion], marks.mark)
        self.widest = int(self.tops.max())
        self.is_step = np.arange(self.widest) < self.tops[:, None]
        met = marks.expert * self.criteria + marks.criterion
        self.pairs, where = np.unique(met, return_inverse=True)
        self.pair_expert, self.pair_criterion = self.pairs // self.criteria, self.pairs % self.criteria
        self.pair_steps = marks.steps[self.pair_criterion]
        levels = self.widest + 1
        ones, cells = np.ones(len(where)), marks.mark * len(self.pairs) + where
        self.cells = sparse.csr_matrix((ones, (marks.work, cells)), (works, len(self.pairs) * levels))
        self.visits = sparse.csr_matrix((ones, (marks.work, where)), (works, len(self.pairs)))
        self.nodes = np.linspace(-REACH, REACH, NODES)
        self.node_logs = -(self.nodes**2) / 2 - np.log(np.exp(-(self.nodes**2) / 2).sum())

    def start(self) -> Vector:
        ladder = np.arange(self.widest) - (self.tops[:, None] - 1) / 2
        return np.concatenate([[0.0, 0.0], np.zeros(self.experts + self.criteria), ladder[self.is_step]])

    def parts(self, point: Vector) -> _Parts:
        edge = 2 + self.experts
        expert = point[2:edge] - point[2:edge].mean() if self.has_experts else np.zeros(self.experts)
        thresholds = np.full(self.is_step.shape, np.inf)
        thresholds[self.is_step] = point[edge + self.criteria :]
        return _Parts(
            float(point[0]),
            float(np.exp(point[1])),
            expert,
            self._centred(point[edge : edge + self.criteria], self.marks.family),
            thresholds - self._means(thresholds),
        )

    def _centred(self, values: Vector, family: Indices) -> Vector:
        means = np.bincount(family, values) / np.maximum(np.bincount(family), 1)
        return np.asarray(values - means[family], dtype=np.float64)

    def _means(self, thresholds: NDArray[np.float64]) -> NDArray[np.float64]:
        finite = np.where(self.is_step, thresholds, 0.0)
        return np.asarray(finite.sum(axis=1, keepdims=True) / np.maximum(self.tops[:, None], 1))

    def best(self, point: Vector, prior: float) -> Vector:
        from scipy.optimize import minimize  # reason: slow to load, and few need it

        goal: Callable[[Vector], tuple[float, Vector]] = lambda at: self._loss(at, prior)  # noqa: E731  # reason: a closure of one line
        # Where all experts agree in everything nothing holds the spread of works back but this.
        bounds = [(-FAR, FAR), SPREADS, *[(-FAR, FAR)] * (len(point) - 2)]
        options = {"maxiter": 400, "ftol": 1e-9}
        found: Any = minimize(goal, point, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
        return np.asarray(found.x, dtype=np.float64)

    def shares(self, parts: _Parts) -> NDArray[np.float64]:
        """Return the probability of each category: pairs × nodes × categories."""
        logits = (parts.mean + parts.spread * self.nodes)[None, :] - (
            parts.expert[self.pair_expert] + parts.criterion[self.pair_criterion]
        )[:, None]
        sums = np.where(np.isfinite(cumulated(parts.thresholds)), cumulated(parts.thresholds), 1e3)
        return chances(logits, sums[self.pair_steps][:, None, :])

    def logs(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the logarithm of the likelihood of each work at each node."""
        flat = np.log(np.maximum(np.moveaxis(shares, -1, 0), 1e-300)).reshape(-1, NODES)
        return np.asarray(self.cells @ flat, dtype=np.float64)

    def _loss(self, point: Vector, prior: float) -> tuple[float, Vector]:
        parts = self.parts(point)
        shares = self.shares(parts)
        logs = self.logs(shares) + self.node_logs
        peak = logs.max(axis=1, keepdims=True)
        raised = np.exp(logs - peak)
        whole = raised.sum(axis=1, keepdims=True)
        likely = float((peak + np.log(whole)).sum()) - float(parts.expert @ parts.expert) / (2 * prior**2)
        return -likely, -self._slope(parts, shares, raised / whole, prior)

    def _slope(
        self, parts: _Parts, shares: NDArray[np.float64], posterior: NDArray[np.float64], prior: float
    ) -> Vector:
        levels = self.widest + 1
        seen = np.asarray(self.cells.T @ posterior).reshape(levels, len(self.pairs), NODES)
        excess = seen - np.asarray(self.visits.T @ posterior) * np.moveaxis(shares, -1, 0)
        pull = np.tensordot(np.arange(levels, dtype=np.float64), excess, axes=1)
        by_pair = pull.sum(axis=1)
        pulled = np.bincount(self.pair_expert, by_pair, minlength=self.experts).astype(np.float64)
        expert = -pulled - parts.expert / prior**2
        criterion = np.bincount(self.pair_criterion, -by_pair, minlength=self.criteria).astype(np.float64)
        beyond = np.cumsum(excess.sum(axis=2).T[:, :0:-1], axis=1)[:, ::-1]
        steps = np.zeros(self.is_step.shape)
        np.add.at(steps, self.pair_steps, -beyond)
        ends = [by_pair.sum(), parts.spread * float((pull * self.nodes).sum())]
        free = expert - expert.mean() if self.has_experts else np.zeros(self.experts)
        steps -= self._means(steps)
        return np.concatenate([ends, free, self._centred(criterion, self.marks.family), steps[self.is_step]])

    def expert_deviation(self, parts: _Parts, prior: float) -> float:
        """Return the next guess at the deviation of experts: of the measures and of what is not known of them."""
        held = np.zeros(self.experts)
        variance = self._variance(parts, np.full(len(self.marks.work), parts.mean))
        np.add.at(held, self.marks.expert, variance)
        doubt = 1 / (held + 1 / prior**2)
        return float(np.sqrt((parts.expert**2 + doubt).mean()))

    def _variance(self, parts: _Parts, work: Vector) -> Vector:
        return self._curves(parts, work).variance

    def _curves(self, parts: _Parts, work: Vector) -> Curves:
        marks = self.marks
        logits = work - parts.expert[marks.expert] - parts.criterion[marks.criterion]
        return curves(logits, cumulated(parts.thresholds)[marks.steps[marks.criterion]])

    def measured(self, parts: _Parts, prior: float) -> Marginal:
        logs, ability = self.logs(self.shares(parts)), parts.mean + parts.spread * self.nodes
        plain = _eap(logs + self.node_logs, ability)
        dispersion = self._dispersion(parts, plain) if self.has_experts else 1.0
        eap = _eap(logs / dispersion + self.node_logs, ability)
        errors = self._errors(parts, eap, prior, dispersion)
        works, experts = len(eap), self.experts
        return Marginal(
            work=eap,
            work_se=errors[:works],
            expert=parts.expert,
            expert_se=errors[works : works + experts],
            criterion=parts.criterion,
            criterion_se=errors[works + experts :],
            thresholds=parts.thresholds,
            mean=parts.mean,
            work_sd=parts.spread,
            expert_sd=prior,
            dispersion=dispersion,
        )

    def _dispersion(self, parts: _Parts, work: Vector) -> float:
        """Return how many times sheets scatter more about the model than independent marks would; at least 1."""
        marks = self.marks
        model = self._curves(parts, work[marks.work])
        sheets, which = np.unique(marks.work * self.experts + marks.expert, return_inverse=True)
        left = np.bincount(which, marks.mark - model.mean)
        spread = np.bincount(which, model.variance)
        free = len(sheets) - self._spent(marks.work, model.variance, parts.spread)
        return max(1.0, float((left**2 / spread).sum()) / max(free, 1.0))

    def _spent(self, work: Indices, variance: Vector, spread: float) -> float:
        """Return how many sheets' worth of freedom the measures of works and experts took."""
        held = np.bincount(work, variance)
        return float((held / (held + spread**-2)).sum()) + self.experts - 1

    def _errors(self, parts: _Parts, work: Vector, prior: float, dispersion: float) -> Vector:
        """Return standard errors of works, experts and criteria from the curvature of the joint posterior."""
        marks, works = self.marks, len(work)
        held = self._variance(parts, work[marks.work]) / dispersion
        size = works + self.experts + self.criteria
        columns = (marks.work, works + marks.expert, works + self.experts + marks.criterion)
        matrix = np.zeros(size * size)
        for one, sign in zip(columns, (1, -1, -1), strict=True):
            for other, its in zip(columns, (1, -1, -1), strict=True):
                matrix += np.bincount(one * size + other, sign * its * held, minlength=size * size)
        curvature = matrix.reshape(size, size)
        belief = [
            np.full(works, parts.spread**-2),
            np.full(self.experts, prior**-2),
            np.full(self.criteria, FAR**-2),
        ]
        curvature[np.diag_indices(size)] += np.concatenate(belief)
        for members in self._centrings(works, size):
            curvature += np.outer(members, members)
        return np.asarray(np.sqrt(np.diag(np.linalg.inv(curvature))), dtype=np.float64)

    def _centrings(self, works: int, size: int) -> list[Vector]:
        """Return the sums that are nought by definition, each with enough weight to hold."""
        found = []
        edge = works + self.experts
        for family in range(int(self.marks.family.max()) + 1):
            members = np.zeros(size)
            members[edge:] = self.marks.family == family
            found.append(1e3 * members)
        experts = np.zeros(size)
        experts[works:edge] = 1e3
        return [*found, experts]


def _eap(logs: NDArray[np.float64], ability: Vector) -> Vector:
    raised = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(raised @ ability / raised.sum(axis=1), dtype=np.float64)

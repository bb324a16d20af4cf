"""The round by the many-facet Rasch model: measures and fit of works, experts, criteria; fair totals in points.

The report (measure, error, infit, outfit, separation) is by joint maximum likelihood, as FACETS prints it; the
fair totals that may rank works are by marginal likelihood. Criteria whose marks never vary tell nothing and are
left out of the estimation; in the fair total they count as they were marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.calibration.additive import QUANTILE, TooLittle
from innoset.review.pure.calibration.categories import Indices, Vector, chances, cumulated
from innoset.review.pure.calibration.facets import Facet, Measures, Observations, facet_of, measure
from innoset.review.pure.calibration.marginal import Marginal, Marks, marginal

LEAST_WORKS: Final = 10
LEAST_EXPERTS: Final = 3


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its rubric, weight, the marks it may get (rising from 0), points of the round per own point."""

    key: str
    family: str
    weight: float
    values: tuple[int, ...]
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Rating:
    """One mark of a finished sheet. What does not apply is simply absent."""

    work: str
    expert: str
    criterion: str
    value: int


@dataclass(frozen=True, slots=True)
class Element:
    """A work, expert or criterion: measure and errors in logits, fit, and the shrunken measure for ranking."""

    name: str
    count: int
    measure: float
    se: float
    infit: float
    outfit: float
    infit_z: float
    outfit_z: float
    is_extreme: bool
    shrunken: float
    shrunken_se: float


@dataclass(frozen=True, slots=True)
class FairTotal:
    """What a work would get from an average expert, in points of the round, with a 95 % interval."""

    work: str
    fair: float
    se: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """All that the model says of a round; `thresholds` by group of criteria with common steps, in logits."""

    works: tuple[Element, ...]
    experts: tuple[Element, ...]
    criteria: tuple[Element, ...]
    work_facet: Facet
    expert_facet: Facet
    criterion_facet: Facet
    thresholds: tuple[tuple[float, ...], ...]
    fair: tuple[FairTotal, ...]
    dispersion: float
    left_out: tuple[str, ...]


def report(ratings: Sequence[Rating], criteria: Sequence[Criterion], *, steps: str = "rsm") -> Report:
    """Measure a round; `steps` is «rsm» (criteria of equal scales share thresholds) or «pcm» (each its own).

    Raise `TooLittle` for fewer than ten works or three experts, or when no criterion's marks vary.
    """
    coded = _Coded.of(ratings, criteria, is_shared=steps == "rsm")
    joint, shrunken = measure(coded.observations()), marginal(coded.marks)
    kinds = [joint_of.astype(bool) for joint_of in coded.facets()]
    parts = (
        (coded.works, shrunken.work, shrunken.work_se),
        (coded.experts, shrunken.expert, shrunken.expert_se),
        (coded.keys, shrunken.criterion, shrunken.criterion_se),
    )
    elements = [_elements(joint, kind, *part) for kind, part in zip(kinds, parts, strict=True)]
    facets = [facet_of(joint, kind) for kind in kinds]
    return Report(
        *elements,
        *facets,
        thresholds=tuple(tuple(float(one) for one in row if np.isfinite(one)) for row in joint.thresholds),
        fair=_fair_totals(coded, shrunken),
        dispersion=shrunken.dispersion,
        left_out=coded.left_out,
    )


def _elements(
    joint: Measures, kind: NDArray[np.bool_], names: Sequence[str], shrunken: Vector, errors: Vector
) -> tuple[Element, ...]:
    return tuple(
        Element(
            name,
            int(joint.count[place]),
            float(joint.measure[place]),
            float(joint.se[place]),
            float(joint.infit[place]),
            float(joint.outfit[place]),
            float(joint.infit_z[place]),
            float(joint.outfit_z[place]),
            bool(joint.is_extreme[place]),
            float(shrunken[row]),
            float(errors[row]),
        )
        for row, (name, place) in enumerate(zip(names, np.flatnonzero(kind), strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Coded:
    """The ratings as numbers: marks counted from 0 without gaps within their group of steps."""

    works: tuple[str, ...]
    experts: tuple[str, ...]
    keys: tuple[str, ...]
    left_out: tuple[str, ...]
    marks: Marks
    groups: tuple[tuple[int, ...], ...]  # by group of steps: the mark that each category stands for
    criteria: tuple[Criterion, ...]
    constants: dict[str, float]  # by rubric: points of the criteria that were left out
    family_of: dict[str, str]  # by work

    @classmethod
    def of(cls, ratings: Sequence[Rating], criteria: Sequence[Criterion], *, is_shared: bool) -> "_Coded":
        seen: dict[str, set[int]] = {one.key: set() for one in criteria}
        for rating in ratings:
            seen[rating.criterion].add(rating.value)
        kept = tuple(one for one in criteria if len(seen[one.key]) > 1)
        used = [one for one in ratings if len(seen[one.criterion]) > 1]
        works, experts = (tuple(sorted({getattr(one, name) for one in used})) for name in ("work", "expert"))
        if len(works) < LEAST_WORKS or len(experts) < LEAST_EXPERTS:
            raise TooLittle
        names = [str(one.values) if is_shared else one.key for one in kept]
        order = list(dict.fromkeys(names))
        values = [sorted(set().union(*(seen[one.key] for one, its in zip(kept, names, strict=True) if its == name))) for name in order]
        groups = tuple(tuple(found) for found in values)
        steps = np.array([order.index(name) for name in names], dtype=np.int64)
        by_key = {one.key: one for one in criteria}
        return cls(
            works=works,
            experts=experts,
            keys=tuple(one.key for one in kept),
            left_out=tuple(one.key for one in criteria if len(seen[one.key]) <= 1),
            marks=_marks(used, works, experts, kept, steps, groups),
            groups=groups,
            criteria=kept,
            constants=_constants(criteria, seen),
            family_of={one.work: by_key[one.criterion].family for one in used},
        )

    def facets(self) -> list[Indices]:
        """Return for each facet which of all elements are its own."""
        sizes = (len(self.works), len(self.experts), len(self.keys))
        whose = np.repeat(np.arange(3), sizes)
        return [(whose == facet).astype(np.int64) for facet in range(3)]

    def observations(self) -> Observations:
        """Return the ratings for joint estimation; each rubric's criteria have a mean of nought."""
        marks, edge = self.marks, len(self.works)
        whose = np.concatenate([np.zeros(edge), np.ones(len(self.experts)), 2 + marks.family]).astype(np.int64)
        return Observations(
            columns=np.stack([marks.work, edge + marks.expert, edge + len(self.experts) + marks.criterion], axis=1),
            signs=np.array([1.0, -1.0, -1.0]),
            facet=whose,
            centred=tuple(range(1, int(whose.max()) + 1)),
            marks=marks.mark,
            steps=marks.steps[marks.criterion],
            weights=np.ones(len(marks.mark)),
        )


def _marks(
    used: Sequence[Rating],
    works: Sequence[str],
    experts: Sequence[str],
    kept: Sequence[Criterion],
    steps: Indices,
    groups: Sequence[tuple[int, ...]],
) -> Marks:
    place = [{name: row for row, name in enumerate(names)} for names in (works, experts, [one.key for one in kept])]
    families = list(dict.fromkeys(one.family for one in kept))
    column = np.array([place[2][one.criterion] for one in used], dtype=np.int64)
    found = [groups[steps[at]].index(one.value) for one, at in zip(used, column, strict=True)]
    return Marks(
        work=np.array([place[0][one.work] for one in used], dtype=np.int64),
        expert=np.array([place[1][one.expert] for one in used], dtype=np.int64),
        criterion=column,
        mark=np.array(found, dtype=np.int64),
        steps=steps,
        family=np.array([families.index(one.family) for one in kept], dtype=np.int64),
    )


def _constants(criteria: Sequence[Criterion], seen: dict[str, set[int]]) -> dict[str, float]:
    found: dict[str, float] = {one.family: 0.0 for one in criteria}
    for one in criteria:
        if len(seen[one.key]) == 1:
            found[one.family] += one.scale * one.weight * next(iter(seen[one.key]))
    return found


def _fair_totals(coded: _Coded, shrunken: Marginal) -> tuple[FairTotal, ...]:
    families = np.array([coded.family_of[work] for work in coded.works])
    edges = (shrunken.work, shrunken.work - QUANTILE * shrunken.work_se, shrunken.work + QUANTILE * shrunken.work_se)
    fair, low, high = (_points(coded, shrunken, families, logits) for logits in edges)
    return tuple(
        FairTotal(work, *(round(float(one), 6) for one in (fair[row], (high[row] - low[row]) / (2 * QUANTILE), low[row], high[row])))
        for row, work in enumerate(coded.works)
    )


def _points(coded: _Coded, shrunken: Marginal, families: NDArray[np.str_], logits: Vector) -> Vector:
    """Return the total that an average expert is expected to give at these measures."""
    sums = cumulated(shrunken.thresholds)
    sums = np.where(np.isfinite(sums), sums, 1e3)
    total = np.array([coded.constants[family] for family in families])
    for column, criterion in enumerate(coded.criteria):
        group = int(coded.marks.steps[column])
        mine = families == criterion.family
        shares = chances(logits[mine] - shrunken.criterion[column], sums[group])
        values = np.zeros(sums.shape[1])
        values[: len(coded.groups[group])] = coded.groups[group]
        total[mine] += criterion.scale * criterion.weight * (shares @ values)
    return total

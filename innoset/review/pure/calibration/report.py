"""The round by the many-facet Rasch model: measures and fit of works, experts, criteria; fair totals in points.

The report (measure, error, infit, outfit, separation) is by joint maximum likelihood, as FACETS prints it; the
fair totals that may rank works are by marginal likelihood. Criteria whose marks never vary tell nothing and are
left out of the estimation; in the fair total they count as they were marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.calibration.additive import QUANTILE
from innoset.review.pure.calibration.categories import Indices, Vector, chances, cumulated
from innoset.review.pure.calibration.coding import Coded, Criterion, Rating
from innoset.review.pure.calibration.facets import Facet, Measures, facet_of, measure
from innoset.review.pure.calibration.marginal import Marginal, marginal


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
    coded = Coded.of(ratings, criteria, is_shared=steps == "rsm")
    joint, shrunken, kinds = measure(coded.observations()), marginal(coded.marks), coded.facets()
    parts = (
        (coded.works, shrunken.work, shrunken.work_se),
        (coded.experts, shrunken.expert, shrunken.expert_se),
        (coded.keys, shrunken.criterion, shrunken.criterion_se),
    )
    works, experts, items = (_elements(joint, kind, *part) for kind, part in zip(kinds, parts, strict=True))
    return Report(
        works=works,
        experts=experts,
        criteria=items,
        work_facet=facet_of(joint, kinds[0]),
        expert_facet=facet_of(joint, kinds[1]),
        criterion_facet=facet_of(joint, kinds[2]),
        thresholds=tuple(tuple(float(one) for one in row if np.isfinite(one)) for row in joint.thresholds),
        fair=_fair_totals(coded, shrunken),
        dispersion=shrunken.dispersion,
        left_out=coded.left_out,
    )


def _elements(
    joint: Measures, kind: Indices, names: Sequence[str], shrunken: Vector, errors: Vector
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
        for row, (name, place) in enumerate(zip(names, kind, strict=True))
    )


def _fair_totals(coded: Coded, shrunken: Marginal) -> tuple[FairTotal, ...]:
    families = np.array([coded.family_of[work] for work in coded.works])
    edges = (
        shrunken.work,
        shrunken.work - QUANTILE * shrunken.work_se,
        shrunken.work + QUANTILE * shrunken.work_se,
    )
    fair, low, high = (_points(coded, shrunken, families, logits) for logits in edges)
    return tuple(
        FairTotal(
            work,
            *(
                round(float(one), 6)
                for one in (fair[row], (high[row] - low[row]) / (2 * QUANTILE), low[row], high[row])
            ),
        )
        for row, work in enumerate(coded.works)
    )


def _points(coded: Coded, shrunken: Marginal, families: NDArray[np.str_], logits: Vector) -> Vector:
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

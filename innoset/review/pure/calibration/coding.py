"""The ratings of a round as numbers, ready for the models: marks counted from 0 without gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from innoset.review.pure.calibration.additive import TooLittle
from innoset.review.pure.calibration.categories import Indices
from innoset.review.pure.calibration.facets import Observations
from innoset.review.pure.calibration.marginal import Marks

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
class Coded:
    """The ratings as numbers. Criteria whose marks never vary are left out.

    `groups` tells, by group of criteria with common steps, which mark each category stands for; `constants` the
    points, by rubric, of the criteria that were left out; `family_of` the rubric of each work.
    """

    works: tuple[str, ...]
    experts: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    left_out: tuple[str, ...]
    marks: Marks
    groups: tuple[tuple[int, ...], ...]
    constants: dict[str, float]
    family_of: dict[str, str]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the names of the criteria."""
        return tuple(one.key for one in self.criteria)

    @classmethod
    def of(cls, ratings: Sequence[Rating], criteria: Sequence[Criterion], *, is_shared: bool) -> "Coded":
        """Code the ratings; criteria of equal scales share their steps if `is_shared`.

        Raise `TooLittle` for fewer than ten works or three experts with marks that vary.
        """
        seen: dict[str, set[int]] = {one.key: set() for one in criteria}
        for rating in ratings:
            seen[rating.criterion].add(rating.value)
        kept = tuple(one for one in criteria if len(seen[one.key]) > 1)
        used = [one for one in ratings if len(seen[one.criterion]) > 1]
        works, experts = ({getattr(one, name) for one in used} for name in ("work", "expert"))
        if len(works) < LEAST_WORKS or len(experts) < LEAST_EXPERTS:
            raise TooLittle
        steps, groups = _grouped(kept, seen, is_shared=is_shared)
        family = {one.key: one.family for one in kept}
        return cls(
            works=tuple(sorted(works)),
            experts=tuple(sorted(experts)),
            criteria=kept,
            left_out=tuple(one.key for one in criteria if len(seen[one.key]) <= 1),
            marks=_marks(used, kept, steps, groups),
            groups=groups,
            constants=_constants(criteria, seen),
            family_of={one.work: family[one.criterion] for one in used},
        )

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Return how many works, experts, criteria there are."""
        return len(self.works), len(self.experts), len(self.criteria)

    def facets(self) -> list[Indices]:
        """Return the numbers of the elements of each facet."""
        edges = np.cumsum((0, *self.sizes))
        return [np.arange(edges[one], edges[one + 1]) for one in range(3)]

    def observations(self) -> Observations:
        """Return the ratings for joint estimation; each rubric's criteria have a mean of nought."""
        marks, (works, experts, _) = self.marks, self.sizes
        whose = np.concatenate([np.zeros(works), np.ones(experts), 2 + marks.family]).astype(np.int64)
        columns = (marks.work, works + marks.expert, works + experts + marks.criterion)
        return Observations(
            columns=np.stack(columns, axis=1),
            signs=np.array([1.0, -1.0, -1.0]),
            facet=whose,
            centred=tuple(range(1, int(whose.max()) + 1)),
            marks=marks.mark,
            steps=marks.steps[marks.criterion],
            weights=np.ones(len(marks.mark)),
        )


def _grouped(
    kept: Sequence[Criterion], seen: dict[str, set[int]], *, is_shared: bool
) -> tuple[Indices, tuple[tuple[int, ...], ...]]:
    """Return the group of each criterion, and the marks that were ever put in each group."""
    names = [str(one.values) if is_shared else one.key for one in kept]
    order = list(dict.fromkeys(names))
    values: list[set[int]] = [set() for _ in order]
    for one, name in zip(kept, names, strict=True):
        values[order.index(name)] |= seen[one.key]
    steps = np.array([order.index(name) for name in names], dtype=np.int64)
    return steps, tuple(tuple(sorted(found)) for found in values)


def _marks(
    used: Sequence[Rating], kept: Sequence[Criterion], steps: Indices, groups: Sequence[tuple[int, ...]]
) -> Marks:
    families = list(dict.fromkeys(one.family for one in kept))
    place = {one.key: row for row, one in enumerate(kept)}
    column = np.array([place[one.criterion] for one in used], dtype=np.int64)
    found = [groups[steps[at]].index(one.value) for one, at in zip(used, column, strict=True)]
    return Marks(
        work=np.unique([one.work for one in used], return_inverse=True)[1].astype(np.int64),
        expert=np.unique([one.expert for one in used], return_inverse=True)[1].astype(np.int64),
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

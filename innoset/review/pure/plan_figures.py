"""What a set of pairs comes to in a few numbers: a plan beside what is assigned now and beside last year."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from innoset.review.pure.assignment import Cell, Problem


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a set of pairs is; affinity is per wanted expert, from 0 to 1, None when there is nothing."""

    pairs: int
    worst: float | None
    worst_code: str
    mean: float | None
    least_minutes: int
    most_minutes: int
    conflicts: int
    # The share of pairs whose expert comes from another municipality than the work.
    elsewhere: float | None

    def as_json(self) -> dict[str, Any]:
        """Return what is kept with the plan."""
        return asdict(self)


def figures_of(problem: Problem, pairs: Collection[Cell], barred: Mapping[Cell, str]) -> Figures:
    """Count the pairs of the problem's works."""
    served = _served(problem, pairs)
    worst = min(served, key=lambda key: (served[key], key), default=None)
    loads = _loads(problem, pairs)
    return Figures(
        pairs=len(pairs),
        worst=None if worst is None else served[worst],
        worst_code="" if worst is None else {work.key: work.code for work in problem.works}[worst],
        mean=round(sum(served.values()) / len(served), 4) if served else None,
        least_minutes=min(loads, default=0),
        most_minutes=max(loads, default=0),
        conflicts=sum(pair in barred for pair in pairs),
        elsewhere=_elsewhere(problem, pairs),
    )


def _served(problem: Problem, pairs: Collection[Cell]) -> dict[int, float]:
    sums: defaultdict[int, float] = defaultdict(float)
    given: Counter[int] = Counter()
    for expert, work in pairs:
        sums[work] += problem.affinity.get((expert, work), 0.0)
        given[work] += 1
    due = {work.key: max(work.wanted, given[work.key]) for work in problem.works}
    return {key: round(sums[key] / wanted, 4) for key, wanted in due.items() if wanted}


def _loads(problem: Problem, pairs: Collection[Cell]) -> list[int]:
    minutes = {work.key: work.minutes for work in problem.works}
    loads = {expert.key: 0 for expert in problem.experts}
    for expert, work in pairs:
        loads[expert] = loads.get(expert, 0) + minutes.get(work, 0)
    return list(loads.values())


def _elsewhere(problem: Problem, pairs: Collection[Cell]) -> float | None:
    homes = {expert.key: expert.group for expert in problem.experts}
    places = {work.key: work.group for work in problem.works}
    known = [(homes[expert], places.get(work, "")) for expert, work in pairs if homes.get(expert)]
    return round(sum(home != place for home, place in known) / len(known), 4) if known else None


def changes(before: Collection[Cell], after: Collection[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Return the pairs that come and the pairs that go, in order."""
    return sorted(set(after) - set(before)), sorted(set(before) - set(after))

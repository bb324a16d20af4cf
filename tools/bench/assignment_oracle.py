"""Judges a plan without a line of the planner: rules by counting, the best by looking at every plan there is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment import Expert, Plan, Problem, Work

MILLION: Final = 1_000_000
Cells = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which rules a plan breaks, whether a better one exists, whether no full one exists."""

    violations: tuple[str, ...]
    is_worse: bool = False
    is_impossible: bool = False


def verdict(problem: Problem, made: Plan, *, is_exact: bool = False) -> Verdict:
    """Judge the plan; `is_exact` also looks at all others, which only small problems allow."""
    cells = frozenset((pair.expert, pair.work) for pair in made.pairs)
    broken = tuple(_broken(problem, made, cells))
    if not is_exact:
        return Verdict(broken)
    best = best_worth(problem)
    if best is None:
        # Nothing full exists: then the plan has to say so.
        return Verdict(broken, made.is_whole, is_impossible=True)
    return Verdict(broken, not made.is_whole or _worth(problem, cells) != best)


def _broken(problem: Problem, made: Plan, cells: Cells) -> Iterator[str]:
    if len(cells) != len(made.pairs):
        yield "пара названа дважды"
    if not problem.locked <= cells:
        yield "закреплённая пара потеряна"
    barred = {(one.expert, one.work) for one in problem.conflicts} - problem.locked
    if cells & barred:
        yield "назначено при конфликте"
    if any(not _expert_is_within(problem, one, cells, is_least=made.is_whole) for one in problem.experts):
        yield "нагрузка вне пределов"
    if any(not _work_is_within(problem, one, cells, is_whole=made.is_whole) for one in problem.works):
        yield "у работы не столько экспертов или не оттуда"


def _expert_is_within(problem: Problem, expert: Expert, cells: Cells, *, is_least: bool) -> bool:
    minutes = {work.key: work.minutes for work in problem.works}
    own = [work for key, work in cells if key == expert.key]
    locked = [work for key, work in problem.locked if key == expert.key]
    spent, given = sum(minutes[work] for work in own), sum(minutes[work] for work in locked)
    fits = expert.most is None or len(own) <= max(expert.most, len(locked))
    fits &= expert.most_minutes is None or spent <= max(expert.most_minutes, given)
    return fits and not (is_least and (len(own) < expert.least or spent < expert.least_minutes))


def _work_is_within(problem: Problem, work: Work, cells: Cells, *, is_whole: bool) -> bool:
    group = {expert.key: expert.group for expert in problem.experts}
    own = [expert for expert, key in cells if key == work.key]
    locked = [expert for expert, key in problem.locked if key == work.key]
    wanted = max(work.wanted, len(locked))
    if len(own) > wanted or (is_whole and len(own) != wanted):
        return False
    before = Counter(group[expert] for expert in locked)
    return all(
        count <= max(_limit(problem, work, home), before[home])
        for home, count in Counter(group[expert] for expert in own).items()
    )


def _limit(problem: Problem, work: Work, home: str) -> float:
    limit = float("inf") if problem.group_most is None or not home else float(problem.group_most)
    if not home or home != work.group:
        return limit
    if problem.own_most is not None:
        limit = min(limit, problem.own_most)
    return min(limit, work.wanted - problem.least_elsewhere) if problem.least_elsewhere else limit


def _worth(problem: Problem, cells: Cells) -> tuple[int, int, int, int]:
    """Worst, total, evenness, kept: the goals in whole numbers."""
    scores = {work.key: 0 for work in problem.works}
    for expert, work in cells:
        scores[work] += round(problem.affinity.get((expert, work), 0.0) * MILLION)
    loads = Counter(expert for expert, _ in cells)
    return (
        min(scores.values()),
        sum(scores.values()),
        -sum(load * load for load in loads.values()),
        len(cells & problem.preferred),
    )


def best_worth(problem: Problem) -> tuple[int, int, int, int] | None:
    """Return the best that any full plan reaches, by looking at every one; nothing when there is none."""
    choices = [list(_choices(problem, work)) for work in problem.works]
    if not all(choices):
        return None
    place = {expert.key: at for at, expert in enumerate(problem.experts)}
    tables = [_table(problem, work, own, place) for work, own in zip(problem.works, choices, strict=True)]
    index = np.array(list(product(*(range(len(own)) for own in choices))))
    loads, minutes, kept, scores = (
        [table[part][index[:, at]] for at, table in enumerate(tables)] for part in range(4)
    )
    load, spent, score = sum(loads), sum(minutes), np.stack(scores)
    fits = _fits(problem, load, spent)
    if not fits.any():
        return None
    goals = np.stack([score.min(0), score.sum(0), -(load**2).sum(1), np.stack(kept).sum(0)])[:, fits]
    best = goals[:, np.lexsort(goals[::-1])[-1]]
    return int(best[0]), int(best[1]), int(best[2]), int(best[3])


def _choices(problem: Problem, work: Work) -> Iterator[tuple[int, ...]]:
    """Yield every set of experts the work could have."""
    own = {expert for expert, key in problem.locked if key == work.key}
    able = [one.key for one in problem.experts if one.key not in problem.barred[work.key] or one.key in own]
    for some in combinations(able, max(work.wanted, len(own))):
        cells = frozenset((expert, work.key) for expert in some)
        if own <= set(some) and _work_is_within(problem, work, cells, is_whole=True):
            yield some


def _table(problem: Problem, work: Work, choices: list[tuple[int, ...]], place: dict[int, int]) -> Any:
    load = np.zeros((len(choices), len(place)), np.int64)
    for at, some in enumerate(choices):
        load[at, [place[expert] for expert in some]] = 1
    kept = np.array([sum((expert, work.key) in problem.preferred for expert in some) for some in choices])
    worth = [
        sum(round(problem.affinity.get((expert, work.key), 0.0) * MILLION) for expert in some)
        for some in choices
    ]
    return load, load * work.minutes, kept, np.array(worth)


def _fits(problem: Problem, load: Any, spent: Any) -> Any:
    minutes = {work.key: work.minutes for work in problem.works}
    fits = np.ones(len(load), bool)
    for at, one in enumerate(problem.experts):
        locked = [work for key, work in problem.locked if key == one.key]
        most = np.inf if one.most is None else max(one.most, len(locked))
        longest = (
            np.inf if one.most_minutes is None else max(one.most_minutes, sum(minutes[key] for key in locked))
        )
        fits &= (load[:, at] >= one.least) & (load[:, at] <= most)
        fits &= (spent[:, at] >= one.least_minutes) & (spent[:, at] <= longest)
    return fits

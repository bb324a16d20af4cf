"""The plan of assignment on public instances, on contests of our size, against an oracle, after refusals."""

import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment import Conflict, Expert, Plan, Problem, Work, plan
from tools.bench.assignment_instances import PUBLIC, Instance, contest, small
from tools.bench.assignment_oracle import Verdict, verdict

MOST_RATIO: Final = 120.0
LEAST_KEPT: Final = 0.95
_NEAR: Final = 1e-4
_REFUSALS: Final = 5


@dataclass(frozen=True, slots=True)
class Row:
    """What a plan reached on an instance, with the time against the plain optimum of SciPy."""

    title: str
    worst: float
    total: float
    optimum: float
    ratio: float
    mebibytes: float
    trouble: str
    certificate: tuple[str, ...]

    @property
    def line(self) -> str:
        """Return the row of the table."""
        figures = f"{self.worst:>9.4f} {self.total:>11.4f} {self.optimum:>11.4f} {self.ratio:>8.1f} {self.mebibytes:>7.0f}"
        return f"{self.title:<22}{figures}  {self.trouble or 'в порядке'}"


def plain_optimum(problem: Problem) -> tuple[float, float]:
    """Return the highest total by SciPy's plain `linprog`, and how long it took."""
    from scipy import optimize  # reason: slow to load

    from innoset.review.pure.assignment.grid import SCALE, grid_of  # noqa: PLC0415  # reason: the columns only
    from innoset.review.pure.assignment.rules import rules_of  # noqa: PLC0415  # reason: likewise

    grid = grid_of(problem)
    rules = rules_of(grid)
    same = rules.least == rules.most
    below, above = np.isfinite(rules.most) & ~same, (rules.least > 0) & ~same
    from scipy import sparse  # reason: likewise

    given = {
        "A_ub": sparse.vstack([rules.matrix[below], -rules.matrix[above]], format="csr"),
        "b_ub": np.r_[rules.most[below], -rules.least[above]],
        "A_eq": rules.matrix[same],
        "b_eq": rules.most[same],
        "bounds": np.c_[rules.low, rules.high],
    }
    began = time.process_time()
    found = optimize.linprog(-grid.worth / SCALE, method="highs", **given)
    return -float(found.fun), time.process_time() - began


def measured(instance: Instance) -> Row:
    """Plan one instance and judge the plan."""
    optimum, base = plain_optimum(instance.problem)
    began = time.process_time()
    made = plan(instance.problem)
    ratio = (time.process_time() - began) / max(base, 1e-3)
    scores = {work.key: 0.0 for work in instance.problem.works}
    for pair in made.pairs:
        scores[pair.work] += instance.problem.affinity.get((pair.expert, pair.work), 0.0)
    worst, total = min(scores.values()), sum(scores.values())
    return Row(
        instance.title,
        worst,
        total,
        optimum,
        ratio,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "; ".join(_troubles(instance, made, worst, total, ratio)),
        tuple(goal.words for goal in made.certificate.goals),
    )


def _troubles(instance: Instance, made: Plan, worst: float, total: float, ratio: float) -> Iterator[str]:
    if found := verdict(instance.problem, made).violations:
        yield f"нарушено: {', '.join(found)}"
    if worst < instance.worst - _NEAR:
        yield f"хуже всех подобранная работа ниже {instance.worst}"
    if total < instance.total - _NEAR:
        yield f"общее соответствие ниже {instance.total}"
    goal = made.certificate.goal("worst")
    if goal is not None and not goal.is_proven:
        yield "наименьшее не доказано"
    if ratio > MOST_RATIO:
        yield f"дольше {MOST_RATIO:.0f} раз"


def against_oracle(count: int, *, seed: int = 0, planner: Callable[[Problem], Plan] = plan) -> Counter[str]:
    """Plan random small problems and compare each with the best of all plans there are."""
    tally: Counter[str] = Counter()
    for number in range(count):
        problem = small(Random(f"{seed}-{number}"))  # noqa: S311 - the same problems for the same seed
        found: Verdict = verdict(problem, planner(problem), is_exact=True)
        tally["всего"] += 1
        tally["нарушений"] += bool(found.violations)
        tally["хуже возможного"] += found.is_worse
        tally["без полного плана"] += found.is_impossible
    return tally


def greedy(problem: Problem) -> Plan:
    """Give every work the likeliest experts that are still free: what the exact plan is better than."""
    from innoset.review.pure.assignment import Load, Pair  # noqa: PLC0415  # reason: the control only

    loads: Counter[int] = Counter()
    pairs = []
    for work in problem.works:
        able = [one for one in problem.experts if one.key not in problem.barred[work.key]]
        able.sort(key=lambda one, key=work.key: -problem.affinity.get((one.key, key), 0.0))  # type: ignore[misc]  # the default binds it
        free = [one for one in able if one.most is None or loads[one.key] < one.most][: work.wanted]
        loads.update(one.key for one in free)
        pairs += [Pair(one.key, work.key, "") for one in free]
    counts = tuple(Load(one.key, loads[one.key], one.most) for one in problem.experts)
    return Plan(tuple(pairs), counts, ())


def kept_after_refusals(problem: Problem, made: Plan, *, is_whole: bool) -> tuple[float, Plan]:
    """Take five pairs back, or five experts with all they have; return the share of the rest that stays."""
    lots = Random(problem.seed)  # noqa: S311 - the same refusals for the same seed
    cells = [(pair.expert, pair.work) for pair in made.pairs]
    gone = set(lots.sample([one.key for one in problem.experts], _REFUSALS)) if is_whole else set()
    lost = {cell for cell in cells if cell[0] in gone} if is_whole else set(lots.sample(cells, _REFUSALS))
    again = replace(
        problem,
        experts=tuple(one for one in problem.experts if one.key not in gone),
        conflicts=(*problem.conflicts, *(Conflict(*cell, "Отведён") for cell in lost)),
        preferred=frozenset(cells) - lost,
        is_repair=True,
    )
    mended = plan(again)
    stays = {(pair.expert, pair.work) for pair in mended.pairs}
    return len(again.preferred & stays) / len(again.preferred), mended


def main(count: int = 1000) -> int:
    """Measure everything and tell; the status is 1 when a figure falls short."""
    title = f"{'Задача':<22}{'худшая':>9} {'сумма':>11} {'без худшей':>11} {'× linprog':>8} {'МБ':>7}"
    print(title)
    is_good = True
    for instance in [*(one for load in PUBLIC for one in load()), contest(300, 100), contest(1000, 300)]:
        row = measured(instance)
        is_good &= not row.trouble
        print(row.line, *(f"    {words}" for words in row.certificate), sep="\n", flush=True)
    return 0 if _checks(count) and is_good else 1


def _checks(count: int) -> bool:
    tally, control = against_oracle(count), against_oracle(min(count, 60), planner=greedy)
    print(f"Против полного перебора: {_words(tally)}. Жадный способ на тех же задачах: {_words(control)}.")
    problem = contest(300, 100).problem
    made = plan(problem)
    shares = [kept_after_refusals(problem, made, is_whole=is_whole) for is_whole in (False, True)]
    pairs, people = (share for share, _ in shares)
    print(f"После 5 отказов осталось пар: {pairs:.1%}; после ухода 5 экспертов: {people:.1%}.")
    whole = all(not mended.shortages for _, mended in shares)
    is_fooled = control["хуже возможного"] + control["нарушений"] > 0
    is_exact = not tally["нарушений"] and not tally["хуже возможного"]
    return is_exact and is_fooled and whole and pairs >= LEAST_KEPT


def _words(tally: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in tally.items())


__all__ = ["Any", "Expert", "Work", "against_oracle", "greedy", "kept_after_refusals", "main", "measured"]

"""What comes after the total: even loads, and as little change as possible. Nothing reached before is given up."""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment.grid import Flags, Grid, Ints
from innoset.review.pure.assignment.plans import EVEN, KEPT, Goal
from innoset.review.pure.assignment.programme import Aim, Answer, Programme, best
from innoset.review.pure.assignment.rules import bounds_of, by_expert, held_at

_ENDLESS: Final = np.inf
_HASTE: Final = 10
"""What comes last gets so many times less patience."""


def settled(programme: Programme, answer: Answer, gain: Ints, *, scale: float = 1.0) -> Programme:
    """Return the programme in which the gain of the answer may not be given up."""
    if not gain.any():
        return programme
    found = programme.plus((gain / scale)[None, :], answer.value / scale, _ENDLESS)
    return found if answer.loose is None or answer.x is None else held_at(found, answer.x, answer.loose)


def evened(
    grid: Grid, programme: Programme, chosen: Flags, *, is_last: bool
) -> tuple[Flags, Programme, Goal]:
    """Make the sum of the squared loads the least possible: no two experts can be made more alike."""
    loads = grid.loads(chosen)
    reached = int(loads @ loads)
    forced = grid.loads(programme.low[: grid.size] == 1)
    possible = grid.loads(programme.high[: grid.size] == 1)
    floor = _evenest(grid, forced, possible, int(loads.sum()))
    if reached == floor and is_last:
        return chosen, programme, Goal(EVEN, reached, floor)
    most = np.minimum(possible, _greatest(loads))
    steps = most - forced
    expert = np.repeat(np.arange(len(loads)), steps)
    level = np.arange(len(expert)) - np.repeat(np.cumsum(steps) - steps, steps) + forced[expert] + 1
    wide = _with_levels(grid, programme, expert, forced)
    gain = np.zeros(len(wide.low), np.int64)
    gain[len(programme.low) :] = 1 - 2 * level
    found = best(wide, Aim(gain, grid.problem.patience // _HASTE, is_optional=True))
    base = int(forced @ forced)
    if (
        found.x is None or base - found.value > reached
    ):  # pragma: no cover  # reason: only a search cut short comes here
        return chosen, programme, Goal(EVEN, reached, max(floor, base - found.bound))
    better = found.x[: grid.size] > 0.5  # noqa: PLR2004  # reason: nought or one
    goal = Goal(EVEN, base - found.value, max(floor, base - found.bound))
    return better, settled(wide, found, gain), goal


def _evenest(grid: Grid, forced: Ints, possible: Ints, total: int) -> int:
    """Return the sum of squares that no spread of so many works goes below, whoever suits whom."""
    bounds = bounds_of(grid)
    least = np.maximum(forced, bounds.least).astype(np.int64)
    most = np.minimum(possible, bounds.most).astype(np.int64)
    # Every further work goes to whom it burdens least.
    steps = np.concatenate([np.arange(low, high) for low, high in zip(least, most, strict=True)] or [least])
    more = np.sort(2 * steps + 1)[: max(0, total - int(least.sum()))]
    return int(least @ least + more.sum())


def _by_expert(grid: Grid, programme: Programme) -> Any:
    taken = by_expert(grid, np.ones(grid.size))
    taken.resize(len(grid.experts), len(programme.low))
    return taken


def _with_levels(grid: Grid, programme: Programme, expert: Ints, forced: Ints) -> Programme:
    """Add a column a step of each load, so that the first steps of everybody are the cheapest."""
    from scipy import sparse  # reason: slow to load, and few need it

    count = len(expert)
    empty = sparse.csr_matrix((programme.matrix.shape[0], count))
    wide = programme.wider(empty, np.zeros(count), np.ones(count))
    taken = _by_expert(grid, programme)
    steps = sparse.csr_matrix((-np.ones(count), (expert, np.arange(count))), (len(grid.experts), count))
    return wide.plus(sparse.hstack([taken, steps], format="csr"), forced, forced)


def _greatest(loads: Ints) -> int:
    """Return the load above which nobody can go while the whole is as even as it is now."""
    total, others = int(loads.sum()), max(1, len(loads) - 1)
    one = np.arange(total + 1)
    rest = (total - one) ** 2 / others if len(loads) > 1 else np.zeros(total + 1)
    return int(one[one**2 + rest <= int(loads @ loads)].max(initial=0))


def kept(grid: Grid, programme: Programme) -> tuple[Flags | None, Programme, Goal]:
    """Keep as many of the preferred pairs as possible."""
    gain: Ints = np.zeros(len(programme.low), np.int64)
    gain[: grid.size] = grid.preferred
    # Mostly all of them can stay, and that is told at once.
    pinned = replace(programme, low=np.maximum(programme.low, gain))
    if (pinned.low <= pinned.high).all():
        found = best(pinned, Aim(gain, grid.problem.patience // _HASTE, is_optional=True))
        if found.x is not None:
            return _chosen(grid, found), pinned, Goal(KEPT, found.value, found.value)
    found = best(programme, Aim(gain, grid.problem.patience // _HASTE, is_optional=True))
    if found.x is None:
        return None, programme, Goal(KEPT, 0, int(gain.sum()))
    goal = Goal(KEPT, found.value, found.bound)
    return _chosen(grid, found), settled(programme, found, gain), goal


def _chosen(grid: Grid, answer: Any) -> Flags:
    flags: Flags = answer.x[: grid.size] > 0.5  # noqa: PLR2004  # reason: nought or one
    return flags

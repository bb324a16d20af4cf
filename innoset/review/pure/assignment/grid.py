"""The problem in numbers: one column a possible pair, affinities in whole millionths."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.assignment.problem import Cell, Expert, Problem, Work

SCALE: Final = 1_000_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """Columns of possible pairs; works and experts are numbered in an order drawn by the seed."""

    problem: Problem
    works: tuple[Work, ...]
    experts: tuple[Expert, ...]
    work: Ints
    expert: Ints
    worth: Ints
    locked: Flags
    preferred: Flags

    @property
    def size(self) -> int:
        """Return how many pairs are possible."""
        return len(self.work)

    @cached_property
    def wanted(self) -> Ints:
        """Return how many experts each work gets; what is locked counts even above the wish."""
        own = np.bincount(self.work[self.locked], minlength=len(self.works))
        return np.maximum(_ints(one.wanted for one in self.works), own)

    @cached_property
    def minutes(self) -> Ints:
        """Return how long the work of each column takes."""
        return _ints(one.minutes for one in self.works)[self.work]

    @cached_property
    def unit(self) -> int:
        """Return the step in which affinities lie; sums of them lie on it too."""
        return int(np.gcd.reduce(self.worth)) or 1 if self.size else 1

    @cached_property
    def blocks(self) -> list[Ints]:
        """Return the columns of each work."""
        order = np.argsort(self.work, kind="stable")
        ends = np.cumsum(np.bincount(self.work, minlength=len(self.works)))
        return np.split(order, ends[:-1]) if len(self.works) else []

    @cached_property
    def homes(self) -> list[tuple[Ints, int, int, str]]:
        """Return the columns that a rule of groups binds: columns, limit, work, group.

        What is locked stays, even above the limit.
        """
        return list(_homes(self))

    def scores(self, chosen: Flags) -> Ints:
        """Return the affinity each work gets."""
        found: Ints = np.zeros(len(self.works), np.int64)
        np.add.at(found, self.work[chosen], self.worth[chosen])
        return found

    def loads(self, chosen: Flags) -> Ints:
        """Return how many works each expert gets."""
        return np.bincount(self.expert[chosen], minlength=len(self.experts))


def grid_of(problem: Problem) -> Grid:
    """Number the works, the experts and the pairs that no conflict bars."""
    lots = random.Random(problem.seed)  # noqa: S311  # reason: a draw of lots that can be repeated, not a secret
    works = sorted(problem.works, key=lambda one: (one.code, one.key))
    experts = sorted(problem.experts, key=lambda one: one.key)
    lots.shuffle(experts)
    lots.shuffle(works)
    place = _Places(
        {one.key: at for at, one in enumerate(works)}, {one.key: at for at, one in enumerate(experts)}
    )
    is_open = np.ones((len(works), len(experts)), bool)
    is_open[place.table((one.expert, one.work) for one in problem.conflicts)] = False
    locked = np.zeros_like(is_open)
    locked[place.table(problem.locked)] = True
    preferred = np.zeros_like(is_open)
    preferred[place.table(problem.preferred)] = True
    worth = np.zeros(is_open.shape, np.int64)
    worth[place.table(problem.affinity)] = np.rint(
        [value * SCALE for cell, value in problem.affinity.items() if place.knows(cell)]
    )
    work, expert = np.nonzero(is_open | locked)
    return Grid(
        problem=problem,
        works=tuple(works),
        experts=tuple(experts),
        work=work,
        expert=expert,
        worth=worth[work, expert],
        locked=locked[work, expert],
        preferred=preferred[work, expert],
    )


@dataclass(frozen=True, slots=True)
class _Places:
    work: dict[int, int]
    expert: dict[int, int]

    def knows(self, cell: Cell) -> bool:
        return cell[0] in self.expert and cell[1] in self.work

    def table(self, cells: Any) -> tuple[Ints, Ints]:
        """Return rows and columns of the cells that are still there: experts and works may have left."""
        known = [cell for cell in cells if self.knows(cell)]
        return _ints(self.work[work] for _, work in known), _ints(self.expert[expert] for expert, _ in known)


def _ints(values: Any) -> Ints:
    return np.fromiter(values, np.int64)


def _homes(grid: Grid) -> Iterator[tuple[Ints, int, int, str]]:
    names = sorted({one.group for one in grid.experts})
    group = _ints(names.index(one.group) for one in grid.experts)[grid.expert] if names else grid.expert
    for at, block in enumerate(grid.blocks):
        mine = group[block]
        for home in np.unique(mine):
            columns = block[mine == home]
            limit = grid.problem.group_limit(grid.works[at], names[home])
            if limit is not None and len(columns) > limit:
                yield columns, max(limit, int(grid.locked[columns].sum())), at, names[home]

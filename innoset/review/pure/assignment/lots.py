"""Assignment by lot: no pair is certain, every load and every work gets exactly what the rules say.

First the probabilities: the highest expected total with no pair above the limit. Then the draw: split pairs
are shifted along cycles until none is split, each shift fair, so every pair comes with its own probability
and no sum over an expert, a group or a work ever leaves its whole neighbours.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from innoset.review.pure.assignment.grid import SCALE, Flags, Floats, Grid
from innoset.review.pure.assignment.plans import EXPECTED, Goal
from innoset.review.pure.assignment.programme import MILLI, Programme, relax
from innoset.review.pure.assignment.rules import rules_of

_WHOLE: Final = 1e-9
_DRAWS: Final = 60
_EDGE: Final = 1e-7


@dataclass(frozen=True)
class Draw:
    """The pairs drawn, and how probable each possible pair was."""

    chosen: Flags
    odds: Floats
    goal: Goal


def odds_of(grid: Grid, greatest: float) -> tuple[Floats, Goal] | None:
    """Return the probability of each pair that makes the expected total the highest."""
    rules = rules_of(grid)
    high = np.where(grid.locked, 1.0, min(1.0, greatest))
    split = relax(Programme(rules.matrix, rules.least, rules.most, rules.low, high), grid.worth / MILLI)
    if split is None:
        return None
    odds = np.clip(split.x, rules.low, high)
    odds[odds < _EDGE] = 0.0
    odds[odds > 1 - _EDGE] = 1.0
    value = split.value * MILLI / SCALE
    return odds, Goal(EXPECTED, value, value)


def drawn(grid: Grid, greatest: float, seed: int) -> Draw | None:
    """Draw the pairs; nothing when the limit is too low, or no draw kept to the limits of minutes."""
    found = odds_of(grid, greatest)
    if found is None:
        return None
    odds, goal = found
    rules = rules_of(grid)
    for turn in range(_DRAWS):
        chosen = rounded(grid, odds, f"{seed}-{turn}")
        # Minutes are the one rule that a draw does not keep by itself.
        if rules.holds(chosen.astype(float)):  # pragma: no branch  # reason: which draws fail is chance
            return Draw(chosen, odds, goal)
    return None  # pragma: no cover  # reason: which draws fail is a matter of chance


def rounded(grid: Grid, odds: Floats, seed: str) -> Flags:
    """Make the probabilities whole, keeping each of them as the expectation and all sums as they are."""
    net = _Net(random.Random(seed))  # noqa: S311  # reason: a draw of lots that can be repeated, not a secret
    home = np.full(grid.size, -1)
    for at, (columns, *_) in enumerate(grid.homes):
        home[columns] = at
    works, experts = len(grid.works), len(grid.experts)
    loads = np.bincount(grid.expert, odds, experts)
    for column in np.nonzero((odds > 0) & (odds < 1))[0]:
        at = grid.work[column] if home[column] < 0 else works + experts + home[column]
        net.add(works + int(grid.expert[column]), int(at), float(odds[column]), int(column))
    for expert in range(experts):
        net.add(-1, works + expert, float(loads[expert]), -1)
    for at, (columns, _, work, _) in enumerate(grid.homes):
        net.add(works + experts + at, work, float(odds[columns].sum()), -1)
    net.settle()
    chosen: Flags = odds == 1
    for edge in net.edges:
        if edge.column >= 0:
            chosen[edge.column] = edge.value > 0.5  # noqa: PLR2004  # reason: nought or one
    return chosen


@dataclass(slots=True)
class _Edge:
    tail: int
    head: int
    value: float
    column: int

    @property
    def is_whole(self) -> bool:
        return abs(self.value - round(self.value)) < _EDGE


@dataclass
class _Net:
    """A flow whose split edges are made whole along cycles."""

    lots: random.Random
    edges: list[_Edge] = field(default_factory=list)
    split: dict[int, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, tail: int, head: int, value: float, column: int) -> None:
        edge = _Edge(tail, head, value, column)
        if not edge.is_whole:
            for end in (tail, head):
                self.split[end][len(self.edges)] = None
        self.edges.append(edge)

    def settle(self) -> None:
        """Shift along cycles until nothing is split; every shift makes at least one edge whole."""
        for start in list(self.split):
            while self.split[start]:
                self.shift(self.cycle(start))

    def cycle(self, start: int) -> list[tuple[int, int]]:
        """Return a cycle of split edges with the way each is gone: 1 along, −1 against."""
        trail: list[tuple[int, int]] = []
        seen = {start: 0}
        at, came = start, -1
        while True:
            # Sums at a node are whole, so whoever comes in by a split edge can leave by another.
            edge = next(one for one in self.split[at] if one != came)
            along = self.edges[edge].tail == at
            at, came = (self.edges[edge].head if along else self.edges[edge].tail), edge
            trail.append((edge, 1 if along else -1))
            if at in seen:
                return trail[seen[at] :]
            seen[at] = len(trail)

    def shift(self, cycle: list[tuple[int, int]]) -> None:
        up = min(self._room(edge, way) for edge, way in cycle)
        down = min(self._room(edge, -way) for edge, way in cycle)
        amount = up if self.lots.random() * (up + down) < down else -down
        for number, way in cycle:
            edge = self.edges[number]
            edge.value += way * amount
            if edge.is_whole:
                edge.value = float(round(edge.value))
                for end in (edge.tail, edge.head):
                    self.split[end].pop(number, None)

    def _room(self, number: int, way: int) -> float:
        value = self.edges[number].value
        return float(np.ceil(value) - value if way > 0 else value - np.floor(value))

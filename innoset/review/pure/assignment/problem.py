"""What the plan of assignment depends on: experts, works, and the rules between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

Cell = tuple[int, int]
"""A possible pair: (expert, work)."""


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who can take works: from least to most of them, in number and in minutes.

    `group` is the municipality (or another home) that the rules of the round look at; "" is none.
    """

    key: int
    most: int | None = None
    least: int = 0
    most_minutes: int | None = None
    least_minutes: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A dossier to be judged: how many experts it needs, how long it takes one, where it comes from."""

    key: int
    code: str
    wanted: int
    minutes: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why this expert may not judge this work."""

    expert: int
    work: int
    reason: str


@dataclass(frozen=True)
class Problem:
    """All that the plan depends on. `locked` pairs stay whatever happens."""

    experts: tuple[Expert, ...]
    works: tuple[Work, ...]
    conflicts: tuple[Conflict, ...] = ()
    locked: frozenset[Cell] = frozenset()
    seed: int = 0
    # How well the expert suits the work; a pair that is not named suits at 0. Reckoned to a millionth.
    affinity: Mapping[Cell, float] = field(default_factory=dict)
    # Of what the affinity is made, in words («направление совпадает, желает эту работу»).
    affinity_words: Mapping[Cell, str] = field(default_factory=dict)
    # Pairs of an earlier plan: among equally good plans the one that keeps the most of them is taken.
    preferred: frozenset[Cell] = frozenset()
    # Keep preferred pairs before anything but feasibility: for refusals after the assignment.
    is_repair: bool = False
    # At most so many experts of one group on a work; null = no such rule.
    group_most: int | None = None
    # At most so many experts of the work's own group on it; null = no such rule.
    own_most: int | None = None
    # At least so many experts of a work come from other groups than its own.
    least_elsewhere: int = 0
    alternates: int = 0
    # Draw lots so that no pair is more probable than this; null = no lots.
    greatest_probability: float | None = None
    # 1: the worst-served work; 2, 3, …: then also the next worst ones, before the total.
    levels: int = 1
    # Exchange pairs until every expert can be compared with every other.
    wants_connection: bool = False
    # How long to search before a goal is called not proven, in columns times branches: the same on any machine.
    patience: int = 1_000_000

    @cached_property
    def barred(self) -> dict[int, dict[int, str]]:
        """Return for each work the experts in conflict, with the reason."""
        found: dict[int, dict[int, str]] = {work.key: {} for work in self.works}
        for conflict in self.conflicts:
            found.setdefault(conflict.work, {})[conflict.expert] = conflict.reason
        return found

    def group_limit(self, work: Work, group: str) -> int | None:
        """Return how many experts of the group may judge the work; null when no rule speaks of it."""
        if not group:
            return None
        limits = [] if self.group_most is None else [self.group_most]
        if group == work.group:
            limits += [] if self.own_most is None else [self.own_most]
            limits += [max(0, work.wanted - self.least_elsewhere)] if self.least_elsewhere else []
        return min(limits, default=None)

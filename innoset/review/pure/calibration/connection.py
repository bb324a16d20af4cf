"""Which works can be compared: those that a chain of common experts joins.

Without such a chain nothing in the marks tells a strict panel from weak works (Linacre 1989; Myford & Wolfe
2000): the groups are measured side by side, and their comparison rests on the belief that panels are alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subset:
    """A group within which everything can be compared."""

    works: tuple[str, ...]
    experts: tuple[str, ...]


def subsets(pairs: Iterable[tuple[str, str]]) -> tuple[Subset, ...]:
    """Return the groups of works and experts joined by sheets, the largest first."""
    experts_of: dict[str, set[str]] = defaultdict(set)
    works_of: dict[str, set[str]] = defaultdict(set)
    for work, expert in pairs:
        experts_of[work].add(expert)
        works_of[expert].add(work)
    left = set(experts_of)
    found: list[Subset] = []
    while left:
        works: set[str] = set()
        experts: set[str] = set()
        front = {min(left)}
        while front:
            works |= front
            fresh = {expert for work in front for expert in experts_of[work]} - experts
            experts |= fresh
            front = {work for expert in fresh for work in works_of[expert]} - works
        left -= works
        found.append(Subset(tuple(sorted(works)), tuple(sorted(experts))))
    return tuple(sorted(found, key=lambda one: (-len(one.works), one.works)))

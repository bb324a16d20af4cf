"""How few moves an order of speakers can possibly have: a bound that no order goes below.

Every order is a chain, every chain is a spanning tree, so the lightest tree is a bound. It is raised by
prices of the works: a work in the middle of a chain has two neighbours and one at an end has one, so a work
where the tree has more branches is made dearer and one with fewer cheaper (Held and Karp, 1970).
"""

from collections.abc import Sequence
from math import ceil
from typing import Final

ROUNDS: Final = 60
_SLACK: Final = 1e-6
"""What the sums of fractions may be off by."""


def least_moves(outside: Sequence[frozenset[int]], *, at_most: int) -> int:
    """Return a number of moves that no order of these works goes below; `at_most` is a known order's."""
    bound = max(_needed(outside), 0)
    if len(outside) > 1:
        steps = [[float(len(one ^ other)) for other in outside] for one in outside]
        bound = max(bound, ceil(_raised(steps, float(at_most)) - _SLACK))
    return min(bound, at_most)


def _needed(outside: Sequence[frozenset[int]]) -> int:
    """Count the jurors who are outside at some works and inside at others: each moves at least once."""
    if not outside:
        return 0
    return len(frozenset[int]().union(*outside) - outside[0].intersection(*outside[1:]))


def _raised(steps: list[list[float]], at_most: float) -> float:
    """Raise the lightest tree by prices, in steps that grow smaller.

    The chain is closed through a place of no length, which stands outside the hall: then every work has
    two neighbours. The tree gets the two cheapest ways to that place.
    """
    count = len(steps)
    prices, best, pace = [0.0] * count, 0.0, 1.0
    for _ in range(ROUNDS):
        weight, degrees = _tree(steps, prices)
        weight -= 2 * sum(prices)
        best = max(best, weight)
        uneven = [degree - 2 for degree in degrees]
        size = sum(one * one for one in uneven)
        if not size or best >= at_most:
            break
        stride = pace * max(at_most - weight, _SLACK) / size
        prices = [price + stride * one for price, one in zip(prices, uneven, strict=True)]
        pace *= 0.95
    return best


def _tree(steps: list[list[float]], prices: list[float]) -> tuple[float, list[int]]:
    """Return the lightest tree with the two cheapest ways out, its weight and the branches at each work."""
    count = len(steps)
    degrees, weight = [0] * count, 0.0
    near = {one: (steps[0][one] + prices[0] + prices[one], 0) for one in range(1, count)}
    while near:
        here = min(near, key=lambda one: near[one])
        length, parent = near.pop(here)
        weight += length
        degrees[here] += 1
        degrees[parent] += 1
        for one, (known, _) in near.items():
            length = steps[here][one] + prices[here] + prices[one]
            if length < known:
                near[one] = (length, here)
    for end in sorted(range(count), key=lambda one: prices[one])[:2]:
        weight += prices[end]
        degrees[end] += 1
    return weight, degrees

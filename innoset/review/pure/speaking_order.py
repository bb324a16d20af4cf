"""The order of speakers in which the fewest jurors have to leave the hall and come back.

A juror with a conflict of interest is outside while a work is defended. Between two neighbours everybody
moves who is outside at one of them only; the sum of these moves is what is made smallest. Works with the
same people outside stand side by side for nothing, so the exact search runs over bundles of such works;
where there are too many bundles, a local search answers, and beside it stands a proven lower bound.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from innoset.review.pure.speaking_bound import least_moves

EXACT: Final = 14
"""So many different works are still put into the best order of all."""
_MISS: Final = 10_000
"""One work outside its window weighs more than all the moves of a day."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One work: who is outside while it is heard, its nomination, the places that its speaker can take."""

    key: int
    outside: frozenset[int] = frozenset()
    group: str = ""
    first: int = 0
    last: int | None = None

    @property
    def has_window(self) -> bool:
        """Tell whether some places do not suit the speaker."""
        return self.first > 0 or self.last is not None

    def is_missed_at(self, place: int) -> bool:
        """Tell whether the speaker cannot come at this place of the order."""
        return place < self.first or (self.last is not None and place > self.last)


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the works, what it costs, and how good that is for certain."""

    keys: tuple[int, ...]
    moves: int
    bound: int
    missed: tuple[int, ...] = ()
    """Works whose speaker cannot come at the place given."""

    @property
    def is_best(self) -> bool:
        """Tell whether no order has fewer moves."""
        return self.moves == self.bound


def moves_of(talks: Sequence[Talk]) -> int:
    """Count how many times somebody leaves or comes back between neighbours of this order."""
    return sum(len(one.outside ^ other.outside) for one, other in pairwise(talks))


def missed_in(talks: Sequence[Talk]) -> tuple[int, ...]:
    """Return the works that stand outside their window, in order."""
    return tuple(talk.key for place, talk in enumerate(talks) if talk.is_missed_at(place))


def arranged(talks: Sequence[Talk], *, keeps_groups: bool = False, exact: int = EXACT) -> Order:
    """Return the order with the fewest works outside their windows, and then with the fewest moves.

    Between equals wins what comes first in the order given. With `keeps_groups` the works of a
    nomination go together. The bound of an exact order is the order itself.
    """
    bundles = _bundles(talks, keeps_groups=keeps_groups)
    is_exact = len(bundles) <= exact
    found = _best(bundles, keeps_groups) if is_exact else _good(bundles, keeps_groups)
    chosen = [talk for bundle in found for talk in bundle]
    moves = moves_of(chosen)
    bound = moves if is_exact else least_moves([bundle[0].outside for bundle in bundles], at_most=moves)
    return Order(tuple(talk.key for talk in chosen), moves, bound, missed_in(chosen))


_Bundle = tuple[Talk, ...]


def _bundles(talks: Sequence[Talk], *, keeps_groups: bool) -> list[_Bundle]:
    """Join works that cost nothing beside each other.

    Windows are counted in places, so as soon as there is one, every work has to be placed singly.
    """
    if any(talk.has_window for talk in talks):
        return [(talk,) for talk in talks]
    found: dict[object, list[Talk]] = defaultdict(list)
    for talk in talks:
        found[talk.outside, talk.group if keeps_groups else ""].append(talk)
    return [tuple(bundle) for bundle in found.values()]


def _best(bundles: Sequence[_Bundle], keeps_groups: bool) -> list[_Bundle]:
    """Find the best order of all by the method of Held and Karp, from the end of the day to its beginning."""
    search = _Search(bundles, keeps_groups)
    chosen: list[int] = []
    heard = 0
    for _ in bundles:
        chosen.append(search.following(heard, chosen[-1] if chosen else None)[1])
        heard |= 1 << chosen[-1]
    return [bundles[number] for number in chosen]


class _Search:
    """What the rest of the day costs once these works (bits of `heard`) are over and one was the last."""

    def __init__(self, bundles: Sequence[_Bundle], keeps_groups: bool) -> None:
        count = len(bundles)
        talks = [bundle[0] for bundle in bundles]
        self.steps = [[len(a.outside ^ b.outside) for b in talks] for a in talks]
        self.missing = [[_MISS * talk.is_missed_at(place) for place in range(count)] for talk in talks]
        self.mates = [_bits(keeps_groups and a.group == b.group for b in talks) for a in talks]
        self.everybody = (1 << count) - 1
        self.rest = [[0] * count for _ in range(1 << count)]
        for heard in range(self.everybody - 1, 0, -1):
            for last in _numbers(heard):
                self.rest[heard][last] = self.following(heard, last)[0]

    def following(self, heard: int, last: int | None) -> tuple[int, int]:
        """Return the least cost of the rest and who comes next; a nomination that has begun goes first."""
        left = self.everybody & ~heard
        if last is not None:
            left = left & self.mates[last] or left
        place, steps = heard.bit_count(), [0] * len(self.steps) if last is None else self.steps[last]
        return min(
            (self.missing[one][place] + steps[one] + self.rest[heard | 1 << one][one], one)
            for one in _numbers(left)
        )


def _bits(flags: Iterator[bool]) -> int:
    return sum(1 << number for number, flag in enumerate(flags) if flag)


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _good(bundles: Sequence[_Bundle], keeps_groups: bool) -> list[_Bundle]:
    """Begin from the order given and from chains of nearest neighbours; mend each by local search."""
    given = sorted(bundles, key=lambda bundle: bundle[0].group) if keeps_groups else list(bundles)
    starts = [given, *(_nearest(given, start) for start in range(0, len(given), 1 + len(given) // 4))]
    return min((_mended(start, keeps_groups) for start in starts), key=lambda one: _price(one, keeps_groups))


def _price(order: Sequence[_Bundle], keeps_groups: bool) -> int:
    talks = [bundle[0] for bundle in order]
    price = moves_of(talks) + _MISS * len(missed_in(talks))
    if keeps_groups:
        changes = sum(one.group != other.group for one, other in pairwise(talks))
        price += _MISS * len(talks) * (changes + 1 - len({talk.group for talk in talks}))
    return price


def _nearest(bundles: Sequence[_Bundle], start: int) -> list[_Bundle]:
    left = list(bundles)
    order = [left.pop(start)]
    while left:
        away = [_distance(order[-1][0], bundle[0]) for bundle in left]
        order.append(left.pop(away.index(min(away))))
    return order


def _distance(one: Talk, other: Talk) -> tuple[bool, int]:
    return one.group != other.group, len(one.outside ^ other.outside)


def _mended(order: list[_Bundle], keeps_groups: bool) -> list[_Bundle]:
    """Turn a stretch round, or carry one elsewhere, as long as that helps."""
    cost = _price(order, keeps_groups)
    while True:
        prices = ((_price(one, keeps_groups), one) for one in _neighbours(order))
        better = next((found for found in prices if found[0] < cost), None)
        if better is None:
            return order
        cost, order = better


def _neighbours(order: list[_Bundle]) -> Iterator[list[_Bundle]]:
    """Yield the orders that are one change away."""
    count = len(order)
    for begin in range(count):
        for end in range(begin + 2, count + 1):
            yield order[:begin] + order[begin:end][::-1] + order[end:]
    for begin in range(count):
        for end in range(begin + 1, min(begin + 4, count + 1)):
            rest = order[:begin] + order[end:]
            for to in range(len(rest) + 1):
                if to != begin:
                    yield rest[:to] + order[begin:end] + rest[to:]

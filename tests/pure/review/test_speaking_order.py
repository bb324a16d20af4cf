"""The order of speakers: against every order there is, with nominations, with hours, with a bound."""

from itertools import groupby, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.review.pure.speaking_bound import least_moves
from innoset.review.pure.speaking_order import Order, Talk, arranged, missed_in, moves_of

JURORS = st.frozensets(st.integers(1, 5), max_size=3)
WINDOWS = st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 5)))
DAYS = st.lists(st.tuples(JURORS, st.sampled_from("АБВ"), st.just((0, None))), max_size=6)
DAYS_WITH_HOURS = st.lists(st.tuples(JURORS, st.sampled_from("АБ"), WINDOWS), max_size=6)


def talks(day: list[tuple[frozenset[int], str, tuple[int, int | None]]]) -> list[Talk]:
    return [Talk(key, outside, group, *window) for key, (outside, group, window) in enumerate(day)]


def is_together(order: list[Talk]) -> bool:
    groups = [group for group, _ in groupby(talk.group for talk in order)]
    return len(groups) == len(set(groups))


def oracle(given_talks: list[Talk], *, keeps_groups: bool) -> tuple[int, int]:
    """Return the fewest works outside their windows and the fewest moves, by trying all orders."""
    return min(
        (len(missed_in(order)), moves_of(order))
        for order in permutations(given_talks)
        if not keeps_groups or is_together(list(order))
    )


def in_order(day: list[Talk], order: Order) -> list[Talk]:
    return [day[key] for key in order.keys]


@given(DAYS | DAYS_WITH_HOURS, st.booleans())
def test_no_order_is_better(
    day: list[tuple[frozenset[int], str, tuple[int, int | None]]], keeps: bool
) -> None:
    given_talks = talks(day)
    found = arranged(given_talks, keeps_groups=keeps)
    chosen = in_order(given_talks, found)
    assert sorted(found.keys) == list(range(len(day)))
    assert (len(found.missed), found.moves) == oracle(given_talks, keeps_groups=keeps)
    assert (found.moves, found.missed, found.is_best) == (moves_of(chosen), missed_in(chosen), True)
    assert not keeps or is_together(chosen)


@given(DAYS | DAYS_WITH_HOURS, st.booleans())
def test_a_search_is_never_below_its_bound_nor_above_the_order_given(
    day: list[tuple[frozenset[int], str, tuple[int, int | None]]], keeps: bool
) -> None:
    given_talks = talks(day)
    found = arranged(given_talks, keeps_groups=keeps, exact=-1)
    least = oracle(given_talks, keeps_groups=keeps)
    assert sorted(found.keys) == list(range(len(day)))
    assert found.bound <= moves_of(in_order(given_talks, arranged(given_talks)))  # of the free order too
    assert (len(found.missed), found.moves) >= least
    if not keeps:
        assert (len(found.missed), found.moves) <= (len(missed_in(given_talks)), moves_of(given_talks))
    assert not keeps or is_together(in_order(given_talks, found))


def test_the_oracle_is_not_pleased_by_any_order() -> None:
    """The control: the order given, which nobody arranged, is seen to be worse."""
    day = [Talk(key, frozenset({1}) if key % 2 else frozenset()) for key in range(6)]
    assert (moves_of(day), oracle(day, keeps_groups=False), arranged(day).moves) == (5, (0, 1), 1)


def test_between_equals_the_order_given_stays() -> None:
    day = [Talk(key) for key in range(5)]
    assert arranged(day) == Order((0, 1, 2, 3, 4), 0, 0)
    assert arranged([]) == Order((), 0, 0)


def test_nominations_cost_moves_and_may_be_let_go() -> None:
    day = [
        Talk(1, frozenset({7}), "А"),
        Talk(2, frozenset(), "А"),
        Talk(3, frozenset({7}), "Б"),
        Talk(4, group="Б"),
    ]
    assert arranged(day).moves == 1
    together = arranged(day, keeps_groups=True)
    assert (together.keys, together.moves) == ((1, 2, 4, 3), 2)


def test_hours_that_cannot_all_be_kept_are_named() -> None:
    day = [Talk(1, last=0), Talk(2, last=0), Talk(3)]
    assert arranged(day) == Order((1, 2, 3), 0, 0, missed=(2,))


@pytest.mark.parametrize("seed", range(4))
def test_a_long_day_is_near_its_bound(seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # reason: an instance, not a secret
    day = [Talk(key, frozenset(chance.sample(range(12), chance.randint(0, 3)))) for key in range(30)]
    found = arranged(day)
    assert found.bound <= found.moves < moves_of(day)
    assert found.moves <= 1.15 * found.bound


def test_the_bound_of_a_path_that_is_known() -> None:
    """Nested sets have one best order: the bound reaches it, whatever order they come in."""
    nested = [frozenset(range(size)) for size in (3, 0, 4, 1, 2)]
    assert least_moves(nested, at_most=100) == 4
    assert least_moves([], at_most=0) == 0
    assert least_moves([frozenset({1})], at_most=0) == 0
    stars = [frozenset[int](), *(frozenset({juror}) for juror in range(5))]
    stars[0], stars[1] = stars[1], stars[0]
    assert least_moves(stars, at_most=9) == moves_of([Talk(0, one) for one in stars]) == 8

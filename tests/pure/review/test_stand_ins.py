"""Alternates take free places in their order, as far as they may and have room."""

from typing import Any

import pytest

from innoset.review.pure.stand_ins import Capacity, lacking, stand_ins

FREE = Capacity()
MINUTES = {7: 40, 8: 20}


def chosen(reserves: list[tuple[int, int]], **given: Any) -> dict[int, list[tuple[int, int]]]:
    asked: dict[str, Any] = {
        "barred": (),
        "live": (),
        "capacities": {1: FREE, 2: FREE, 3: FREE},
        "minutes": MINUTES,
    }
    return stand_ins(given.pop("lacks", {7: 1}), reserves, **{**asked, **given})


def test_only_dossiers_that_somebody_has_left_are_looked_at() -> None:
    live, spent = [(1, 7), (1, 8), (2, 8)], [(2, 7), (3, 8)]
    assert lacking(live, spent, usual=2) == {7: 1}
    assert lacking(live, [], usual=3) == {}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [(1, 7)]),
        ({"lacks": {7: 2}}, [(1, 7), (2, 7)]),
        ({"barred": [(1, 7)]}, [(2, 7)]),
        ({"live": [(1, 7)]}, [(2, 7)]),
        ({"capacities": {2: FREE}}, [(2, 7)]),
        ({"capacities": {1: Capacity(most=1), 2: FREE}, "live": [(1, 8)]}, [(2, 7)]),
        ({"capacities": {1: Capacity(most=2), 2: FREE}, "live": [(1, 8)]}, [(1, 7)]),
        ({"capacities": {1: Capacity(minutes=59), 2: FREE}, "live": [(1, 8)]}, [(2, 7)]),
        ({"capacities": {1: Capacity(minutes=60), 2: FREE}, "live": [(1, 8)]}, [(1, 7)]),
        ({"capacities": {}}, []),
    ],
)
def test_the_first_who_may_and_has_room_is_taken(given: dict[str, Any], expected: list[Any]) -> None:
    assert chosen([(1, 7), (2, 7)], **given) == {7: expected}


def test_a_place_taken_for_one_dossier_is_no_room_for_another() -> None:
    limits = {1: Capacity(most=1), 2: FREE}
    found = chosen([(1, 7), (1, 8), (2, 8)], lacks={7: 1, 8: 1}, capacities=limits)
    assert found == {7: [(1, 7)], 8: [(2, 8)]}


def test_alternates_of_dossiers_that_lack_nobody_stay() -> None:
    assert chosen([(1, 9), (2, 7)]) == {7: [(2, 7)]}

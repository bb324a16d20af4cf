"""Sums as people type and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation.money import kopecks_of, roughly, rubles, typed, won_in_words


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [
        ("1 250 000", 125_000_000),
        ("1250000,5", 125_000_050),
        ("1\u00a0250\u00a0000.05 ₽", 125_000_005),
        (" 12 000 руб. ", 1_200_000),
        ("7 рублей", 700),
        ("0", 0),
        ("12 50", None),
        ("1,250,000", None),
        ("1.2345", None),
        ("-5", None),
        ("много", None),
        ("", None),
    ],
)
def test_what_is_typed(text: str, kopecks: int | None) -> None:
    assert kopecks_of(text) == kopecks


@given(st.integers(0, 10**15))
def test_what_is_shown_can_be_typed_back(kopecks: int) -> None:
    assert kopecks_of(typed(kopecks)) == kopecks_of(rubles(kopecks)) == kopecks


@pytest.mark.parametrize(
    ("kopecks", "whole", "rough"),
    [
        (6_220_000_000, "62 200 000 ₽", "более 62 млн ₽"),
        (6_000_000_000, "60 000 000 ₽", "60 млн ₽"),
        (1_250_050, "12 500,50 ₽", "более 12 тыс. ₽"),
        (50_000, "500 ₽", "500 ₽"),
        (7, "0,07 ₽", "0,07 ₽"),
    ],
)
def test_how_sums_are_said(kopecks: int, whole: str, rough: str) -> None:
    assert [text.replace("\u00a0", " ") for text in (rubles(kopecks), roughly(kopecks))] == [whole, rough]


def test_who_won_how_much() -> None:
    assert won_in_words(7, 6_220_000_000).replace("\u00a0", " ") == "7 организаций, более 62 млн ₽"
    assert typed(None) == ""

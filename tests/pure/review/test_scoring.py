"""What a sheet adds up to and what it lacks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.review.pure.scoring import (
    Gap,
    Lack,
    Mark,
    Rule,
    demand,
    gaps,
    maximum,
    needs_comment,
    on_scale,
    tie_break,
    total,
)

RULES = (
    Rule(1, 1, "Актуальность", Decimal(3), (0, 1, 2, 3, 4, 5), comment_at_most=2),
    Rule(2, 2, "Новизна", Decimal("1.5"), (0, 1, 2), breaks_ties=True),
    Rule(3, 3, "Ресурсы", Decimal(2), ()),
)


def test_the_most_is_the_sum_of_the_best_values() -> None:
    assert maximum(RULES) == Decimal(18)


def test_the_total_counts_what_is_put() -> None:
    marks = {1: Mark(4), 2: Mark(None, "пока думаю")}
    assert (total(RULES, {}), total(RULES, marks), total(RULES, {**marks, 2: Mark(1)})) == (
        Decimal(0),
        Decimal(12),
        Decimal("13.5"),
    )


def test_only_tie_breaking_criteria_break_ties() -> None:
    assert tie_break(RULES, {1: Mark(5), 2: Mark(2)}, Decimal(18)) == Decimal(3)


def test_low_values_need_a_comment_only_where_the_criterion_says_so() -> None:
    assert [needs_comment(RULES[0], value) for value in (None, 0, 2, 3)] == [False, True, True, False]
    assert not needs_comment(RULES[1], 0)


def test_gaps_name_every_missing_thing_in_order() -> None:
    found = gaps(RULES[:2], {1: Mark(2, "  ")})
    assert found == (Gap(1, 1, "Актуальность", Lack.COMMENT), Gap(2, 2, "Новизна", Lack.VALUE))
    assert [gap.words for gap in found] == ["К1: нужен комментарий", "К2: нет балла"]


def test_a_full_sheet_lacks_nothing() -> None:
    assert gaps(RULES[:2], {1: Mark(2, "Мало данных."), 2: Mark(0)}) == ()


NA = Mark(is_not_applicable=True)
OPEN = (
    Rule(1, 1, "Актуальность", Decimal(3), (0, 1, 2, 3, 4, 5), comment_at_most=1, may_not_apply=True),
    Rule(2, 2, "Новизна", Decimal(2), (0, 1, 2), breaks_ties=True, may_not_apply=True, comment_at_least=2),
    Rule(3, 3, "Ресурсы", Decimal(1), (0, 1), comment_always=True, may_not_apply=True),
)
"""At most 15 + 4 + 1 = 20 points."""


def test_what_does_not_apply_leaves_the_total_and_is_never_nought() -> None:
    full = {1: Mark(5), 2: Mark(2), 3: Mark(1)}
    assert (
        total(OPEN, full)
        == total(OPEN, {**full, 1: NA})
        == total(OPEN, {**full, 2: NA, 3: NA})
        == Decimal(20)
    )
    # 3 × 2 + 1 = 7 of 16 points: 8,75 of 20; as nought it would be 7.
    assert total(OPEN, {1: Mark(2), 2: NA, 3: Mark(1)}) == Decimal("8.75")
    assert total(OPEN, {1: Mark(2), 2: NA, 3: Mark(0)}) == Decimal("7.50")
    # A third is rounded to the nearest hundredth.
    assert total(OPEN, {1: Mark(1), 2: NA, 3: NA}) == Decimal("4.00")
    assert total(OPEN, {1: NA, 2: Mark(1), 3: NA}) == Decimal("10.00")
    assert total(OPEN, {1: NA, 2: NA, 3: NA}) == Decimal(0)


def test_a_half_of_a_hundredth_is_rounded_up() -> None:
    assert on_scale(Decimal(1), Decimal(3), Decimal(100)) == Decimal("33.33")
    assert on_scale(Decimal(1), Decimal(32), Decimal("1.00")) == Decimal("0.03")
    assert on_scale(Decimal(1), Decimal(200), Decimal(1)) == Decimal("0.01")


def test_a_tie_breaker_that_does_not_apply_gives_way_to_the_whole_sheet() -> None:
    assert tie_break(OPEN, {2: Mark(1)}, Decimal(10)) == Decimal(2)
    assert tie_break(OPEN, {2: NA}, Decimal(10)) == Decimal("2.00")
    assert tie_break(OPEN, {2: NA}, Decimal(20)) == Decimal("4.00")
    assert tie_break((), {}, Decimal(0)) == Decimal(0)


def test_comments_are_demanded_by_rule() -> None:
    assert [needs_comment(OPEN[0], value) for value in range(6)] == [True, True, False, False, False, False]
    assert [needs_comment(OPEN[1], value) for value in range(3)] == [False, False, True]
    assert [needs_comment(OPEN[2], value) for value in (None, 0, 1)] == [False, True, True]
    assert [needs_comment(rule, None, is_not_applicable=True) for rule in OPEN] == [False, False, True]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(1, 1, "", Decimal(1), (0, 1, 2)), ""),
        (Rule(1, 1, "", Decimal(1), (0, 1, 2), comment_at_most=0), "Обязательно при балле 0."),
        (Rule(1, 1, "", Decimal(1), (0, 1, 2), comment_at_most=1), "Обязательно при балле 1 и ниже."),
        (Rule(1, 1, "", Decimal(1), (0, 1, 2), comment_at_least=2), "Обязательно при балле 2."),
        (Rule(1, 1, "", Decimal(1), (0, 1, 2), comment_at_most=0, comment_at_least=1),
         "Обязательно при балле 0 или 1 и выше."),
        (Rule(1, 1, "", Decimal(1), (0, 1), comment_always=True), "Обязательно при любом ответе."),
    ],
)  # fmt: skip
def test_the_demand_is_said_in_words(rule: Rule, words: str) -> None:
    assert demand(rule) == words


def test_a_sheet_where_nothing_applies_is_not_complete() -> None:
    found = gaps(OPEN, {1: NA, 2: NA, 3: Mark(None, "Нет", is_not_applicable=True)})
    assert [gap.words for gap in found] == [
        (
            "«Не применимо» отмечено у всех критериев. Поставьте балл хотя бы по одному. "
            "Если оценить работу нельзя, сообщите организатору"
        )
    ]
    assert gaps(OPEN, {1: Mark(3), 2: NA, 3: Mark(None, "Нет", is_not_applicable=True)}) == ()
    assert gaps((), {}) == ()


def test_an_answer_is_printed_in_words() -> None:
    assert [mark.shown for mark in (Mark(3), NA, Mark())] == ["3", "не применимо", ""]
    assert [mark.is_answered for mark in (Mark(0), NA, Mark(None, "пока думаю"))] == [True, True, False]


@given(st.lists(st.sampled_from([None, *range(6)]), min_size=3, max_size=8))
def test_equal_shares_give_equal_totals_whatever_does_not_apply(values: list[int | None]) -> None:
    """All answers alike: the total is the same share of the maximum with any number of н/п among them."""
    rules = [Rule(n, n, "", Decimal(n + 1), tuple(range(6)), may_not_apply=True) for n in range(len(values))]
    marks = {n: NA if value is None else Mark(4) for n, value in enumerate(values)}
    expected = maximum(rules) * 4 / 5 if any(value is not None for value in values) else Decimal(0)
    assert total(rules, marks) == expected

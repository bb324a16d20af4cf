"""What a sheet adds up to and what it lacks."""

from decimal import Decimal

from innoset.review.pure.scoring import Gap, Lack, Mark, Rule, gaps, maximum, needs_comment, tie_break, total

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

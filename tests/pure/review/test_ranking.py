"""Places, means, spreads and disagreements."""

from decimal import Decimal
from fractions import Fraction
from statistics import stdev

from hypothesis import given
from hypothesis import strategies as st

from innoset.review.pure.ranking import Judged, Rule, Standing, disagree, standings

RULE = Rule(sheets=2, maximum=Decimal(100), share=Decimal("0.25"))


def _judged(dossier: int, *totals: str, ties: tuple[str, ...] = (), due: int = 2) -> Judged:
    sums = tuple(Decimal(total) for total in totals)
    return Judged(dossier, f"А-{dossier:03d}", sums, tuple(Decimal(tie) for tie in ties), due)


def test_a_standing_says_everything() -> None:
    assert standings([_judged(1, "60", "71", ties=("9", "12"))], RULE) == [
        Standing(
            dossier_id=1,
            code="А-001",
            place=1,
            totals=(Decimal(60), Decimal(71)),
            mean=Decimal("65.5"),
            spread=Decimal(11),
            deviation=stdev([Decimal(60), Decimal(71)]),
            is_disagreement=False,
            is_median=False,
            tie_break=Decimal("10.5"),
            sheets_due=2,
            sheets_done=2,
        )
    ]


def test_a_dossier_without_sheets_stands_last_with_nothing() -> None:
    (first, last) = standings([_judged(1), _judged(2, "0")], RULE)
    assert (first.code, last.code, last.mean, last.spread, last.deviation) == (
        "А-002",
        "А-001",
        None,
        None,
        None,
    )


def test_one_sheet_has_a_spread_but_no_deviation() -> None:
    (only,) = standings([_judged(1, "50")], RULE)
    assert (only.spread, only.deviation, only.is_disagreement) == (Decimal(0), None, False)


def test_disagreement_begins_above_the_share() -> None:
    assert [disagree([Decimal(50), Decimal(second)], RULE) for second in (75, 76)] == [False, True]


def test_a_third_sheet_after_a_disagreement_gives_the_median() -> None:
    (two,) = standings([_judged(1, "40", "80")], RULE)
    assert (two.mean, two.is_disagreement, two.wants_another) == (Decimal(60), True, True)
    (three,) = standings([_judged(1, "40", "80", "70")], RULE)
    assert (three.mean, three.is_median, three.is_disagreement, three.wants_another) == (
        Decimal(70),
        True,
        True,
        False,
    )


def test_a_third_sheet_without_a_disagreement_gives_the_mean() -> None:
    (three,) = standings([_judged(1, "60", "70", "80")], RULE)
    assert (three.mean, three.is_median) == (Decimal(70), False)


def test_where_all_sheets_are_usual_there_is_never_a_median() -> None:
    rule = Rule(sheets=None, maximum=Decimal(5), share=Decimal("0.25"))
    (one,) = standings([_judged(1, "1", "5", "5")], rule)
    assert (one.is_disagreement, one.is_median, one.mean) == (True, False, Decimal(11) / 3)


def test_ties_go_to_the_tie_break_and_then_to_the_earlier_code() -> None:
    judged = [
        _judged(3, "70", "70", ties=("9", "9")),
        _judged(2, "70", "70", ties=("12", "12")),
        _judged(1, "60", "80", ties=("9", "9")),
    ]
    assert [row.code for row in standings(judged, RULE)] == ["А-002", "А-001", "А-003"]


sums = st.decimals(0, 100, places=2)


@given(st.lists(st.lists(sums, max_size=4), max_size=6))
def test_places_follow_the_exact_results(lists: list[list[Decimal]]) -> None:
    judged = [Judged(key, f"А-{key:03d}", tuple(one), (), 2) for key, one in enumerate(lists)]
    rows = standings(judged, Rule(None, Decimal(100), Decimal("0.25")))
    assert [row.place for row in rows] == list(range(1, len(rows) + 1))
    means = [sum(map(Fraction, row.totals)) / len(row.totals) for row in rows if row.totals]
    assert means == sorted(means, reverse=True)
    assert [bool(row.totals) for row in rows] == sorted((bool(row.totals) for row in rows), reverse=True)


@given(st.lists(sums, min_size=1, max_size=5))
def test_the_order_of_sheets_does_not_change_the_mean(totals: list[Decimal]) -> None:
    one = Judged(1, "А-001", tuple(totals), (), 2)
    other = Judged(1, "А-001", tuple(reversed(totals)), (), 2)
    rule = Rule(None, Decimal(100), Decimal("0.25"))
    (here,), (there,) = standings([one], rule), standings([other], rule)
    assert (here.mean, here.spread, here.is_disagreement) == (there.mean, there.spread, there.is_disagreement)

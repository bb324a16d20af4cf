"""The final order and the cut line."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure.standing import (
    Candidate,
    Fair,
    Interval,
    Placed,
    Rules,
    Work,
    order,
    place,
    places_by_basis,
)
from innoset.review.pure import ranking


def candidate(number: int, total: str | None, **facts: object) -> Candidate:
    plain = Candidate(
        number=f"2026-{number:04}",
        group="Школы",
        municipality="Абинский район",
        remote=Decimal(total) if total is not None else None,
        defence=None,
        tie_break=Decimal(0),
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # the facts of one example


def verdicts(placed: list[Placed]) -> list[tuple[int, int, str]]:
    return [(int(row.candidate.number[5:]), row.place, row.why_below) for row in placed]


def test_the_total_is_the_sum_of_both_stages() -> None:
    assert candidate(1, "80.50", defence=Decimal("4.25")).total == Decimal("84.75")
    assert candidate(2, None).total == Decimal(0)


def test_ties_go_to_novelty_and_then_to_the_earlier_application() -> None:
    later_but_newer = candidate(3, "70", tie_break=Decimal(12))
    rows = order([candidate(2, "70"), candidate(1, "70"), later_but_newer, candidate(4, "71")])
    assert [row.number for row in rows] == ["2026-0004", "2026-0003", "2026-0001", "2026-0002"]


def test_each_rule_says_why_an_application_is_below() -> None:
    rows = [
        candidate(1, "90"),
        candidate(2, "85", municipality="Северский район"),
        candidate(3, "80"),
        candidate(4, "75", group="Сады", municipality="Крымский район"),
        candidate(5, "70", group="Сады", municipality="Ейский район"),
        candidate(6, "40", group="Сады", municipality="Анапа"),
    ]
    rules = Rules(threshold=Decimal(60), quota=3, group_quotas=(("Сады", 1),), municipality_quota=1)
    assert verdicts(place(rows, rules)) == [
        (1, 1, ""),
        (2, 2, ""),
        (3, 3, "квота муниципалитета заполнена"),
        (4, 4, ""),
        (5, 5, "квота конкурса заполнена"),
        (6, 6, "ниже проходного балла"),
    ]
    roomy = replace(rules, quota=10)
    assert verdicts(place(rows, roomy))[4] == (5, 5, "квота номинации заполнена")


def test_a_line_cuts_after_that_many_places_and_can_be_moved() -> None:
    rows = [candidate(1, "90"), candidate(2, "80"), candidate(3, "70")]
    assert verdicts(place(rows, Rules(line=1))) == [
        (1, 1, ""),
        (2, 2, "ниже черты"),
        (3, 3, "ниже черты"),
    ]
    assert verdicts(place(rows, Rules())) == [(1, 1, ""), (2, 2, ""), (3, 3, "")]


candidates = st.lists(
    st.builds(
        candidate,
        st.integers(1, 9999),
        st.integers(0, 95).map(str),
        tie_break=st.integers(0, 15).map(Decimal),
        group=st.sampled_from(["Школы", "Сады"]),
        municipality=st.sampled_from(["Анапа", "Армавир", "Сочи"]),
    ),
    unique_by=lambda one: one.number,
    max_size=30,
)
rules_in_play = st.builds(
    Rules,
    threshold=st.none() | st.integers(0, 95).map(Decimal),
    line=st.none() | st.integers(0, 30),
    quota=st.none() | st.integers(0, 10),
    group_quotas=st.just(()) | st.integers(0, 3).map(lambda most: (("Сады", most),)),
    municipality_quota=st.none() | st.integers(0, 4),
)


@given(candidates, rules_in_play)
def test_no_quota_is_ever_broken_and_nobody_is_passed_over_without_a_cause(
    rows: list[Candidate], rules: Rules
) -> None:
    placed = place(rows, rules)
    winners = [row.candidate for row in placed if row.is_above_line]
    assert [row.place for row in placed] == list(range(1, len(rows) + 1))
    assert rules.quota is None or len(winners) <= rules.quota
    for group, most in rules.group_quotas:
        assert sum(one.group == group for one in winners) <= most
    for name in {one.municipality for one in winners}:
        taken = sum(one.municipality == name for one in winners)
        assert rules.municipality_quota is None or taken <= rules.municipality_quota
    assert all(bool(row.why_below) != row.is_above_line for row in placed)
    totals = [row.candidate.total for row in placed]
    assert totals == sorted(totals, reverse=True)


@given(candidates, rules_in_play)
def test_the_order_of_arrival_does_not_matter(rows: list[Candidate], rules: Rules) -> None:
    assert place(list(reversed(rows)), rules) == place(rows, rules)


# ── By every way of counting ────────────────────────────────────────────────


def judged(*totals: int) -> ranking.Standing:
    rule = ranking.Rule(3, Decimal(100), Decimal("0.25"))
    sums = tuple(map(Decimal, totals))
    return ranking.standings([ranking.Judged(1, "А-1", sums, sums, 3)], rule)[0]


def fair(points: int, half: int) -> Fair:
    return Fair(Decimal(points), Decimal(points - half), Decimal(points + half))


def work(number: str, *totals: int, **facts: object) -> Work:
    plain = Work(number, "Школы", "Анапа", stages={"remote": judged(*totals)} if totals else {})
    return replace(plain, **facts)  # type: ignore[arg-type]  # the facts of one example


def test_each_way_of_counting_gives_its_own_places() -> None:
    works = [
        work("1", 90, 90, 60, fair={"remote": fair(70, 3)}),
        work("2", 82, 82, 82, fair={"remote": fair(90, 4)}),
        work("3"),
    ]
    found = places_by_basis(works, Rules(line=1))
    assert {basis: [rows[number].place for number in "123"] for basis, rows in found.items()} == {
        "raw": [2, 1, 3],
        "calibrated": [2, 1, 3],
        "median": [1, 2, 3],
    }


def test_intervals_of_both_stages_add_up_as_independent_errors() -> None:
    both = work("1", 80, 80, fair={"remote": fair(80, 3), "defence": fair(5, 4)})
    two = replace(both, stages={"remote": judged(80, 80), "defence": judged(5, 5)})
    assert two.interval == Interval(85.0, 5.0)
    assert two.interval is not None
    assert (two.interval.low, two.interval.high) == (80.0, 90.0)
    # A calibration without marks, or no calibration at all, says nothing.
    assert both.interval == Interval(80.0, 3.0)
    assert work("2", 70, 70).interval is None


def test_an_upheld_appeal_stands_in_place_of_the_remote_result_by_every_basis() -> None:
    one = work("1", 40, 40, fair={"remote": fair(44, 3)}, upheld=Decimal("61.50"))
    assert {basis: one.points("remote", basis) for basis in ("raw", "calibrated", "median")} == dict.fromkeys(
        ("raw", "calibrated", "median"), Decimal("61.50")
    )
    assert (one.interval, one.points("defence", "raw")) == (None, None)


def test_a_disagreement_of_any_stage_is_the_works() -> None:
    assert work("1", 90, 50).is_disagreement
    assert not work("1", 90, 80).is_disagreement
    assert not work("1").is_disagreement

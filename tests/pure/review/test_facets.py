"""The Rasch model against published tables, its own equations and rounds with a known truth; agreement."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innoset.review.pure import agreement
from innoset.review.pure.calibration import Criterion, Rating, TooLittle, facets, report
from innoset.review.pure.calibration.coding import Coded
from innoset.review.pure.calibration.facets import Facet, expected, facet_of, measure
from innoset.review.pure.calibration.marginal import Marks, marginal
from tools.bench import published
from tools.bench.raters import marks as drawn

# Fienberg's mothers of Three Mile Island: totals and counts by group; measures and errors as FACETS printed them.
MOTHERS = np.array(
    [
        (248, 115, 0.49, 0.16),
        (236, 115, 0.16, 0.16),
        (245, 115, 0.40, 0.16),
        (239, 115, 0.24, 0.16),
        (328, 152, 0.49, 0.14),
        (293, 152, -0.22, 0.14),
        (306, 152, 0.04, 0.14),
        (302, 152, -0.04, 0.14),
    ]
)
# Mosteller's league of 1948: wins, measures as FACETS printed them.
LEAGUE = np.array(
    [(97, 0.47), (96, 0.45), (94, 0.41), (84, 0.17), (78, 0.03), (59, -0.42), (56, -0.50), (51, -0.61)]
)


def test_the_mothers_are_measured_as_published() -> None:
    found = published.stress(MOTHERS[:, 0], MOTHERS[:, 1], low=147)
    assert np.abs(found.measure - MOTHERS[:, 2]).max() <= 0.005
    assert np.abs(found.se - MOTHERS[:, 3]).max() <= 0.005
    assert np.abs(found.thresholds[0] - (-1.44, 1.44)).max() <= 0.005
    facet = facet_of(found, np.arange(8))
    assert [
        round(value, 2)
        for value in (facet.rmse, facet.true_sd, facet.separation, facet.strata, facet.reliability)
    ] == [0.15, 0.19, 1.22, 1.97, 0.60]
    assert (round(facet.chi_square, 1), facet.freedom) == (21.5, 7)


def test_the_league_is_measured_as_published() -> None:
    found = published.teams(LEAGUE[:, 0].astype(float))
    assert np.abs(found.measure - LEAGUE[:, 1]).max() <= 0.01
    assert np.round(found.se, 2).tolist() == [0.17] * 8


@pytest.mark.samples
@pytest.mark.skipif(
    not published.FOLDER.exists(), reason="the published tables do not lie beside the repository"
)
def test_the_published_files_are_met() -> None:
    for name, compare in (
        ("facets_3mile.out", published.three_mile),
        ("facets_Baseball.out", published.baseball),
        ("data.ex10.csv", published.tam_items),
    ):
        gaps = compare((published.FOLDER / name).read_text(encoding="utf-8", errors="replace"))
        assert [gap.what for gap in gaps if not gap.holds] == []


def test_agreement_is_as_published() -> None:
    assert [gap.what for gap in published.agreements() if not gap.holds] == []


def _round(seed: int = 0, criteria: int = 4) -> tuple[list[Rating], list[Criterion]]:
    one = drawn(seed, works=24, experts=6, criteria=criteria, top=3)
    return one.ratings(), [Criterion(f"К{number + 1}", "", 2.0, (0, 1, 2, 3)) for number in range(criteria)]


def test_expected_and_observed_scores_meet_at_the_estimate() -> None:
    ratings, criteria = _round()
    coded = Coded.of(ratings, criteria, is_shared=True)
    seen = coded.observations()
    found = measure(seen)
    model = expected(seen, found.measure, found.thresholds)
    for column in seen.columns.T:
        left = np.bincount(column, seen.marks - model.mean, minlength=len(seen.facet))
        assert np.abs(left[~found.is_extreme]).max() < 1e-4
    assert found.residual < 1e-5
    assert abs(found.measure[24:30].mean()) < 1e-6
    assert abs(found.thresholds[0].mean()) < 1e-9


def test_a_report_tells_works_experts_and_criteria() -> None:
    ratings, criteria = _round()
    found = report(ratings, criteria)
    assert (len(found.works), len(found.experts), len(found.criteria)) == (24, 6, 4)
    assert [one.count for one in found.experts] == [48] * 6
    assert all(0.3 < one.infit < 2.5 and one.se > 0 for one in found.experts)
    assert all(0 <= one.low < one.fair < one.high <= 24 for one in found.fair)
    assert (found.left_out, len(found.thresholds), len(found.thresholds[0])) == ((), 1, 3)
    apart = report(ratings, criteria, steps="pcm")
    assert len(apart.thresholds) == 4
    order = np.argsort([one.fair for one in found.fair])
    assert np.corrcoef(order, np.argsort([one.fair for one in apart.fair]))[0, 1] > 0.8


def test_severe_experts_are_found_severe() -> None:
    one = drawn(1, works=90, experts=12, criteria=6, top=3)
    zeros = np.zeros(6, dtype=np.int64)
    found = marginal(Marks(one.work, one.expert, one.criterion, one.mark, zeros, zeros))
    assert np.corrcoef(found.expert, one.severity)[0, 1] > 0.95
    assert np.corrcoef(found.criterion, one.difficulty)[0, 1] > 0.95
    assert 0.9 <= np.mean(np.abs(found.work - one.ability) < 1.96 * found.work_se) <= 0.99
    # Nobody's marks are told apart from the model when sheets do not hang together.
    assert found.dispersion < 1.3
    with_halo = drawn(1, works=90, experts=12, criteria=6, top=3, halo=1.0)
    columns = (with_halo.work, with_halo.expert, with_halo.criterion, with_halo.mark)
    wide = marginal(Marks(*columns, zeros, zeros))
    assert wide.dispersion > 1.8
    assert wide.work_se.mean() > found.work_se.mean()


def test_criteria_of_one_mark_are_left_out_but_counted() -> None:
    ratings, criteria = _round()
    same = [*ratings, *(Rating(f"{work:04}", "000", "К9", 3) for work in range(24))]
    plain = report(ratings, criteria)
    found = report(same, [*criteria, Criterion("К9", "", 2.0, (0, 1, 2, 3))])
    assert found.left_out == ("К9",)
    assert [one.fair - 6 for one in found.fair] == pytest.approx([one.fair for one in plain.fair])


def test_a_rubric_of_another_scale_comes_in_points_of_the_round() -> None:
    ratings, criteria = _round()
    other = [
        Rating(one.work, one.expert, f"Н{one.criterion}", one.value) for one in ratings if one.work >= "0012"
    ]
    mixed = [one for one in ratings if one.work < "0012"] + other
    rubric = [Criterion(f"Н{one.key}", "Наставничество", 1.0, one.values, 2.0) for one in criteria]
    found = report(mixed, [*criteria, *rubric])
    assert len(found.criteria) == 8
    means = [sum(one.measure for one in found.criteria[start : start + 4]) for start in (0, 4)]
    assert means == pytest.approx([0, 0], abs=1e-6)
    assert all(0 <= one.fair <= 24 for one in found.fair)


def test_gaps_between_marks_are_closed() -> None:
    ratings, criteria = _round()
    doubled = [Rating(one.work, one.expert, one.criterion, 2 * one.value) for one in ratings]
    wide = [Criterion(one.key, "", 1.0, (0, 2, 4, 6)) for one in criteria]
    assert report(doubled, wide).fair == report(ratings, criteria).fair


def test_works_of_only_top_marks_are_placed_beyond_the_others() -> None:
    ratings, criteria = _round()
    best = [
        Rating(one.work, one.expert, one.criterion, 3 if one.work == "0000" else one.value) for one in ratings
    ]
    found = report(best, criteria)
    first = found.works[0]
    assert (first.name, first.is_extreme) == ("0000", True)
    assert first.measure > max(one.measure for one in found.works[1:])
    assert found.fair[0].fair < 24
    worst = [
        Rating(one.work, one.expert, one.criterion, 0 if one.work == "0000" else one.value) for one in ratings
    ]
    assert report(worst, criteria).works[0].measure < min(one.measure for one in found.works[1:])


def test_nobody_is_extreme_where_everybody_is() -> None:
    ratings = [
        Rating(f"{work:02}", f"{expert}", f"К{what}", 1 if work < 6 else 0)
        for work, expert, what in product(range(12), range(3), range(2))
    ]
    found = report(ratings, [Criterion("К0", "", 1.0, (0, 1)), Criterion("К1", "", 1.0, (0, 1))])
    assert all(np.isfinite(one.fair) for one in found.fair)


few = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 3), st.integers(0, 2), st.integers(0, 3)),
    min_size=20,
    max_size=60,
    unique_by=lambda one: one[:3],
)


@settings(max_examples=20, deadline=None)
@given(few)
def test_whatever_the_marks_every_figure_is_a_number(rows: list[tuple[int, int, int, int]]) -> None:
    ratings = [Rating(f"{work:02}", f"{expert}", f"К{what}", mark) for work, expert, what, mark in rows]
    try:
        found = report(ratings, [Criterion(f"К{what}", "", 1.0, (0, 1, 2, 3)) for what in range(3)])
    except TooLittle:
        return
    figures = [value for one in found.fair for value in (one.fair, one.se, one.low, one.high)]
    for element in (*found.works, *found.experts, *found.criteria):
        figures += [element.measure, element.se, element.infit, element.outfit_z, element.shrunken_se]
    assert np.isfinite(figures).all()


@pytest.mark.parametrize("kept", [9, 0])
def test_too_few_works_are_said(kept: int) -> None:
    ratings, criteria = _round()
    with pytest.raises(TooLittle):
        report([one for one in ratings if one.work < f"{kept:04}"], criteria)


def test_one_element_is_not_told_apart() -> None:
    found = published.stress(MOTHERS[:, 0], MOTHERS[:, 1], low=147)
    assert facet_of(found, np.arange(1)) == Facet(0.0, 0.0, 0.0, 1 / 3, 0.0, 0.0, 0)


def test_the_plain_rasch_model_has_no_experts() -> None:
    one = drawn(2, works=60, experts=4, criteria=5, top=1)
    zeros = np.zeros(5, dtype=np.int64)
    found = marginal(Marks(one.work, 0 * one.expert, one.criterion, one.mark, zeros, zeros), expert_sd=0)
    assert (found.expert.tolist(), found.dispersion) == ([0.0], 1.0)
    assert found.criterion.tolist() == sorted(found.criterion.tolist())


def test_experts_may_stay_unshrunk() -> None:
    one = drawn(3, works=40, experts=6, criteria=4, top=3)
    zeros = np.zeros(4, dtype=np.int64)
    marks = Marks(one.work, one.expert, one.criterion, one.mark, zeros, zeros)
    assert marginal(marks, expert_sd=np.inf).expert.std() > marginal(marks).expert.std()


def test_alpha_icc_and_kappa_of_nothing_are_nothing() -> None:
    alone = agreement.table_of([("Д-1", "А", 3.0), ("Д-2", "Б", 4.0)])
    alike = agreement.table_of([("Д-1", "А", 3.0), ("Д-1", "Б", 3.0), ("Д-2", "А", 3.0), ("Д-2", "Б", 3.0)])
    assert (agreement.alpha(alone), agreement.alpha(alike)) == (None, None)
    assert (agreement.icc_one_way(alone), agreement.icc_one_way(alike)) == (None, None)
    assert agreement.weighted_kappa([2, 2], [2, 2]) is None
    assert agreement.kappa_of_pairs([(1, "А", 2.0), (1, "Б", 2.0)]) is None


def test_icc_of_equal_counts_is_shrout_and_fleiss() -> None:
    table = np.array(published.JUDGES, dtype=float)
    single, mean = agreement.icc_one_way(table) or (0, 0)
    whole = agreement.icc(table)
    assert (single, mean) == (pytest.approx(whole.one_way), pytest.approx(whole.one_way_mean))
    table[0, 3] = np.nan
    gap = agreement.icc_one_way(table)
    assert gap is not None
    assert 0 < gap[0] < gap[1] < 1
    flat = agreement.icc_one_way(np.array([[1.0, 3.0], [3.0, 1.0]]))
    assert flat == (-1.0, 0.0)


def test_kappa_is_the_mean_over_pairs_by_common_marks() -> None:
    one, other = [0, 1, 2, 3, 1, 2], [0, 1, 2, 3, 2, 2]
    assert agreement.weighted_kappa(one, other) == pytest.approx(0.9090909)
    assert agreement.weighted_kappa(one, one) == pytest.approx(1)
    marks = [
        (unit, letter, float(value))
        for letter, row in (("А", one), ("Б", other))
        for unit, value in enumerate(row)
    ]
    found = agreement.kappa_of_pairs([*marks, (0, "В", 1.0)])
    assert found == agreement.Kappa(pytest.approx(0.9090909), 1, 6)


def test_thresholds_may_be_given_and_turns_may_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings, criteria = _round()
    seen = Coded.of(ratings, criteria, is_shared=True).observations()
    free = measure(seen)
    fixed = measure(seen, free.thresholds)
    assert fixed.thresholds.tolist() == free.thresholds.tolist()
    assert np.abs(fixed.measure - free.measure).max() < 1e-4
    monkeypatch.setattr(facets, "TURNS", 1)
    assert measure(seen).residual > 1

"""Additive severity, connection, doubt, ranks, the shipped script: small rounds with a known truth."""

from dataclasses import dataclass
from math import isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innoset.review.pure.calibration import (
    Fate,
    Help,
    Sheet,
    Subset,
    TooLittle,
    additive,
    fates,
    line_of,
    most_helpful,
    places,
    probability_above,
    subsets,
)
from innoset.review.pure.calibration.additive import RATIOS, design_of
from innoset.review.pure.calibration.exports import Line, marks_csv, result_text
from innoset.review.pure.calibration.replay import replay
from innoset.review.pure.letters import letters_of
from tools.bench.calibration import tried
from tools.bench.raters import Setting, totals


@dataclass(frozen=True)
class Row:
    """A measured work."""

    dossier_id: int
    fair: float
    se: float


SHEETS = [
    Sheet("Д-1", "А", 9.0),
    Sheet("Д-1", "Б", 5.0),
    Sheet("Д-2", "А", 7.0),
    Sheet("Д-2", "Б", 4.0),
    Sheet("Д-3", "А", 8.0),
    Sheet("Д-4", "Б", 6.0),
]


def test_a_work_of_the_strict_expert_rises_above_its_raw_place() -> None:
    found = additive(SHEETS, 12)
    assert [(one.code, one.count, one.raw, one.rank_raw, one.rank_fair) for one in found.works] == [
        ("Д-1", 2, 7.0, 2, 2),
        ("Д-2", 2, 5.5, 4, 4),
        ("Д-3", 1, 8.0, 1, 3),
        ("Д-4", 1, 6.0, 3, 1),
    ]
    assert [(one.letter, one.count, one.severity < 0) for one in found.experts] == [
        ("А", 4 - 1, True),
        ("Б", 3, False),
    ]
    assert all(0 <= one.low < one.fair < one.high <= 12 for one in found.works)
    assert isclose(sum(one.severity for one in found.experts), 0, abs_tol=1e-5)
    assert 0 <= found.reliability <= 1


@pytest.mark.parametrize(
    "sheets",
    [
        [],
        SHEETS[:2],
        [Sheet(f"Д-{number}", "А", float(number)) for number in range(9)],
        [Sheet("Д-1", letter, float(number)) for number, letter in enumerate("АБВГД")],
        [Sheet(one.work, one.expert, 5.0) for one in SHEETS],
    ],
    ids=["none", "two", "one expert", "one work", "all alike"],
)
def test_too_little_is_said(sheets: list[Sheet]) -> None:
    with pytest.raises(TooLittle):
        additive(sheets, 12)


def test_the_order_of_sheets_changes_nothing() -> None:
    assert result_text(additive(SHEETS[::-1], 12)) == result_text(additive(SHEETS, 12))


def _dense(sheets: list[Sheet]) -> tuple[list[float], list[float]]:
    """Solve Henderson's equations plainly at every pair of ratios; return the means and errors of works."""
    design = design_of(sheets)
    works, experts = design.shape
    rows = np.arange(len(sheets))
    matrix = np.zeros((len(sheets), 1 + works + experts))
    matrix[:, 0] = matrix[rows, 1 + design.work] = matrix[rows, 1 + works + design.expert] = 1
    wanted = np.hstack([np.ones((works, 1)), np.eye(works), np.full((works, experts), 1 / experts)])
    logs, means, variances = [], [], []
    for one in RATIOS:
        for other in RATIOS:
            penalty = np.repeat([0, one**-2, other**-2], [1, works, experts])
            whole = matrix.T @ matrix + np.diag(penalty)
            effects = np.linalg.solve(whole, matrix.T @ design.total)
            left = design.total @ design.total - effects @ (matrix.T @ design.total)
            det = np.linalg.slogdet(whole)[1] - np.log(penalty[1:]).sum()
            prior = np.log(one * other) - np.log1p(one**2) - np.log1p(other**2)
            logs.append(prior - ((len(sheets) - 1) * np.log(left) + det) / 2)
            means.append(wanted @ effects)
            variances.append(left / (len(sheets) - 3) * np.diag(wanted @ np.linalg.solve(whole, wanted.T)))
    weights = np.exp(np.array(logs) - max(logs))
    weights /= weights.sum()
    mean = weights @ np.array(means)
    error = np.sqrt(weights @ (np.array(variances) + (np.array(means) - mean) ** 2))
    return list(mean), list(error)


def test_the_eigenbasis_solves_the_mixed_model_equations() -> None:
    found, (means, errors) = additive(SHEETS, 12), _dense(SHEETS)
    assert [one.fair for one in found.works] == pytest.approx(means, abs=1e-6)
    assert [one.se for one in found.works] == pytest.approx(errors, abs=1e-6)


marks = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 4), st.integers(0, 20)),
    min_size=6,
    max_size=24,
    unique_by=lambda one: one[:2],
)


@settings(max_examples=15, deadline=None)
@given(marks)
def test_the_shipped_script_prints_the_same_to_the_last_digit(rows: list[tuple[int, int, int]]) -> None:
    sheets = [Sheet(f"Д-{work}", "АБВГД"[expert], float(value)) for work, expert, value in rows]
    lines = [Line(one.work, one.expert, "К1", "1.00", 20, int(one.total), one.total) for one in sheets]
    try:
        found = additive(sheets, 20)
    except TooLittle:
        return
    assert replay("\ufeff" + marks_csv(lines, 20)) == result_text(found)


def test_the_table_of_marks_is_written_as_offices_read_it() -> None:
    lines = [Line("Д-1", "А", "К1", "1.50", 3, 2, 10 / 3), Line("Д-1", "А", "К2", "1.00", 3, None, 10 / 3)]
    assert marks_csv(lines, 12.5) == (
        "Дело;Эксперт;Критерий;Вес;Наибольший балл;Балл;Сумма листа;Наибольшая сумма\n"
        "Д-1;А;К1;1,50;3;2;3,333333;12,5\n"
        "Д-1;А;К2;1,00;3;не применимо;3,333333;12,5\n"
    )


def test_groups_without_common_experts_are_named() -> None:
    pairs = [("Д-3", "В"), ("Д-1", "А"), ("Д-2", "А"), ("Д-2", "Б"), ("Д-4", "Г"), ("Д-4", "В")]
    assert subsets(pairs) == (
        Subset(("Д-1", "Д-2"), ("А", "Б")),
        Subset(("Д-3", "Д-4"), ("В", "Г")),
    )
    assert subsets([]) == ()


def test_places_are_shared_and_fates_differ() -> None:
    assert places([5.0, 7.0, 5.0, 9.0]) == [3, 2, 3, 1]
    assert fates({1: (1, 3), 2: (2, 2), 3: (3, 1)}, 1) == [Fate(1, 1, 3, True), Fate(3, 3, 1, False)]
    assert fates({1: (1, 2), 2: (2, 1)}, 2) == []


def test_the_chance_to_be_above_the_line() -> None:
    rows = [Row(1, 8.0, 1.0), Row(2, 6.0, 2.0), Row(3, 9.0, 0.0), Row(4, 7.0, 0.0)]
    assert {key: round(chance, 4) for key, chance in probability_above(rows, 8.0).items()} == {
        1: 0.5,
        2: 0.1587,
        3: 1.0,
        4: 0.0,
    }


def test_the_line_lies_between_the_last_in_and_the_first_out() -> None:
    rows = [Row(1, 8.0, 1.0), Row(2, 6.0, 1.0), Row(3, 9.0, 1.0)]
    assert (line_of(rows, 2), line_of(rows, 0), line_of(rows, 3)) == (7.0, None, None)


def test_one_more_review_helps_most_where_the_doubt_is() -> None:
    rows = [Row(1, 8.1, 1.0), Row(2, 12.0, 1.0), Row(3, 6.8, 1.0), Row(4, 8.0, 0.0)]
    found = most_helpful(rows, 8.0, 1.5)
    assert [(one.dossier_id, round(one.now, 3)) for one in found] == [(1, 0.46)]
    assert all(0 < one.after < one.now for one in found)
    assert Help(1, 0.4, 0.3).gain == pytest.approx(0.1)


def test_the_doubt_after_a_review_is_what_simulation_says() -> None:
    fair, error, noise, line = 8.4, 1.2, 1.5, 8.0
    random = np.random.default_rng(5)
    truth = random.normal(fair, error, 200_000)
    seen = truth + random.normal(0, noise, len(truth))
    after = (fair / error**2 + seen / noise**2) / (error**-2 + noise**-2)
    wrong = ((after >= line) != (truth >= line)).mean()
    (found,) = most_helpful([Row(1, fair, error)], line, noise)
    assert found.after == pytest.approx(wrong, abs=0.004)


def test_letters_go_round_the_alphabet() -> None:
    found = letters_of(range(30))
    assert (found[0], found[27], found[28], found[29]) == ("А", "Я", "А2", "Б2")


def test_calibration_finds_more_of_the_best_and_z_scores_do_harm() -> None:
    biased = tried(Setting(), 16)
    assert biased.gain > 0.01
    assert 0.90 <= biased.works <= 0.99
    assert 0.90 <= biased.experts <= 0.99
    plain = tried(Setting(works=60, bias=0.3), 24)
    assert plain.gain > -0.015
    # The negative control: what others offer loses good works where each expert sees few.
    assert plain.z_gain < plain.gain - 0.02
    assert plain.z_gain < 0


@pytest.mark.parametrize("setting", [Setting(is_heavy=True), Setting(is_skewed=True), Setting(centre=9.0)])
def test_intervals_hold_when_the_model_is_wrong(setting: Setting) -> None:
    assert 0.90 <= tried(setting, 5).works <= 0.99


def test_hundreds_of_works_are_calibrated_as_well() -> None:
    one = totals(0, Setting(works=600, experts=150))
    found = additive(one.sheets, 12)
    assert np.corrcoef([work.fair for work in found.works], one.quality)[0, 1] > 0.85

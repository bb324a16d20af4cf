"""The whole result of a calibration as it is kept, its words, the pace of sheets."""

from datetime import UTC, date, datetime

import pytest

from innoset.review.pure.calibration import Criterion, TooLittle
from innoset.review.pure.calibration.exports import Line
from innoset.review.pure.calibration.whole import Evidence, reckon, sha256_of
from innoset.review.pure.calibration.words import (
    alpha_in_words,
    criterion_in_words,
    fit_in_words,
    lines_of_agreement,
    severity_in_words,
)
from innoset.review.pure.pace import MOST_DAYS, Day, Finish, Strip, pace_of
from tools.bench.raters import marks

CRITERIA = tuple(Criterion(f"К{number}", "", 1.0, (0, 1, 2, 3)) for number in (1, 2, 3))


def _evidence(works: int) -> Evidence:
    one = marks(0, works=works, experts=4, criteria=3, top=3)
    given: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for rating in one.ratings():
        given.setdefault((rating.work, rating.expert), []).append((rating.criterion, rating.value))
    sums = {key: float(sum(value for _, value in found)) for key, found in given.items()}
    lines = tuple(
        Line(work, expert, criterion, "1.00", 3, value, sums[work, expert])
        for (work, expert), found in sorted(given.items())
        for criterion, value in found
    )
    raw = {work: (1.0, place) for place, work in enumerate(sorted({one.work for one in lines}), 1)}
    return Evidence(lines, CRITERIA, 9.0, raw)


def test_the_result_is_plain_and_has_one_checksum() -> None:
    evidence = _evidence(12)
    found = reckon(evidence)
    assert sorted(found) == ["agreement", "experts", "report", "rows", "spread", "subsets"]
    assert [row["work"] for row in found["rows"]] == [f"{number:04}" for number in range(12)]
    assert sorted(found["rows"][0]) == [
        "count", "fair", "fit", "high", "low", "measure", "rank_fair", "rank_raw", "raw", "se", "work",
    ]  # fmt: skip
    assert [row["rank_raw"] for row in found["rows"]] == list(range(1, 13))
    assert abs(sum(row["measure"] for row in found["rows"])) < 1e-4
    assert found["report"]["left_out"] == []
    assert sha256_of(found) == sha256_of(reckon(_evidence(12)))
    assert evidence.sha256 == _evidence(12).sha256


def test_the_rasch_model_gives_points_and_logits() -> None:
    plain, rasch, apart = (reckon(_evidence(12), method) for method in ("additive", "rsm", "pcm"))
    logits = {one["name"]: one["shrunken"] for one in rasch["report"]["works"]}
    assert [row["measure"] for row in rasch["rows"]] == [logits[row["work"]] for row in rasch["rows"]]
    assert all(0 <= row["low"] <= row["fair"] <= row["high"] <= 9 for row in rasch["rows"])
    assert rasch["experts"] == plain["experts"]
    assert (len(rasch["report"]["thresholds"]), len(apart["report"]["thresholds"])) == (1, 3)


def test_few_works_are_reckoned_by_sums_only() -> None:
    evidence = _evidence(5)
    assert reckon(evidence)["report"] is None
    with pytest.raises(TooLittle):
        reckon(evidence, "rsm")


def test_agreement_of_single_sheets_is_unknown() -> None:
    whole = _evidence(12)
    first: dict[str, str] = {}
    alone = tuple(one for one in whole.lines if first.setdefault(one.work, one.expert) == one.expert)
    assert reckon(Evidence(alone, CRITERIA, 9.0, whole.raw))["agreement"] == {
        "alpha_totals": None,
        "alpha_marks": None,
        "icc": None,
        "icc_mean": None,
        "kappa": None,
    }


def test_severity_and_criteria_in_words() -> None:
    edges = ((0.1, 2), (-2, -0.1), (-1, 1))
    assert [severity_in_words(*one) for one in edges] == ["строже комиссии", "мягче комиссии", "как комиссия"]
    assert [criterion_in_words(*one) for one in edges] == [
        "высокие баллы реже, чем у других",
        "высокие баллы чаще, чем у других",
        "как у других",
    ]


@pytest.mark.parametrize(
    ("square", "deviate", "count", "said"),
    [
        (9.0, 9.0, 3, "мало оценок, чтобы судить"),
        (1.6, 0.0, 9, "ставит слишком разбросанно"),
        (1.3, 2.5, 9, "ставит слишком разбросанно"),
        (1.3, 1.0, 9, "ставит ровно"),
        (0.4, 0.0, 9, "ставит слишком похоже"),
        (0.7, -2.5, 9, "ставит слишком похоже"),
        (0.7, -1.0, 9, "ставит ровно"),
    ],
)
def test_fit_in_words(square: float, deviate: float, count: int, said: str) -> None:
    assert fit_in_words(square, deviate, count) == said


def test_agreement_in_words() -> None:
    assert [alpha_in_words(value) for value in (None, 0.9, 0.7, 0.5, 0.1)] == [
        "нет дел, которые оценили хотя бы двое",
        "эксперты оценивают одинаково",
        "согласия хватает для осторожных выводов",
        "согласие слабое, одного эксперта на дело мало",
        "согласия почти нет, места случайны без ещё одного отзыва",
    ]
    nothing = lines_of_agreement(
        {"alpha_totals": None, "alpha_marks": None, "icc": None, "icc_mean": None, "kappa": None}
    )
    assert [value for _, value, _ in nothing] == [None] * 5
    known = lines_of_agreement(
        {
            "alpha_totals": 0.9,
            "alpha_marks": 0.5,
            "icc": 0.6,
            "icc_mean": 0.8,
            "kappa": {"mean": 0.4, "pairs": 3, "marks": 20},
        }
    )
    assert [value for _, value, _ in known] == [0.9, 0.5, 0.6, 0.8, 0.4]
    assert known[4][2] == "среднее по парам с общими делами, пар: 3"


def _at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_the_pace_is_told_by_moscow_days() -> None:
    finishes = [Finish(2, _at(2)), Finish(1, _at(3, 22)), Finish(1, _at(4)), Finish(1, _at(5))]
    pace = pace_of(finishes, 5, opens=_at(2), closes=_at(4))
    assert pace.days == (
        Day(date(2026, 11, 2), 1, 0.2),
        Day(date(2026, 11, 3), 0, 0.2),
        Day(date(2026, 11, 4), 2, 0.6),
        Day(date(2026, 11, 5), 1, 0.8),
    )
    assert pace.strips == (Strip(1, (0, 0, 2, 1)), Strip(2, (1, 0, 0, 0)))
    assert (pace.strips[0].total, pace.days[3].percent, pace.last_day_share) == (3, 80, 0.75)
    assert pace.halfway == date(2026, 11, 4)


def test_a_long_round_shows_its_last_two_months() -> None:
    pace = pace_of([], 4, opens=datetime(2026, 1, 1, tzinfo=UTC), closes=_at(4))
    assert (len(pace.days), pace.halfway, pace.last_day_share) == (MOST_DAYS, None, 0.0)

"""The doubtful zone round a cut line."""

from decimal import Decimal

import pytest

from innoset.contests.pure.doubt import Doubt, chance_above, doubt, line_of
from innoset.contests.pure.standing import Interval, Rules, place
from tests.pure.contests.test_standing import candidate


def test_the_line_lies_between_the_last_above_and_the_first_below() -> None:
    rows = [candidate(1, "90"), candidate(2, "80"), candidate(3, "70")]
    assert line_of(place(rows, Rules(line=2))) == 75.0
    assert line_of(place(rows, Rules(threshold=Decimal(85)))) == 85.0


def test_without_works_on_both_sides_there_is_no_line() -> None:
    rows = [candidate(1, "90"), candidate(2, "80")]
    assert line_of(place(rows, Rules())) is None
    assert line_of(place(rows, Rules(line=0))) is None
    assert doubt(place(rows, Rules()), {}) == Doubt()


def test_whom_a_quota_passes_over_does_not_move_the_line() -> None:
    rows = [
        candidate(1, "90"),
        candidate(2, "88"),
        candidate(3, "80", municipality="Сочи"),
        candidate(4, "70"),
    ]
    assert line_of(place(rows, Rules(line=3, municipality_quota=1))) == 75.0


def test_a_work_is_doubtful_when_the_line_crosses_its_interval() -> None:
    placed = place(
        [candidate(1, "90"), candidate(2, "76"), candidate(3, "74"), candidate(4, "40")], Rules(line=2)
    )
    sure = {f"2026-000{number}": Interval(total, 5) for number, total in ((1, 90), (2, 76), (3, 74))}
    found = doubt(placed, {**sure, "2026-0004": Interval(40, 0)})
    assert (found.line, found.zone) == (75.0, {"2026-0002", "2026-0003"})
    assert set(found.above) == set(sure)
    assert found.above["2026-0002"] == pytest.approx(1 - found.above["2026-0003"])
    assert found.above["2026-0001"] > 0.999


def test_the_chance_is_a_half_on_the_line_and_follows_the_normal_law() -> None:
    assert chance_above(75, Interval(75, 3)) == 0.5
    assert chance_above(75, Interval(76, 1.959964)) == pytest.approx(0.841345, abs=1e-6)
    assert chance_above(70, Interval(75, 5)) == pytest.approx(0.975, abs=1e-6)

"""The parts of a defence in time."""

from datetime import UTC, datetime, timedelta

import pytest

from innoset.review.pure.conduct import Timer, minutes_late, seconds_of, usual_step
from innoset.review.states import Phase

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_two_thirds_of_the_time_are_for_the_speech() -> None:
    assert {phase: seconds_of(phase, 15) for phase in Phase} == {
        Phase.WAITING: 0,
        Phase.SPEECH: 600,
        Phase.QUESTIONS: 300,
        Phase.MARKING: 180,
        Phase.REVEALED: 0,
        Phase.BREAK: 600,
        Phase.OVER: 0,
    }
    assert (seconds_of(Phase.SPEECH, 10), seconds_of(Phase.QUESTIONS, 10)) == (420, 180)


@pytest.mark.parametrize(
    ("after", "shown"), [(0, "10:00"), (65, "8:55"), (600, "0:00"), (661, "+1:01"), (-5, "10:00")]
)
def test_a_timer_runs_down_and_over(after: int, shown: str) -> None:
    assert Timer(AT, 600).shown(AT + timedelta(seconds=after)) == shown


def test_a_paused_timer_stands_still() -> None:
    timer = Timer(AT, 60, AT + timedelta(seconds=20))
    assert {timer.shown(AT + timedelta(seconds=n)) for n in (20, 90, 4000)} == {"0:40"}
    assert timer.spent(AT) == 20


def test_without_a_limit_the_time_spent_is_shown() -> None:
    assert Timer(AT, 0).shown(AT + timedelta(seconds=75)) == "1:15"


@pytest.mark.parametrize(("late", "moved"), [(-30, 0), (0, 0), (2, 0), (3, 5), (20, 20), (22, 20), (23, 25)])
def test_a_day_is_moved_by_whole_fives(late: int, moved: int) -> None:
    assert minutes_late(AT, AT + timedelta(minutes=late)) == moved


@pytest.mark.parametrize(
    ("phase", "called", "more", "step"),
    [
        (Phase.WAITING, True, True, "start"),
        (Phase.WAITING, False, True, "call"),
        (Phase.WAITING, False, False, "finish"),
        (Phase.SPEECH, True, True, "ask"),
        (Phase.QUESTIONS, True, False, "mark"),
        (Phase.MARKING, True, False, "reveal"),
        (Phase.REVEALED, True, True, "call"),
        (Phase.REVEALED, True, False, "finish"),
        (Phase.BREAK, False, True, "call"),
        (Phase.OVER, False, True, "call"),
        (Phase.OVER, False, False, ""),
    ],
)
def test_one_button_is_enough_most_of_the_time(phase: Phase, called: bool, more: bool, step: str) -> None:
    assert usual_step(phase, is_called=called, has_following=more) == step

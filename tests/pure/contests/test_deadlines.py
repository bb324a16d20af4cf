"""Deadlines: the last moment, the grace, extensions, warnings."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure.deadlines import (
    Deadline,
    Longer,
    Verdict,
    extended,
    key_of_automatic,
    mending_extended,
    rounded_up,
    sentence,
    warning_due,
)

END = datetime.fromisoformat("2026-12-05T17:00:00+03:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("grace", "at", "verdict"),
    [
        (10, END - TICK, Verdict.IN_TIME),
        (10, END, Verdict.IN_GRACE),
        (10, END + 10 * MINUTE - TICK, Verdict.IN_GRACE),
        (10, END + 10 * MINUTE, Verdict.LATE),
        (0, END - TICK, Verdict.IN_TIME),
        (0, END, Verdict.LATE),
    ],
)
def test_every_moment_has_one_verdict(grace: int, at: datetime, verdict: Verdict) -> None:
    assert Deadline(END, grace).verdict(at) == verdict


def test_the_rule_is_said_openly() -> None:
    assert [Deadline(END, grace).in_words() for grace in (0, 1, 10)] == [
        "Принимаем до 5 декабря 2026 г., 17:00 МСК.",
        "Принимаем до 5 декабря 2026 г., 17:00 МСК; ещё 1 минута — допуск на сбои связи.",
        "Принимаем до 5 декабря 2026 г., 17:00 МСК; ещё 10 минут — допуск на сбои связи.",
    ]
    assert [Deadline(END, grace).passed_in_words("Приём закончился") for grace in (0, 10)] == [
        "Приём закончился 5 декабря 2026 г., 17:00 МСК.",
        "Приём закончился 5 декабря 2026 г., 17:00 МСК. Допуск на сбои связи, 10 минут, тоже прошёл.",
    ]


def test_the_latest_extension_wins_and_none_makes_a_term_shorter() -> None:
    all_, one = Longer(END, END + HOUR), Longer(END, END + DAY, is_for_all=False)
    assert extended(END, []) == END
    assert extended(END, [all_]) == END + HOUR
    assert extended(END, [one, all_]) == END + DAY
    assert extended(END + 2 * DAY, [one, all_]) == END + 2 * DAY


def test_a_term_of_mending_is_made_longer_only_by_its_own_extensions() -> None:
    earlier = Longer(END, END + 3 * DAY, is_for_all=False)
    own = Longer(END + DAY, END + 2 * DAY, is_for_all=False)
    for_all = Longer(END + DAY, END + 9 * DAY)
    assert mending_extended(END + DAY, [earlier, for_all]) == END + DAY
    assert mending_extended(END + DAY, [earlier, own, for_all]) == END + 2 * DAY


@pytest.mark.parametrize(
    ("left", "hours"),
    [
        (73 * HOUR, None),
        (72 * HOUR, 72),
        (24 * HOUR + TICK, 72),
        (24 * HOUR, 24),
        (3 * HOUR, 3),
        (TICK, 3),
        (0 * HOUR, None),
        (-HOUR, None),
    ],
)
def test_only_the_nearest_warning_is_due(left: timedelta, hours: int | None) -> None:
    assert warning_due(left) == hours


@given(st.integers(min_value=0, max_value=500))
def test_minutes_are_rounded_up_to_five(minutes: int) -> None:
    assert rounded_up(minutes) % 5 == 0
    assert 0 <= rounded_up(minutes) - minutes < 5


@pytest.mark.parametrize(
    ("said", "sentence_"),
    [(" Связь ", "Связь."), ("Связь.", "Связь."), ("Почему?", "Почему?"), ("Да…", "Да…")],
)
def test_a_reason_is_a_sentence(said: str, sentence_: str) -> None:
    assert sentence(said) == sentence_


def test_each_deadline_has_its_own_key() -> None:
    assert key_of_automatic(END) == key_of_automatic(END.astimezone()) != key_of_automatic(END + MINUTE)

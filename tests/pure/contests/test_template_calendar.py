"""The calendar of a contest: faults in words, the same a year later."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure.calendar import (
    ORDER,
    Fault,
    Point,
    StagePlan,
    a_year_later,
    faults,
    in_order,
    missing_words,
)
from innoset.foundation.calendar import SchoolYear
from innoset.foundation.russian import MOSCOW


def at(day: int, hour: int = 9, month: int = 9) -> datetime:
    """Return a moment of autumn 2026 in Moscow."""
    return datetime(2026, month, day, hour, tzinfo=MOSCOW)


def plan(kind: str, first: int, last: int, hour: int = 18) -> StagePlan:
    """Make a stage of September."""
    return StagePlan(kind, at(first), at(last, hour))


WHOLE = (
    plan("submission", 1, 5),
    plan("check", 1, 7),
    plan("remote", 8, 12),
    plan("defence", 14, 15),
    plan("council", 16, 16),
    plan("results", 17, 20),
)


def without(kind: str) -> list[StagePlan]:
    """Return the whole calendar but one stage."""
    return [stage for stage in WHOLE if stage.kind != kind]


def test_a_whole_calendar_has_no_faults() -> None:
    assert faults(WHOLE, has_defence=True) == ()


def test_a_contest_without_defence_needs_no_such_stage() -> None:
    assert faults(without("defence"), has_defence=False) == ()


def test_absent_stages_are_named() -> None:
    assert faults(without("defence"), has_defence=True) == (
        Fault("defence", "starts_at", "Укажите начало и конец этапа «Открытая защита»."),
    )
    assert missing_words(without("remote")[1:], has_defence=True) == "«Приём заявок» и «Заочная экспертиза»"


def test_a_stage_that_runs_backwards() -> None:
    stages = [*without("council"), StagePlan("council", at(16, 18), at(16, 9))]
    assert faults(stages, has_defence=True) == (
        Fault(
            "council",
            "ends_at",
            "Этап «Заседание совета» кончается раньше, чем начинается. "
            "Поставьте конец позже 16 сентября 2026 г., 18:00 МСК.",
        ),
    )


def test_stages_that_overlap() -> None:
    found = faults([*without("remote"), plan("remote", 6, 12)], has_defence=True)
    assert found == (
        Fault(
            "remote",
            "starts_at",
            "Этап «Заочная экспертиза» начинается, когда этап «Техническая экспертиза» ещё идёт. "
            "Поставьте начало не раньше 7 сентября 2026 г., 18:00 МСК.",
        ),
    )
    assert found[0].field == "remote_starts_at"


def test_the_check_runs_beside_the_reception_but_neither_before_nor_shorter() -> None:
    early = [plan("submission", 2, 5), plan("check", 1, 4), *WHOLE[2:]]
    assert [fault.text for fault in faults(early, has_defence=True)] == [
        (
            "Этап «Техническая экспертиза» начинается раньше, чем приём заявок. "
            "Поставьте начало не раньше 2 сентября 2026 г., 09:00 МСК."
        ),
        (
            "Этап «Техническая экспертиза» кончается раньше, чем приём заявок. "
            "Поставьте конец не раньше 5 сентября 2026 г., 18:00 МСК."
        ),
    ]


def test_a_stage_with_a_title_of_its_own_is_called_by_it() -> None:
    assert StagePlan("remote", at(1), at(2), "Первый тур").name == "«Первый тур»"


def test_stages_are_put_into_order() -> None:
    assert [stage.kind for stage in in_order(tuple(reversed(WHOLE)))] == list(ORDER)


def test_a_point_counts_weeks_from_the_one_with_the_first_of_september() -> None:
    # 1 September 2026 is a Tuesday, so its week begins on Monday 31 August.
    assert Point(0, 0).in_year(2026) == datetime(2026, 8, 31, 9, tzinfo=MOSCOW)
    assert Point(2, 4, 17, 30).in_year(2026) == datetime(2026, 9, 18, 17, 30, tzinfo=MOSCOW)


def test_nothing_moves_to_nothing() -> None:
    assert a_year_later(()) == []


def test_a_day_that_would_stay_in_the_old_school_year_goes_a_week_further() -> None:
    moved = a_year_later(WHOLE)
    assert [(one.starts_at.day, one.starts_at.month) for one in moved[:3]] == [(7, 9), (7, 9), (14, 9)]


@given(start=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), days=st.integers(1, 300))
def test_a_year_later_keeps_weekdays_hours_and_lengths(start: datetime, days: int) -> None:
    begins = start.replace(tzinfo=MOSCOW)
    before = StagePlan("submission", begins, begins + timedelta(days=days))
    (after,) = a_year_later([before])
    first, second = SchoolYear.of(before.starts_at.date()), SchoolYear.of(after.starts_at.date())
    assert second == first.next
    assert after.starts_at.weekday() == before.starts_at.weekday()
    assert after.starts_at.time() == before.starts_at.time()
    assert after.ends_at - after.starts_at == before.ends_at - before.starts_at
    assert 364 <= (after.starts_at - before.starts_at).days <= 371

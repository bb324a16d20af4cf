"""Roadmaps without a database: how measures stand, terms, candidate lines, plan and fact, the picture."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation.calendar import Month
from innoset.projects.pure.forms import Stage
from innoset.projects.pure.roadmap.candidates import candidates_in, origin_of, stage_name
from innoset.projects.pure.roadmap.gantt import Band, gantt_of, shortened
from innoset.projects.pure.roadmap.measures import Measure, Standing, standing_of, tally_of
from innoset.projects.pure.roadmap.plan_fact import Line, Total, plan_fact, share_of
from innoset.projects.pure.roadmap.terms import Term, term_in

DAY = date(2026, 11, 21)
S = Standing


def measure(days: int = 30, **facts: Any) -> Measure:
    """A measure whose deadline is so many days away."""
    return replace(Measure("Семинар", DAY + timedelta(days=days)), **facts)


@pytest.mark.parametrize(
    ("one", "standing"),
    [
        (measure(-1), S.OVERDUE),
        (measure(0), S.SOON),
        (measure(7), S.SOON),
        (measure(8), S.AHEAD),
        (measure(8, starts_on=DAY), S.UNDER_WAY),
        (measure(8, starts_on=DAY + timedelta(days=1)), S.AHEAD),
        (measure(8, done_percent=1), S.UNDER_WAY),
        (measure(-9, done_percent=100, done_on=DAY - timedelta(days=9)), S.DONE),
        (measure(-9, done_percent=100, done_on=DAY), S.LATE),
        (measure(-9, is_dropped=True), S.DROPPED),
    ],
)
def test_how_a_measure_stands(one: Measure, standing: Standing) -> None:
    assert standing_of(one, DAY) == standing


def test_what_is_said_of_all() -> None:
    late = measure(-34, title="Банк занятий", number=2)
    every = [measure(-1, number=1), late, measure(5, title="Замер"), measure(1, is_dropped=True)]
    done = measure(-3, done_percent=100)
    tally = tally_of([*every, done], DAY)
    assert (tally.total, tally.done, tally.overdue, tally.soon) == (4, 1, 2, 1)
    assert tally.finding == (
        "Выполнено 1 из 4 мероприятий. Просрочено 2, дольше всех «Банк занятий» — на 34 дня. "
        "Ближайший срок — 26 ноября 2026 г.: «Замер»."
    )
    assert tally_of([late], DAY).sentences[1] == "Просрочено 1: «Банк занятий», на 34 дня."
    assert tally_of([done], DAY).sentences == ("Выполнено 1 из 1 мероприятия.",)
    assert tally_of([measure(is_dropped=True)], DAY).finding == "В карте пока нет мероприятий."


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("15.12.2026", Term(date(2026, 12, 15))),
        ("до 15 декабря 2026 г.", Term(date(2026, 12, 15))),
        ("2026-12-15", Term(date(2026, 12, 15))),
        ("01.09.2026–15.12.2026", Term(date(2026, 12, 15), date(2026, 9, 1))),
        ("с 1 сентября 2026 г. по 15 декабря 2026 г.", Term(date(2026, 12, 15), date(2026, 9, 1))),
        ("1 сентября – 15 декабря 2026 г.", Term(date(2026, 12, 15), date(2026, 9, 1))),
        ("сентябрь–декабрь 2026 г.", Term(date(2026, 12, 31), date(2026, 9, 1))),
        ("Вебинар, март 2027 г.", Term(date(2027, 3, 31))),
        ("февраль 2028", Term(date(2028, 2, 29))),
        ("2026-2027 учебный год", Term(date(2027, 8, 31), date(2026, 9, 1))),
        ("15.12.2026 – 01.09.2026", Term(date(2026, 9, 1))),
        ("с сентября 2026 г.", Term(date(2026, 9, 30))),
        ("в течение года", None),
        ("", None),
    ],
)
def test_terms_as_people_write_them(text: str, term: Term | None) -> None:
    assert term_in(text) == term


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_term(text: str) -> None:
    found = term_in(text)
    assert found is None or found.starts_on is None or found.starts_on <= found.ends_on


# ── Candidate lines ─────────────────────────────────────────────────────────

FIRST = Stage(1, "Подготовительный", "", Month(2026, 9), Month(2026, 12), "", "")
SECOND = Stage(2, "", "", None, Month(2027, 5), "", "")
VALUES = {
    "12": "Набор каждый год",
    "13": "1. вебинар, ноябрь 2026 г.;\n2. сборник;\n3. вебинар, ноябрь 2026 г.",
}


def test_lines_become_candidates() -> None:
    found = candidates_in(VALUES, [FIRST, SECOND], taken=(), today=DAY)
    assert [(one.field, one.title, one.stage, one.ends_on, one.is_term_found) for one in found] == [
        ("12", "Набор каждый год", "Этап 2", date(2027, 5, 31), False),
        ("13", "Вебинар, ноябрь 2026 г.", "Этап 1. Подготовительный", date(2026, 11, 30), True),
        ("13", "Сборник", "Этап 2", date(2027, 5, 31), False),
    ]
    rest = candidates_in(VALUES, [FIRST, SECOND], taken={found[1].origin}, today=DAY)
    assert [one.title for one in rest] == ["Набор каждый год", "Сборник"]


def test_a_line_is_known_by_its_words_wherever_it_stands() -> None:
    assert origin_of("13", "Вебинар — для всех!") == origin_of("13", "вебинар для  всех")
    assert origin_of("13", "Вебинар") != origin_of("12", "Вебинар")
    alone = candidates_in({"13": "Слёт"}, [], taken=(), today=DAY)
    assert [(one.stage, one.ends_on) for one in alone] == [("", date(2026, 12, 31))]
    long = candidates_in({"13": "а" * 600}, [], taken=(), today=DAY)[0]
    assert (len(long.title), long.title[-1]) == (500, "…")
    assert stage_name(FIRST) == "Этап 1. Подготовительный"


# ── Plan and fact ───────────────────────────────────────────────────────────


def test_plan_and_fact_by_section_and_unit() -> None:
    lines = [
        Line("Семинары", "Поддержка", "семинар", 4, 3),
        Line("Слёт", "", "человек", 50, None),
        Line("Ещё семинары", "Поддержка", "семинар", 4, None),
        Line("Беседы", "Поддержка"),
    ]
    found = plan_fact(lines)
    assert [(one.title, [line.title for line in one.lines]) for one in found.sections] == [
        ("Поддержка", ["Семинары", "Ещё семинары", "Беседы"]),
        ("Без раздела", ["Слёт"]),
    ]
    assert found.totals == (Total("семинар", 8, 3, 2, 1), Total("человек", 50, 0, 1, 1))
    assert [(one.fact, one.share) for one in found.totals] == [("3", "38 %"), ("—", "—")]
    assert found.sections[0].totals == (Total("семинар", 8, 3, 2, 1),)
    assert found.finding == "План выполнен по 0 из 3 строк с числами. Ещё не отмечено: 2."
    assert [line.share for line in lines] == ["75 %", "—", "—", "—"]
    assert plan_fact([Line("Семинары", planned=3, actual=4)]).finding == (
        "План выполнен по 1 из 1 строк с числами."
    )
    assert plan_fact([]).finding == "Плановых чисел пока нет."
    assert [share_of(3, 0), share_of(None, 3), share_of(0, 3)] == ["—", "—", "0 %"]


# ── The picture ─────────────────────────────────────────────────────────────


def test_the_picture_of_a_roadmap() -> None:
    every = [
        measure(-10, title="Собрать группу", stage="Этап 1", starts_on=date(2026, 11, 1), done_percent=50),
        measure(-5, title="Замер", stage="Этап 1", done_percent=100),
        measure(20, title="Сборник", stage="Этап 2", starts_on=date(2026, 12, 1), done_percent=25),
        measure(25, title="Слёт"),
        measure(25, title="Снято", is_dropped=True),
    ]
    found = gantt_of(every, DAY)
    assert found is not None
    assert (found.width, found.height, found.bands) == (
        832,
        202,
        (Band("Этап 1", 55.0), Band("Этап 2", 133.0)),
    )
    assert [(one.label, one.mark, one.is_overdue) for one in found.bars] == [
        ("Собрать группу", "! 10 дней", True),
        ("Замер", "✓", False),
        ("Сборник", "25 %", False),
        ("Слёт", "", False),
    ]
    assert [(one.x, one.width, one.done) for one in found.bars] == [
        (230.0, 94.2, 47.1),
        (358.4, 8.6, 8.6),
        (486.7, 94.2, 23.6),
        (615.1, 8.6, 0.0),
    ]
    assert [tick.label for tick in found.ticks] == ["ноя 26", "дек"]
    assert found.today_x == 401.1  # reason: twenty days into the first month
    assert gantt_of([measure(is_dropped=True)], DAY) is None


def test_a_long_roadmap_has_few_ticks_and_today_may_lie_outside() -> None:
    found = gantt_of([measure(300, starts_on=date(2027, 1, 1)), measure(1500)], DAY)
    assert found is not None
    assert (found.today_x, len(found.ticks) <= 12, found.ticks[0].label) == (None, True, "янв 27")
    assert [bar.width >= 6 for bar in found.bars] == [True, True]


@pytest.mark.parametrize(
    ("text", "short"),
    [("Слёт", "Слёт"), ("Показать открытые занятия всем", "Показать открытые…"), ("А" * 30, "А" * 23 + "…")],
)
def test_titles_are_cut_at_a_word(text: str, short: str) -> None:
    assert shortened(text, 24) == short

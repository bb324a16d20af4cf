"""Hints on acts and contacts, and that contacts never reach those who judge."""

from typing import Any

import pytest

from innoset.contests.pure.blinding import BlindCopy
from innoset.contests.queries.acts import findings_of_acts
from innoset.contests.queries.applications import errors_of, findings_of
from innoset.contests.queries.dossiers import copy_of
from innoset.contests.states import ApplicationState
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Finding, Level, blank
from tests.world import application, contest, values

pytestmark = pytest.mark.django_db
PASSPORT = form_by_code("passport")
FORUM = (
    "О внесении изменений в приказ министерства образования и науки Краснодарского края от 13.02.2015 № 563 "
    "«Об утверждении Положения об образовательном Форуме Краснодарского края «Инновационный поиск»»"
)
ACTS = (
    f"Приказ МОНиМП КК от 25.03.2016 № 4719 «{FORUM}»;\n"
    "Постановление Правительства РФ от 10.07.2013 № 582;\n"
    "Приказ Минобрнауки России от  марта 2019г. № 21н;\n"
    "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»"
)
AUTHORS = "Соколова Вера Петровна, методист, 8-900-000-00-01 vera@example.ru"


def told(text: str) -> list[tuple[str, str]]:
    """Return what is said of the acts in field 7."""
    return [(one.code, one.message) for one in findings_of_acts(PASSPORT, blank(PASSPORT) | {"7": text})]


def test_acts_are_held_against_the_base() -> None:
    assert told(ACTS) == [
        (
            "act_number_differs",
            "Приказ от 25.03.2016: в вашем тексте № 4719, в базе № 1616. Проверьте номер.",
        ),
        (
            "act_not_in_force",
            "Постановление № 582 утратило силу, его заменило постановление от 20.10.2021 № 1802.",
        ),
        ("act_date_incomplete", "Дата приказа № 21н неполная: «марта 2019г». В базе 22.03.2019."),
    ]


def test_the_right_text_is_not_troubled() -> None:
    assert (
        told("Приказ Минобрнауки России от 22.03.2019 № 21н; Федеральный закон от 29.12.2012 № 273-ФЗ") == []
    )
    assert told("") == []


def test_one_act_under_two_numbers() -> None:
    text = "Приказ УО от 12.03.2024 № 5 «О плане работы»; приказ УО от 12.03.2024 № 7 «О плане работы»"
    assert told(text) == [
        (
            "act_named_twice",
            "Приказ от 12.03.2024 записан под двумя номерами: № 5 и № 7. Проверьте, какой верный.",
        )
    ]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    for text, queries in (("нет", 0), ("Приказ от 12.03.2024 № 5", 2), (ACTS, 2)):
        with django_assert_num_queries(queries):
            told(text)


def test_findings_of_an_application_have_acts_and_contacts_and_stop_nothing() -> None:
    made = application(answers=values() | {"2": AUTHORS, "7": "Приказ Минобрнауки от 10.12.2013 № 1324"})
    hints = [one for one in findings_of(made) if one.code.startswith(("act_", "contact"))]
    assert hints == [
        Finding(
            "2",
            Level.HINT,
            "contacts_closed",
            "Контакты видят только организаторы: +7 900 000-00-01 и vera@example.ru. "
            "Эксперты и посетители их не увидят.",
        ),
        Finding(
            "7",
            Level.HINT,
            "act_not_in_force",
            "Приказ № 1324 утратил силу. Проверьте, нужен ли он в тексте.",
        ),
    ]
    assert errors_of(made) == ()


def copied(*, is_blind: bool) -> tuple[BlindCopy, dict[str, str]]:
    """Return what experts read and what was sent."""
    answers = {"2": AUTHORS, "6": "Пишите на vera@example.ru или звоните: 8-900-000-00-01. " * 9}
    made = application(contest(is_blind=is_blind), state=ApplicationState.ADMITTED, answers=answers)
    assert made.version is not None
    return copy_of(made), made.version.values


@pytest.mark.parametrize("is_blind", [True, False])
def test_experts_read_no_contacts(is_blind: bool) -> None:
    copy, sent = copied(is_blind=is_blind)
    texts = " ".join(row["text"] for row in copy.content)
    assert "example.ru" not in texts
    assert "900" not in texts
    assert "[телефон]" in texts
    assert sent["2"] == AUTHORS, "the closed block keeps what was taken out"


def test_without_the_guard_the_contacts_would_be_read() -> None:
    _, sent = copied(is_blind=False)
    assert "vera@example.ru" in " ".join(sent.values())


def test_in_an_open_contest_the_people_stay() -> None:
    copy, _ = copied(is_blind=False)
    assert [row["text"] for row in copy.content if row["key"] == "2"] == ["Соколова Вера Петровна, методист"]

"""The expert's desk: home, invitations, conflict, split view, finishing."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.review import actions
from innoset.review.models import Assignment, PanelSeat, Score, ScoreSheet
from innoset.review.states import AssignmentState, RoundState, SeatState, SheetState
from innoset.web.desk.places import duration
from tests import world
from tests.review.scene import Scene, defence, expert, finished, given, opened, scene

pytestmark = pytest.mark.django_db


def _url(page: str, here: Scene, dossier: int = 0) -> str:
    return reverse(f"desk:{page}", args=[here.round.kind, here.dossiers[dossier].code])


def _soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def _text(response: Any) -> str:
    return " ".join(_soup(response).get_text(" ").split())


def test_an_empty_desk_says_so() -> None:
    page = world.signed_in(expert()).get("/desk/")
    assert "Дел пока нет" in _text(page)


def test_a_stranger_is_asked_to_sign_in(client: Any) -> None:
    assert client.get("/desk/").status_code == 302


def test_an_invitation_is_answered_in_one_tap() -> None:
    here, person = scene(), expert()
    seat = actions.invite_expert(here.round, person=person, by=here.organiser, at=world.AT)
    browser = world.signed_in(person)
    form = _soup(browser.get("/desk/")).select_one("form:has(input[value=yes])")
    assert form is not None
    page = browser.post(str(form["action"]), {"answer": "yes"}, follow=True)
    seat.refresh_from_db()
    assert (seat.state, "Вы в комиссии" in _text(page)) == (SeatState.ACCEPTED, True)


def test_an_invitation_is_answered_with_terms_and_a_bad_number_is_not_lost() -> None:
    here, person = scene(), expert()
    seat = actions.invite_expert(here.round, person=person, by=here.organiser, at=world.AT)
    browser = world.signed_in(person)
    page = browser.post("/desk/invitations/1/", {"answer": "yes", "most": "много"})
    assert "целое число" in _text(page)
    assert _soup(page).select_one("#id_most")["value"] == "много"  # type: ignore[index]  # it is on the page
    page = browser.post("/desk/invitations/1/", {"answer": "yes", "most": "0"})
    assert "от 1 до 500" in _text(page)
    browser.post("/desk/invitations/1/", {"answer": "no", "reason": "Отпуск"})
    seat.refresh_from_db()
    assert (seat.state, seat.reason) == (SeatState.DECLINED, "Отпуск")
    assert browser.get("/desk/invitations/2/").status_code == 404


def test_open_tasks_come_first_and_the_text_stays_hidden_until_the_answer() -> None:
    here = scene(experts=1, dossiers=3)
    finished(here, 4, 4, dossier=0)
    opened(here, dossier=1)
    given(here, dossier=2)
    world.dossier()
    page = _soup(world.signed_in(here.experts[0]).get("/desk/"))
    rows = [" ".join(row.get_text(" ").split()) for row in page.select(".tasklist li")]
    codes = [dossier.code for dossier in here.dossiers]
    assert rows == [
        f"{codes[1]}. Школа наставников около 5 мин Заполняется",
        f"{codes[2]} сначала ответьте, есть ли конфликт интересов Не открыто",
        f"{codes[0]}. Школа наставников Завершён",
    ]


def test_the_question_of_conflict_stands_before_the_text() -> None:
    here = scene()
    given(here)
    browser = world.signed_in(here.experts[0])
    assert browser.get(_url("sheet", here)).headers["Location"] == _url("conflict", here)
    page = _soup(browser.get(_url("conflict", here)))
    assert "Ответ 6" not in page.get_text()
    main = page.select_one("main")
    assert main is not None
    assert [button.get_text(strip=True) for button in main.select("button")] == [
        "Конфликта нет",
        "Есть конфликт интересов",
    ]
    assert main.select("a") == []
    assert browser.post(_url("mark", here), {"field": "k1", "k1": "3"}).status_code == 404
    assert browser.get(_url("finish", here)).status_code == 404
    assert browser.get(reverse("desk:dossier", args=[here.dossiers[0].code])).status_code == 404
    answer = browser.post(_url("conflict", here), {"ground": "none"})
    assert answer.headers["Location"] == _url("sheet", here)
    assert "Ответ 6" in _text(browser.get(_url("sheet", here)))


def test_a_conflict_takes_the_dossier_off_the_desk() -> None:
    here = scene()
    given(here)
    browser = world.signed_in(here.experts[0])
    page = browser.post(_url("conflict", here), {"ground": "relative", "note": "Сестра"}, follow=True)
    assert "Самоотвод принят" in _text(page)
    assert Assignment.objects.get().state == AssignmentState.RECUSED
    assert browser.get(_url("conflict", here)).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Выберите ответ"), ({"ground": "other", "note": " "}, "Напишите в поле «Пояснение»")],
)
def test_an_unclear_answer_about_conflict_is_asked_again(data: dict[str, str], words: str) -> None:
    here = scene()
    given(here)
    page = world.signed_in(here.experts[0]).post(_url("conflict", here), data)
    assert words in _text(page)
    assert Assignment.objects.get().state == AssignmentState.ASSIGNED


def test_a_conflict_found_later_is_declared_from_the_sheet() -> None:
    here = scene()
    opened(here)
    browser = world.signed_in(here.experts[0])
    assert browser.post(_url("conflict", here), {"ground": "none"}).headers["Location"] == _url("sheet", here)
    browser.post(_url("conflict", here), {"ground": "coauthor"})
    assert Assignment.objects.get().state == AssignmentState.RECUSED


def test_the_split_view_ties_criteria_to_the_places_they_speak_of() -> None:
    here = scene()
    opened(here)
    page = _soup(world.signed_in(here.experts[0]).get(_url("sheet", here)))
    first = page.select_one("#id_k1")
    assert first is not None
    assert [link["href"] for link in first.select(".hint a")] == ["#field-6"]
    assert [radio["value"] for radio in first.select("input[type=radio]")] == ["0", "1", "2", "3", "4", "5"]
    section = page.select_one("#field-6")
    assert section is not None
    assert [link["href"] for link in section.select("p.small a")] == ["#id_k1"]
    assert "Обязательно при балле 2 и ниже." in page.get_text()


def test_each_mark_is_saved_by_itself_and_the_sum_comes_back() -> None:
    here = scene()
    opened(here)
    browser = world.signed_in(here.experts[0])
    answer = browser.post(_url("mark", here), {"field": "k1", "k1": "4"}).json()
    assert answer | {"at": ""} == {
        "at": "", "newest": True, "total": "12", "marks": {"k1": 4, "k2": None}, "lacks": 1,
    }  # fmt: skip
    browser.post(_url("mark", here), {"field": "k2_comment", "k2_comment": "Слабо"})
    browser.post(_url("mark", here), {"field": "k2", "k2": "0"})
    browser.post(_url("mark", here), {"field": "comment", "comment": "Вывод"})
    assert list(Score.objects.values_list("value", "comment")) == [(4, ""), (0, "Слабо")]
    assert ScoreSheet.objects.get().comment == "Вывод"


def test_a_bad_mark_is_refused_in_words() -> None:
    here = scene()
    opened(here)
    browser = world.signed_in(here.experts[0])
    for value in ("9", "х", ""):
        answer = browser.post(_url("mark", here), {"field": "k1", "k1": value})
        assert (answer.status_code, answer.json()) == (
            422,
            {"error": "У критерия К1 нет такого балла. Выберите балл из списка."},
        )
    for field in ("k9", "kot", "state"):
        assert browser.post(_url("mark", here), {"field": field, field: "1"}).status_code == 404
    assert browser.get(_url("mark", here)).status_code == 405


def test_without_scripts_the_whole_sheet_is_saved_at_once() -> None:
    here = scene(experts=1)
    opened(here, dossier=0)
    opened(here, dossier=1)
    browser = world.signed_in(here.experts[0])
    data = {"k1": "2", "k1_comment": "Мало", "k2": "5", "comment": "Неплохо"}
    for then, target in (
        ("stay", _url("sheet", here)),
        ("next", _url("sheet", here, 1)),
        ("finish", _url("finish", here)),
    ):
        assert browser.post(_url("sheet", here), {**data, "then": then}).headers["Location"] == target
    assert list(Score.objects.values_list("value", "comment")) == [(2, "Мало"), (5, "")]


def test_nothing_typed_is_lost_when_something_is_wrong() -> None:
    here = scene()
    opened(here)
    long = "а" * 5001
    page = world.signed_in(here.experts[0]).post(
        _url("sheet", here), {"k1": "9", "k1_comment": long, "k2": "3"}
    )
    soup = _soup(page)
    assert soup.title is not None
    assert soup.title.get_text().startswith("Ошибка: ")
    assert [link["href"] for link in soup.select(".errors a")] == ["#id_k1", "#id_k1_comment"]
    assert long in soup.select_one("#id_k1_comment").get_text()  # type: ignore[union-attr]  # it is on the page
    assert soup.select_one("#id_k2 input[checked]")["value"] == "3"  # type: ignore[index]  # it is on the page
    assert not Score.objects.exists()


def test_the_finish_page_names_what_is_missing_with_links() -> None:
    here = scene()
    sheet = opened(here)
    browser = world.signed_in(here.experts[0])
    browser.post(_url("mark", here), {"field": "k1", "k1": "1"})
    page = _soup(browser.get(_url("finish", here)))
    assert [(link["href"], link.get_text()) for link in page.select(".notice a")] == [
        (f"{_url('sheet', here)}#id_k1", "К1: нужен комментарий"),
        (f"{_url('sheet', here)}#id_k2", "К2: нет балла"),
    ]
    assert page.select("main button") == []
    answer = browser.post(_url("finish", here), follow=True)
    assert "Лист ещё не полон" in _text(answer)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.OPEN


def test_finishing_leads_to_the_next_dossier_and_the_last_one_home() -> None:
    here = scene(experts=1)
    finished(here, 4, 4, dossier=0)
    opened(here, dossier=1)
    browser = world.signed_in(here.experts[0])
    browser.post(_url("sheet", here, 1), {"k1": "4", "k2": "4"})
    assert browser.post(_url("finish", here, 1)).headers["Location"] == "/desk/"
    browser.post(_url("reopen", here, 0))
    browser.post(_url("reopen", here, 1))
    assert browser.post(_url("finish", here, 0)).headers["Location"] == _url("sheet", here, 1)
    assert "Лист уже завершён" in _text(browser.get(_url("finish", here, 0)))


def test_a_finished_sheet_is_read_until_it_is_reopened() -> None:
    here = scene()
    sheet = finished(here, 4, 4)
    browser = world.signed_in(here.experts[0])
    page = browser.get(_url("sheet", here))
    assert "Лист завершён: 20 из 25" in _text(page)
    assert _soup(page).select("form.rubric") == []
    assert "Лист снова открыт" in _text(browser.post(_url("reopen", here), follow=True))
    sheet.refresh_from_db()
    assert sheet.state == SheetState.OPEN


def test_after_the_round_own_sheets_are_read_only() -> None:
    here = scene()
    finished(here, 4, 4)
    here.round.state = RoundState.CLOSED
    here.round.save()
    browser = world.signed_in(here.experts[0])
    page = browser.get(_url("sheet", here))
    assert "Лист можно только посмотреть" in _text(page)
    assert [button.get_text() for button in _soup(page).select("main button")] == []
    assert "Тур сейчас закрыт" in _text(browser.post(_url("sheet", here), {"k1": "1"}, follow=True))
    given_later = scene(state=RoundState.CLOSED)
    Assignment.objects.create(
        round=given_later.round,
        dossier=given_later.dossiers[0],
        expert=given_later.experts[0],
        assigned_at=world.AT,
    )
    page = world.signed_in(given_later.experts[0]).get(_url("conflict", given_later))
    assert "Тур сейчас закрыт" in _text(page)


def test_nobody_opens_what_is_another_s() -> None:
    here = scene()
    opened(here, expert=0)
    for stranger in (here.experts[1], world.person()):
        browser = world.signed_in(stranger)
        for page in ("sheet", "conflict", "finish"):
            assert browser.get(_url(page, here)).status_code == 404
        for page in ("mark", "reopen", "finish"):
            assert browser.post(_url(page, here), {"field": "k1", "k1": "1"}).status_code == 404


def test_own_scores_are_shown_and_nobody_else_s() -> None:
    here = scene(dossiers=1)
    finished(here, 4, 4, expert=0)
    finished(here, 1, 1, expert=1)
    text = _text(world.signed_in(here.experts[0]).get("/desk/scores/"))
    assert f"{here.dossiers[0].code} Школа наставников 20 " in text
    assert "Завершённых листов пока нет" in _text(world.signed_in(expert()).get("/desk/scores/"))


def test_the_defence_shows_the_order_and_the_own_task() -> None:
    here = defence(experts=1, dossiers=3)
    actions.schedule_all(
        here.round,
        order=here.dossiers,
        starts_at=world.AT,
        minutes=15,
        room="Зал",
        link="https://meet.example/7",
        by=here.organiser,
        at=world.AT,
    )
    opened(here, dossier=0)
    given(here, dossier=1)
    page = _soup(world.signed_in(here.experts[0]).get("/desk/defence/"))
    assert [" ".join(cell.get_text(" ").split()) for cell in page.select("td[data-label='Мой лист']")] == [
        f"Оценить : {here.dossiers[0].code} Заполняется",
        f"Ответить о конфликте : {here.dossiers[1].code} Не открыто",
        "Без оценки",
    ]
    assert "Защит пока нет" in _text(world.signed_in(expert()).get("/desk/defence/"))


def test_an_observer_reads_and_has_nothing_to_press() -> None:
    here = scene(dossiers=1)
    finished(here, 4, 4)
    watcher = world.person()
    PanelSeat.objects.create(
        round=here.round,
        person=watcher,
        role=PanelSeat.Part.OBSERVER,
        state=SeatState.ACCEPTED,
        invited_at=world.AT,
        answered_at=world.AT,
    )
    browser = world.signed_in(watcher)
    assert here.dossiers[0].code in _text(browser.get("/desk/observed/"))
    page = browser.get(reverse("desk:dossier", args=[here.dossiers[0].code]))
    assert "Ответ 6" in _text(page)
    assert _soup(page).select("main form, main input, main button") == []
    # The total, twenty, stands nowhere; codes and years may have these digits among others.
    assert re.search(r"(?<!\d)20(?!\d)", _text(page).split("Контрольная")[0]) is None
    assert browser.get(_url("sheet", here)).status_code == 404


@pytest.mark.parametrize("dossiers", [1, 4])
def test_pages_of_the_desk_ask_the_database_constantly(dossiers: int) -> None:
    here = scene(experts=1, dossiers=dossiers)
    for number in range(dossiers):
        opened(here, dossier=number)
    browser = world.signed_in(here.experts[0])
    # One of the first two is the clock of the database.
    expected = {"/desk/": 9, _url("sheet", here): 13, _url("finish", here): 9, "/desk/scores/": 6}
    assert {url: _queries(browser, url) for url in expected} == expected


def _queries(browser: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


def test_the_expert_view_is_light() -> None:
    here = scene(rubric=world.rubric(weights=(1,) * 8), dossiers=1)
    opened(here)
    dossier = here.dossiers[0]
    dossier.content = [
        {"key": str(n), "number": str(n), "label": f"Поле {n}", "text": "Ответ. " * 200, "is_group": False}
        for n in range(1, 26)
    ]
    dossier.save()
    page = world.signed_in(here.experts[0]).get(_url("sheet", here), headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.content) < 20_000


def test_a_criterion_that_does_not_apply_is_answered_and_printed() -> None:
    here = scene()
    here.rubric.criteria.filter(number=2).update(may_not_apply=True)
    opened(here)
    browser = world.signed_in(here.experts[0])
    browser.post(_url("mark", here), {"field": "k1", "k1": "4"})
    answer = browser.post(_url("mark", here), {"field": "k2", "k2": "na", "sequence": "7"}).json()
    assert answer | {"at": ""} == {
        "at": "", "newest": True, "total": "20", "marks": {"k1": 4, "k2": "na"}, "lacks": 0,
    }  # fmt: skip
    late = browser.post(_url("mark", here), {"field": "k2", "k2": "5", "sequence": "6"}).json()
    assert (late["newest"], late["marks"]["k2"]) == (False, "na")
    page = _soup(browser.get(_url("sheet", here)))
    assert [one["value"] for one in page.select("#id_k2 input[checked]")] == ["na"]
    assert [one["value"] for one in page.select("#id_k1 input[value=na]")] == []
    finish = _text(browser.get(_url("finish", here)))
    assert "Критерий 2 не применимо — " in finish
    assert "приведены к 25" in finish
    browser.post(_url("sheet", here), {"k1": "5", "k2": "na"})
    assert list(Score.objects.values_list("value", "is_not_applicable")) == [(5, False), (None, True)]


def test_a_form_that_brings_only_a_part_leaves_the_rest_as_it_was() -> None:
    """As a page that has saved every mark by itself sends it."""
    here = scene()
    opened(here)
    browser = world.signed_in(here.experts[0])
    browser.post(_url("sheet", here), {"k1": "2", "k1_comment": "Мало", "comment": "Вывод"})
    browser.post(_url("sheet", here), {"k1": "3", "then": "finish"})
    assert list(Score.objects.values_list("value", "comment")) == [(3, "Мало")]
    assert ScoreSheet.objects.get().comment == "Вывод"


def test_own_other_works_are_shown_after_finishing_and_never_those_of_others() -> None:
    here = scene(dossiers=3)
    finished(here, 4, 4, dossier=0)
    finished(here, 5, 5, dossier=1)
    finished(here, 1, 1, dossier=0, expert=1)
    finished(here, 0, 3, dossier=1, expert=1)
    opened(here, dossier=2)
    browser = world.signed_in(here.experts[0])
    assert "Обычно вы ставите" not in _text(browser.get(_url("sheet", here, 2)))
    page = _text(browser.get(_url("sheet", here, 0)))
    assert (
        "Этой работе вы поставили 20. Из других ваших работ выше оценены: 1 из 1. "
        "Обычно вы ставите около 22,5, от 20 до 25."
    ) in page
    best = _soup(browser.get(_url("sheet", here, 1)))
    assert "выше оценены: 0 из 1." in best.get_text()
    assert len(best.select("svg.plot .dot")) == 2


def test_the_pace_and_the_neighbours_stand_at_the_top() -> None:
    here = scene(experts=1, dossiers=3)
    for number in range(3):
        opened(here, dossier=number)
    page = _soup(world.signed_in(here.experts[0]).get(_url("sheet", here, 1)))
    assert "~5 мин · осталось ≈ 15 мин" in page.get_text()
    assert [
        (link["rel"], link["href"]) for link in page.select("a[rel]") if link["rel"] in (["prev"], ["next"])
    ] == [
        (["prev"], _url("sheet", here, 0)),
        (["next"], _url("sheet", here, 2)),
    ]
    assert [duration(minutes) for minutes in (0, 18, 60, 160)] == ["0 мин", "18 мин", "1 ч", "2 ч 40 мин"]

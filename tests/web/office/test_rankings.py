"""The ranking, its table to take away, the choice for the defence."""

from decimal import Decimal

import pytest
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.contests.states import ApplicationState, ContestState
from innoset.network.models import Organisation
from tests.contests.expertise_scene import contest_with, judged, started
from tests.review.scene import at_office, finished
from tests.web.office.pages import remote, rows, soup, text, url

pytestmark = pytest.mark.django_db


def test_the_ranking_shows_places_spreads_and_experts_under_letters() -> None:
    here, contest = remote(experts=2, dossiers=3)
    finished(here, 5, 5, expert=0, dossier=1)
    finished(here, 5, 5, expert=1, dossier=1)
    finished(here, 5, 5, expert=0, dossier=0)
    finished(here, 0, 1, expert=1, dossier=0)
    page = at_office(here.organiser).get(url(contest, "ranking"))
    codes = [dossier.code for dossier in here.dossiers]
    assert rows(page, "Рейтинг") == [
        ["1", codes[1], "", "А 25 , Б 25", "25,00", "0,00", "15,00", "2 из 2"],
        ["2", codes[0], "", "А 25 , Б 2", "13,50", "23,00 расхождение", "7,50", "2 из 2"],
        ["—", codes[2], "", "—", "—", "—", "0,00", "0 из 2"],
    ]
    words = text(page)
    assert "разница между экспертами больше 6,25" in words
    assert "Нужен ещё один эксперт: 1 дело" in words
    assert here.experts[0].last_name not in words
    assert len(soup(page).select("svg.plot circle")) == 4


def test_the_table_to_take_away_opens_anywhere_and_runs_nothing() -> None:
    contest = judged(started(1), 4)
    application = contest.applications.get()
    Organisation.objects.filter(pk=application.organisation_id).update(short_name="=1+1")
    contest.refresh_from_db()
    response = at_office(contest.created_by).get(url(contest, "ranking_csv"))
    assert response.headers["Content-Type"] == "text/csv"
    lines = response.content.decode("utf-8-sig").splitlines()
    assert application.dossier is not None
    assert lines == [
        (
            "Место;Дело;Заявка;Организация;Муниципалитет;Номинация;Тема;А;"
            "Итог;Способ;Разброс;Отклонение;Расхождение;При равенстве"
        ),
        (
            f"1;{application.dossier.code};{application.shown_number};'=1+1;"
            f"{application.organisation.municipality.name};Инновационный проект;Школа наставников сельского района;"
            "12,00;12,00;среднее;0,00;;нет;4,00"
        ),
    ]


def test_an_empty_ranking_says_so() -> None:
    here, contest = remote(dossiers=0)
    assert "Рейтинга пока нет" in text(at_office(here.organiser).get(url(contest, "ranking")))


def _address(contest: Contest) -> str:
    return reverse("office:choice", args=[contest.code])


def test_those_over_the_threshold_are_ticked_beforehand() -> None:
    contest = judged(started(2, remote_threshold=Decimal(10)), 5, 3)
    browser = at_office(contest.created_by)
    page = browser.get(_address(contest))
    assert "Проходной балл — 10. Его набрали: 1 заявка." in text(page)
    passing = [box["value"] for box in soup(page).select("input[name=passing][checked]")]
    assert passing == [contest.applications.order_by("dossier__code")[0].number]
    done = browser.post(_address(contest), {"passing": passing})
    assert done.headers["Location"] == reverse("office:schedule", args=[contest.code])
    contest.refresh_from_db()
    assert contest.state == ContestState.DEFENCE


def test_a_departure_without_a_reason_keeps_the_ticks() -> None:
    contest = judged(started(2, remote_threshold=Decimal(10)), 5, 3)
    numbers = list(contest.applications.order_by("dossier__code").values_list("number", flat=True))
    browser = at_office(contest.created_by)
    page = browser.post(_address(contest), {"passing": numbers[1:], "reason": ""})
    assert "расходится с проходным баллом" in text(page)
    assert [box["value"] for box in soup(page).select("input[name=passing][checked]")] == numbers[1:]
    nobody = browser.post(_address(contest), {"reason": ""})
    assert "Отметьте хотя бы одну заявку" in text(nobody)
    browser.post(_address(contest), {"passing": numbers[1:], "reason": "Решение оргкомитета"})
    states = contest.applications.order_by("dossier__code").values_list("state", flat=True)
    assert list(states) == [ApplicationState.DECLINED, ApplicationState.TO_DEFENCE]


def test_before_the_experts_there_is_nothing_to_choose() -> None:
    contest = contest_with(1)
    assert "Выбирать не из чего" in text(at_office(contest.created_by).get(_address(contest)))

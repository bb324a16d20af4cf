"""The expert's desk before the assignment: answers, wishes, early conflicts, the passport."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innoset.foundation.clock import now
from innoset.review import actions
from innoset.review.models import Bid, Direction, EarlyConflict, ExpertProfile, PanelSeat
from innoset.review.states import SeatState
from tests import world
from tests.review.scene import Scene, expert, finished, scene

pytestmark = pytest.mark.django_db
BIDS = "/desk/invitations/1/dossiers/"


def soup(response: Any) -> BeautifulSoup:
    """Parse a page that must be there."""
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    """Return what the page says."""
    return " ".join(soup(response).get_text(" ").split())


def going(**fields: Any) -> Scene:
    """Return a round that goes on by the clock of the machine."""
    return scene(**{"experts": 1, "closes_at": now() + timedelta(days=9), **fields})


def bidding(**fields: Any) -> Scene:
    """Return a round in which wishes are told now."""
    return going(bids_until=now() + timedelta(days=1), **fields)


def test_an_invitation_is_answered_with_one_press_and_shows_its_term() -> None:
    here = going(experts=0)
    seat = actions.invite_expert(here.round, person=expert(), by=here.organiser, at=now())
    browser = world.signed_in(seat.person)
    page = soup(browser.get("/desk/"))
    assert [one.get_text(" ", strip=True) for one in page.select(".panel.accent button")] == [
        "Могу участвовать: Заочная экспертиза",
        "Не могу участвовать: Заочная экспертиза",
    ]
    done = browser.post("/desk/invitations/1/", {"answer": "yes"}, follow=True)
    assert "Спасибо! Вы в комиссии." in words(done)
    assert PanelSeat.objects.get().state == SeatState.ACCEPTED


def test_after_the_term_only_no_is_offered() -> None:
    here = going(experts=0)
    seat = actions.invite_expert(here.round, person=expert(), by=here.organiser, at=now())
    PanelSeat.objects.update(answer_by=now() - timedelta(hours=1))
    browser = world.signed_in(seat.person)
    page = browser.get("/desk/")
    assert "Срок ответа прошёл" in words(page)
    assert [one.get_text(" ", strip=True) for one in soup(page).select(".panel.accent button")] == [
        "Не могу участвовать: Заочная экспертиза"
    ]
    assert "Срок ответа прошёл" in words(browser.post("/desk/invitations/1/", {"answer": "yes"}))


def test_limits_are_told_with_the_answer() -> None:
    here = going(experts=0)
    seat = actions.invite_expert(here.round, person=expert(), by=here.organiser, at=now())
    browser = world.signed_in(seat.person)
    sent = {"answer": "yes", "most": "4", "least_minutes": "700", "most_minutes": "600"}
    wrong = browser.post("/desk/invitations/1/", sent)
    assert "Наименьшая нагрузка больше наибольшей" in words(wrong)
    assert soup(wrong).select_one("input[name=most]")["value"] == "4"  # type: ignore[index]  # it is there
    browser.post("/desk/invitations/1/", {**sent, "least_minutes": "60"})
    seat.refresh_from_db()
    assert (seat.most, seat.least_minutes, seat.most_minutes) == (4, 60, 600)


def test_wishes_are_told_without_a_script_and_the_keyboard_stays_at_the_dossier() -> None:
    here = bidding()
    work = here.dossiers[0]
    browser = world.signed_in(here.experts[0])
    assert "Отметить дела" in words(browser.get("/desk/"))
    done = browser.post(f"{BIDS}{work.code}/wish/", {"wish": "wanted"})
    assert unquote(done.headers["Location"]) == f"{BIDS}#{work.code}"
    page = soup(browser.get(BIDS))
    card = page.find(id=work.code)
    assert [one["aria-pressed"] for one in card.select("button[name=wish]")] == ["true", "false", "false"]  # type: ignore[union-attr]  # it is there
    browser.post(f"{BIDS}{work.code}/wish/", {"wish": ""})
    assert not Bid.objects.exists()


def test_nobody_sees_whose_the_dossiers_are() -> None:
    here = bidding()
    page = words(world.signed_in(here.experts[0]).get(BIDS))
    assert f"{here.dossiers[0].code}. Школа наставников" in page
    owner = here.dossiers[0].organisation
    assert [name for name in (owner.short_name, owner.municipality.name) if name in page] == []


def test_a_conflict_is_told_and_taken_back() -> None:
    here = bidding()
    code = here.dossiers[0].code
    browser = world.signed_in(here.experts[0])
    told = browser.post(f"{BIDS}{code}/conflict/", {"ground": "relative", "note": "Сестра"}, follow=True)
    assert "Есть конфликт интересов Отменить" in words(told)
    assert EarlyConflict.objects.get().note == "Сестра"
    browser.post(f"{BIDS}{code}/conflict/")
    assert not EarlyConflict.objects.exists()
    wrong = browser.post(f"{BIDS}{code}/conflict/", {"ground": "sport"}, follow=True)
    assert "Выберите, в чём состоит конфликт интересов." in words(wrong)
    unsaid = browser.post(f"{BIDS}{code}/conflict/", {"ground": "other"}, follow=True)
    assert "Напишите в поле «Пояснение»" in words(unsaid)


def test_strangers_and_late_ones_find_no_dossiers() -> None:
    here = bidding()
    assert world.signed_in(expert("Чужих Чеслав Ильич")).get(BIDS).status_code == 404
    here.round.bids_until = now() - timedelta(hours=1)
    here.round.save()
    browser = world.signed_in(here.experts[0])
    code = here.dossiers[0].code
    assert [
        browser.get(BIDS).status_code,
        browser.post(f"{BIDS}{code}/wish/", {"wish": "wanted"}).status_code,
        browser.post(f"{BIDS}Д-0/wish/", {"wish": "wanted"}).status_code,
    ] == [404, 404, 404]


@pytest.mark.parametrize("dossiers", [1, 5])
def test_the_pages_ask_the_database_constantly(dossiers: int) -> None:
    here = bidding(dossiers=dossiers)
    for work in here.dossiers:
        Bid.objects.create(
            round=here.round, dossier=work, person=here.experts[0], wish="wanted", made_at=world.AT
        )
    browser = world.signed_in(here.experts[0])
    assert [_queries(browser, address) for address in (BIDS, "/desk/passport/")] == [15, 11]


def _queries(browser: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_the_own_passport_is_kept_and_a_mistake_loses_nothing() -> None:
    here = going()
    finished(here, 4, 4)
    browser = world.signed_in(here.experts[0])
    page = words(browser.get("/desk/passport/"))
    assert "1 завершено листов" in page
    health = Direction.objects.get(code="health")
    sent = {"directions": [health.pk], "trained_on": "2199-01-01", "training": "Курсы", "about": "Опыт"}
    wrong = browser.post("/desk/passport/", sent)
    assert "Дата обучения ещё не наступила" in words(wrong)
    assert soup(wrong).select_one("input[name=training]")["value"] == "Курсы"  # type: ignore[index]  # it is there
    browser.post("/desk/passport/", {**sent, "trained_on": "2025-03-01"})
    kept = ExpertProfile.objects.get()
    assert (kept.person, kept.training, list(kept.directions.all())) == (here.experts[0], "Курсы", [health])

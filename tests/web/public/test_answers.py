"""The page behind the links of an invitation to a panel."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.accounts.models import Consent
from innoset.foundation.clock import now
from innoset.foundation.notify.models import Letter
from innoset.review import actions
from innoset.review.models import PanelSeat
from innoset.review.queries.invitations import token_of
from innoset.review.states import RoundState, SeatState
from tests.review.scene import expert, scene

pytestmark = pytest.mark.django_db


def invited(**fields: Any) -> PanelSeat:
    """Invite somebody to a round that goes on by the clock of the machine."""
    here = scene(experts=0, closes_at=now() + timedelta(days=9), **fields)
    return actions.invite_expert(here.round, person=expert("Демин Денис Ильич"), by=here.organiser, at=now())


def url(seat: PanelSeat, word: str = "yes") -> str:
    """Return the address of the link."""
    return f"/answer/{token_of(seat)}/{word}/"


def words(response: Any) -> str:
    """Return what the page says."""
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.select_one("main").get_text(" ").split())  # type: ignore[union-attr]  # a page has one


def state_of(seat: PanelSeat) -> str:
    """Return the answer that is kept."""
    seat.refresh_from_db()
    return seat.state


@pytest.mark.parametrize("word", ["yes", "no"])
def test_opening_the_link_changes_nothing(word: str) -> None:
    seat, browser = invited(), Client()
    with CaptureQueriesContext(connection) as seen:
        answers = [browser.get(url(seat, word)).status_code, browser.head(url(seat, word)).status_code]
    assert answers == [200, 405]
    assert [one["sql"] for one in seen if not one["sql"].startswith("SELECT")] == []
    assert (state_of(seat), Consent.objects.count(), Letter.objects.count()) == (SeatState.INVITED, 0, 1)


def test_one_press_agrees_without_signing_in() -> None:
    seat, browser = invited(), Client(enforce_csrf_checks=True)
    page = BeautifulSoup(browser.get(url(seat)).content, "html.parser")
    token = page.select_one("main input[name=csrfmiddlewaretoken]")["value"]  # type: ignore[index]  # it is there
    assert [button.get_text(strip=True) for button in page.select("main button")] == ["Могу"]
    done = browser.post(url(seat), {"csrfmiddlewaretoken": token}, follow=True)
    assert "Ответ записан: «Могу»" in words(done)
    assert state_of(seat) == SeatState.ACCEPTED
    assert Consent.objects.get().person == seat.person
    assert "_auth_user_id" not in browser.session
    again = browser.post(url(seat), {"csrfmiddlewaretoken": token})
    assert ("Ответ записан" in words(again), Consent.objects.count()) == (True, 1)


def test_limits_go_with_the_answer_and_a_wrong_one_is_explained() -> None:
    seat, browser = invited(), Client()
    wrong = browser.post(url(seat), {"most": "0"})
    assert "число от 1 до 500" in words(wrong)
    assert state_of(seat) == SeatState.INVITED
    browser.post(url(seat), {"most": "5", "least_minutes": "60", "most_minutes": "600"})
    seat.refresh_from_db()
    assert (seat.most, seat.least_minutes, seat.most_minutes) == (5, 60, 600)


def test_one_press_declines_and_the_mind_may_change() -> None:
    seat, browser = invited(), Client()
    done = browser.post(url(seat, "no"), {"reason": "Отпуск"}, follow=True)
    assert "Ответ записан: «Не могу»" in words(done)
    assert (state_of(seat), seat.reason) == (SeatState.DECLINED, "Отпуск")
    browser.post(url(seat))
    assert state_of(seat) == SeatState.ACCEPTED


def test_the_page_tells_the_round_and_the_terms_and_nobody_s_name() -> None:
    seat = invited()
    said = words(Client().get(url(seat)))
    assert "Заочная экспертиза Роль Эксперт Срок тура до" in said
    secrets = (seat.person.last_name, seat.person.email, seat.round.organiser.short_name, "Школа наставников")
    assert [secret for secret in secrets if secret in said] == []


def test_after_the_term_the_link_answers_nothing() -> None:
    seat, browser = invited(), Client()
    PanelSeat.objects.filter(pk=seat.pk).update(answer_by=now() - timedelta(minutes=1))
    for response in (browser.get(url(seat)), browser.post(url(seat))):
        assert response.status_code == 410
        assert "Срок ответа прошёл" in words(response)
    assert state_of(seat) == SeatState.INVITED


def test_forged_links_and_other_words_lead_nowhere() -> None:
    seat, browser = invited(), Client()
    for address in (url(seat).replace("/answer/", "/answer/x"), url(seat, "maybe"), "/answer/a:b/yes/"):
        assert browser.post(address).status_code == 404
    assert state_of(seat) == SeatState.INVITED


def test_a_closed_round_asks_nobody() -> None:
    seat = invited()
    seat.round.state = RoundState.CLOSED
    seat.round.save()
    assert Client().post(url(seat)).status_code == 410

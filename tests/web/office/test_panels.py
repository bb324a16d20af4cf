"""The page of the panel."""

import pytest

from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.review.models import PanelSeat
from innoset.review.states import RoundState
from tests import world
from tests.contests.expertise_scene import at_defence
from tests.review.scene import at_office, expert, given
from tests.web.office.pages import queries, remote, rows, soup, text, url

pytestmark = pytest.mark.django_db


def test_the_pool_shows_where_people_are_from_and_how_busy_they_are() -> None:
    here, contest = remote(experts=1)
    given(here)
    person = expert("Демин Денис Ильич")
    place = person.memberships.get().organisation
    page = at_office(here.organiser).get(url(contest, "panel"))
    assert rows(page, "Пригласить экспертов") == [
        ["", "Демин Денис Ильич", f"{place.short_name} {place.municipality.name}", "0", "0"]
    ]
    own = here.experts[0].memberships.get().organisation
    assert rows(page, "Комиссия") == [
        [
            "Агеева Анна Олеговна",
            f"{own.short_name} {own.municipality.name}",
            "Эксперт",
            "Согласен",
            "1",
            "—",
            "",
        ]
    ]


def test_ticked_people_are_invited_by_letter_and_invitations_are_withdrawn() -> None:
    here, contest = remote(experts=0)
    first, second = expert("Демин Денис Ильич"), expert("Ежова Ева Олеговна")
    browser = at_office(here.organiser)
    done = browser.post(
        url(contest, "panel_invite"), {"part": "expert", "person": [first.pk, second.pk]}, follow=True
    )
    assert "Отправлено: 2 приглашения." in text(done)
    assert "ждём ответа — 2" in text(done)
    assert set(Letter.objects.values_list("address", flat=True)) == {first.email, second.email}
    seat = PanelSeat.objects.get(person=first)
    gone = browser.post(url(contest, "panel_withdraw"), {"seat": seat.pk}, follow=True)
    assert "Приглашение отозвано" in text(gone)
    assert not PanelSeat.objects.filter(person=first).exists()
    assert browser.post(url(contest, "panel_withdraw"), {"seat": "кто"}).status_code == 404


def test_observers_are_invited_apart() -> None:
    here, contest = remote()
    watcher = world.member(world.organisation(), Role.OBSERVER, "Зимин Захар Ильич")
    at_office(here.organiser).post(url(contest, "panel_invite"), {"part": "observer", "person": watcher.pk})
    assert PanelSeat.objects.get(person=watcher).role == PanelSeat.Part.OBSERVER


def test_inviting_nobody_or_answered_seats_is_explained() -> None:
    here, contest = remote(experts=1)
    browser = at_office(here.organiser)
    assert "Отметьте хотя бы одного" in text(browser.post(url(contest, "panel_invite"), {"part": "judge"}))
    seat = here.round.seats.get()
    assert "уже ответили" in text(browser.post(url(contest, "panel_withdraw"), {"seat": seat.pk}))


def test_for_a_defence_the_judges_of_the_remote_round_are_ticked_beforehand() -> None:
    contest = at_defence()
    newcomer = expert("Новиков Николай Ильич")
    page = at_office(contest.created_by).get(url(contest, "panel", of=contest.defence_round))
    ticked = [box["aria-label"] for box in soup(page).select("input[name=person][checked]")]
    assert ticked == ["Агеева Анна Олеговна"]
    assert newcomer.full_name in text(page)


def test_a_closed_round_invites_nobody() -> None:
    here, contest = remote(state=RoundState.CLOSED)
    expert("Демин Денис Ильич")
    page = at_office(here.organiser).get(url(contest, "panel"))
    assert soup(page).select("input[name=person]") == []


@pytest.mark.parametrize("people", [1, 4])
def test_the_page_asks_the_database_constantly(people: int) -> None:
    here, contest = remote(experts=people)
    for number in range(people):
        expert(f"Демин Денис {number}")
    browser = at_office(here.organiser)
    browser.get(url(contest))
    assert queries(browser, url(contest, "panel")) <= 15

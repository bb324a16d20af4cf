"""The page of the panel."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.test import Client

from innoset.accounts.models import User
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.review.models import ExpertProfile, Interest, PanelSeat
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
    browser = at_office(here.organiser)
    page, pool = browser.get(url(contest, "panel")), browser.get(url(contest, "panel_invite"))
    assert rows(pool, "Пригласить экспертов") == [
        ["", "Демин Денис Ильич", f"{place.short_name} {place.municipality.name}", "нет", "0", "0"]
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
    browser = at_office(here.organiser)
    page = browser.get(url(contest, "panel_invite"), {"part": "observer"})
    assert [row[1] for row in rows(page, "Пригласить наблюдателей")] == ["Зимин Захар Ильич"]
    browser.post(url(contest, "panel_invite"), {"part": "observer", "person": watcher.pk})
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
    page = at_office(contest.created_by).get(url(contest, "panel_invite", of=contest.defence_round))
    ticked = [box["aria-label"] for box in soup(page).select("input[name=person][checked]")]
    assert ticked == ["Агеева Анна Олеговна"]
    assert newcomer.full_name in text(page)


def test_a_closed_round_invites_nobody() -> None:
    here, contest = remote(state=RoundState.CLOSED)
    expert("Демин Денис Ильич")
    browser = at_office(here.organiser)
    for name in ("panel", "panel_invite"):
        assert soup(browser.get(url(contest, name))).select("input[name=person]") == []


@pytest.mark.parametrize("people", [1, 4])
def test_the_page_asks_the_database_constantly(people: int) -> None:
    here, contest = remote(experts=people)
    for number in range(people):
        expert(f"Демин Денис {number}")
    browser = at_office(here.organiser)
    browser.get(url(contest))
    assert queries(browser, url(contest, "panel")) <= 12
    other = world.dossier()
    for number, person in enumerate(User.objects.filter(last_name="Демин")):
        ExpertProfile.objects.create(person=person, updated_at=world.AT)
        for work in (*here.dossiers, other):
            Interest.objects.create(dossier=work, name=f"Демин Денис {number}", part="author")
    assert queries(browser, url(contest, "panel_invite")) <= 15


def test_the_pool_tells_conflicts_before_anybody_is_asked() -> None:
    here, contest = remote(experts=0)
    person = expert("Демин Денис Ильич")
    first, second = here.dossiers
    world.membership(person, first.organisation)
    Interest.objects.create(dossier=second, name="Демин Д. И.", part="author")
    row = rows(at_office(here.organiser).get(url(contest, "panel_invite")), "Пригласить экспертов")[0]
    assert row[3] == (
        f"1 из 2 Почему Работает в этой организации ({first.code}) "
        f"Свой муниципалитет: {first.organisation.municipality.name} ({first.code}) "
        f"Возможно, имеет отношение к проекту: автор — Демин Д. И. ({second.code}). Не запрещает"
    )


def test_terms_are_set_and_the_silent_are_reminded_with_one_press() -> None:
    here, contest = remote(experts=1)
    browser = at_office(here.organiser)
    person = expert("Демин Денис Ильич")
    browser.post(url(contest, "panel_invite"), {"part": "expert", "person": [person.pk]})
    sent = {"answer_by_0": "2090-01-01", "answer_by_1": "12:00", "bids_until_0": "", "bids_until_1": ""}
    page = browser.post(url(contest, "panel_terms"), sent, follow=True)
    assert "Сроки сохранены." in text(page)
    assert "до 1 января 2090, 12:00 МСК" in text(page)
    assert here.round.seats.get(person=person).answer_by == datetime(2090, 1, 1, 9, tzinfo=UTC)
    done = browser.post(url(contest, "panel_remind"), follow=True)
    assert "Напоминание отправлено: 1 человек." in text(done)
    assert Letter.objects.get(notice="review.answer_awaited").address == person.email
    unread = browser.post(url(contest, "panel_terms"), {**sent, "answer_by_0": "завтра"})
    assert "Введите в поле «Ответить на приглашение до» день, месяц и год." in text(unread)
    wrong = browser.post(url(contest, "panel_terms"), {**sent, "answer_by_0": "2020-01-01"})
    assert "позже этой минуты и не позже срока тура" in text(wrong)
    assert [one["value"] for one in soup(wrong).select("input[name=answer_by_0]")] == ["2020-01-01"]


def test_nobody_is_left_to_remind() -> None:
    here, contest = remote(experts=1)
    page = at_office(here.organiser).post(url(contest, "panel_remind"), {"person": "кто"})
    assert "ещё не ответил" in text(page)


def _steps(browser: Client, *pages: str) -> int:
    """Follow the links from page to page; return how many clicks it took."""
    for here, there in pairwise(pages):
        assert soup(browser.get(here)).select(f'a[href="{there}"]'), f"{here} has no way to {there}"
    return len(pages) - 1


def test_the_silent_and_the_late_are_reminded_in_four_actions_at_most() -> None:
    here, contest = remote(experts=1)
    given(here)
    silent = expert("Демин Денис Ильич")
    browser = at_office(here.organiser)
    browser.post(url(contest, "panel_invite"), {"part": "expert", "person": [silent.pk]})
    begin = (f"/office/contests/{contest.code}/", f"/office/contests/{contest.code}/expertise/")
    clicks = _steps(browser, *begin, url(contest), url(contest, "panel"))
    form = soup(browser.get(url(contest, "panel"))).select_one(
        f'form[action="{url(contest, "panel_remind")}"]'
    )
    assert form is not None
    browser.post(str(form["action"]))
    assert (clicks + 1, Letter.objects.get(notice="review.answer_awaited").address) == (4, silent.email)
    clicks = _steps(browser, *begin, url(contest))
    ask = soup(browser.get(url(contest))).select_one(f'form[action="{url(contest, "reminder")}"]')
    assert ask is not None
    sure = soup(browser.get(url(contest, "reminder"))).select_one(f'form[action="{url(contest, "remind")}"]')
    assert sure is not None
    browser.post(
        str(sure["action"]), {one["name"]: one["value"] for one in sure.select("input[name=expert]")}
    )
    told = Letter.objects.get(notice="review.reminded").address
    assert (clicks + 2, told) == (4, here.experts[0].email)

"""The pages of the expertise and of a round."""

import pytest
from django.urls import reverse

from innoset.contests.states import ApplicationState, ContestState
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.review.states import RoundState
from tests import world
from tests.contests.expertise_scene import contest_with, judged, started
from tests.review.scene import at_office, finished, given, opened
from tests.web.office.pages import FAR, PAST, queries, remote, rows, soup, text, url

pytestmark = pytest.mark.django_db


def test_the_start_page_says_what_is_ready_and_what_is_early() -> None:
    contest = contest_with(2)
    contest.stages.update(starts_at=PAST, ends_at=FAR)
    browser = at_office(contest.created_by)
    address = reverse("office:expertise", args=[contest.code])
    page = browser.get(address)
    assert "Передать экспертам: 2 заявки" in text(page)
    assert "Приём заявок по календарю идёт до 1 января 2100" in text(page)
    again = browser.post(address, {"reason": ""})
    assert "Укажите причину" in text(again)
    done = browser.post(address, {"reason": "Все подали"})
    assert done.headers["Location"] == url(contest, "panel")
    contest.refresh_from_db()
    assert contest.state == ContestState.EXPERTISE
    assert "Дел: 2, оценены полностью: 0." in text(browser.get(address))


def test_a_timely_start_asks_for_no_reason() -> None:
    contest = contest_with(1)
    contest.stages.update(starts_at=PAST, ends_at=PAST.replace(month=2))
    browser = at_office(contest.created_by)
    address = reverse("office:expertise", args=[contest.code])
    assert soup(browser.get(address)).select("textarea") == []
    assert browser.post(address).status_code == 302


def test_unchecked_applications_are_led_to_the_check() -> None:
    contest = contest_with(0)
    world.application(contest, state=ApplicationState.SUBMITTED)
    page = at_office(contest.created_by).get(reverse("office:expertise", args=[contest.code]))
    links = [link["href"] for link in soup(page).select(".notice a")]
    assert links == [reverse("office:checks", args=[contest.code])]
    empty = contest_with(0)
    page = at_office(empty.created_by).get(reverse("office:expertise", args=[empty.code]))
    assert "Передавать экспертам пока нечего" in text(page)


def test_nobody_else_sees_the_pages() -> None:
    here, contest = remote()
    names = ("round", "panel", "assignments", "proposal", "ranking", "ranking_csv", "reminder")
    addresses = [url(contest, name) for name in names]
    addresses += [
        reverse(f"office:{name}", args=[contest.code]) for name in ("expertise", "to_council", "choice")
    ]
    approver = world.member(world.organisation(municipality=here.round.organiser.municipality), Role.APPROVER)
    for person in (world.member(world.organisation(), Role.ORGANISER), approver):
        browser = at_office(person)
        assert {browser.get(address).status_code for address in addresses} == {404}
    mine = at_office(here.organiser)
    assert {mine.get(address).status_code for address in addresses} == {200}
    assert mine.get(reverse("office:round", args=[contest.code, "defence"])).status_code == 404
    assert mine.get(reverse("office:round", args=[contest.code, "other"])).status_code == 404


def test_the_round_page_shows_the_pace_of_every_expert() -> None:
    here, contest = remote()
    finished(here, 4, 4, expert=0, dossier=0)
    given(here, expert=1, dossier=0)
    page = at_office(here.organiser).get(url(contest))
    assert rows(page, "Эксперты") == [
        ["", "Агеева Анна Олеговна", "1 из 1", "0", "Всё готово"],
        ["", "Белов Борис Ильич", "0 из 1", "1", "Ещё не открывал"],
    ]
    assert "Завершено листов 1 из 4" in text(page)


def test_late_experts_are_named_and_ticked() -> None:
    here, contest = remote()
    opened(here)
    here.round.closes_at = PAST.replace(year=2021)
    here.round.opens_at = PAST
    here.round.save()
    page = at_office(here.organiser).get(url(contest))
    assert rows(page, "Эксперты: срок прошёл")[0][-1] == "Просрочено"
    assert len(soup(page).select("input[name=expert][checked]")) == 1


def test_reminding_the_late_takes_three_steps_and_shows_who_gets_the_letter() -> None:
    here, contest = remote()
    given(here, expert=0)
    given(here, expert=1)
    browser = at_office(here.organiser)
    form = soup(browser.get(url(contest))).select_one("form:has(input[name=expert])")
    assert form is not None
    preview = browser.get(str(form["action"]), {"expert": here.experts[1].pk})
    assert "Письмо получат: 1 эксперт" in text(preview)
    assert f"Белов Борис Ильич, {here.experts[1].email}" in text(preview)
    everybody = browser.get(str(form["action"]))
    assert "Письмо получат: 2 эксперта" in text(everybody)
    done = browser.post(url(contest, "remind"), {"expert": here.experts[1].pk}, follow=True)
    assert "Напоминание отправлено: 1 эксперт." in text(done)
    assert Letter.objects.get(notice="review.reminded").address == here.experts[1].email
    nobody = browser.post(url(contest, "remind"), {"expert": "нет"})
    assert "Выберите хотя бы одного эксперта" in text(nobody)
    finished_browser = browser.get(url(contest, "reminder"), {"expert": "0"})
    assert "Напоминать некому" in text(finished_browser)


def test_the_term_is_changed_on_the_page_and_mistakes_come_back() -> None:
    here, contest = remote()
    browser = at_office(here.organiser)
    data = {"closes_at_0": "2101-02-03", "closes_at_1": "17:00", "sheets_per_dossier": "3"}
    assert browser.post(url(contest), data).headers["Location"] == url(contest)
    here.round.refresh_from_db()
    assert (here.round.closes_at.isoformat(), here.round.sheets_per_dossier) == (
        "2101-02-03T14:00:00+00:00",
        3,
    )
    assert "целое число" in text(browser.post(url(contest), {**data, "sheets_per_dossier": "два"}))
    assert "позже этой минуты" in text(browser.post(url(contest), {**data, "closes_at_0": "2020-02-03"}))


def test_a_round_is_opened_closed_with_a_reason_and_opened_again() -> None:
    here, contest = remote(state=RoundState.PREPARING)
    browser = at_office(here.organiser)
    assert "Сначала назначьте экспертов" in text(browser.post(url(contest, "round_open")))
    given(here)
    assert "Тур открыт" in text(browser.post(url(contest, "round_open"), follow=True))
    again = browser.post(url(contest, "round_close"), {"reason": ""})
    assert "Не хватает 4 листов" in text(again)
    done = browser.post(url(contest, "round_close"), {"reason": "Эксперты заняты"})
    assert done.headers["Location"] == url(contest, "ranking")
    assert "Тур снова открыт" in text(browser.post(url(contest, "round_reopen"), follow=True))
    here.round.refresh_from_db()
    assert here.round.state == RoundState.OPEN


def test_the_ranking_goes_to_the_council() -> None:
    contest = judged(started(1, has_defence=False), 4)
    browser = at_office(contest.created_by)
    hub = soup(browser.get(reverse("office:expertise", args=[contest.code])))
    address = reverse("office:to_council", args=[contest.code])
    assert hub.select_one(f"a[href='{address}']") is not None
    assert soup(browser.get(address)).select("textarea") == []
    done = browser.post(address)
    assert done.headers["Location"] == reverse("office:contest", args=[contest.code])
    contest.refresh_from_db()
    assert contest.state == ContestState.COUNCIL


def test_missing_sheets_are_explained_before_the_council() -> None:
    contest = judged(started(2, has_defence=False), 4)
    browser = at_office(contest.created_by)
    address = reverse("office:to_council", args=[contest.code])
    assert "Получены не все листы Готово 1 из 2." in text(browser.get(address))
    assert "Не хватает 1 листа" in text(browser.post(address, {"reason": ""}))


@pytest.mark.parametrize("dossiers", [1, 3])
def test_the_round_page_asks_the_database_constantly(dossiers: int) -> None:
    here, contest = remote(dossiers=dossiers)
    for number in range(dossiers):
        finished(here, 4, 4, dossier=number)
        given(here, expert=1, dossier=number)
    browser = at_office(here.organiser)
    browser.get(url(contest))
    assert queries(browser, url(contest)) <= 12
    assert queries(browser, url(contest, "ranking")) <= 15

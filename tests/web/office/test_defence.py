"""The schedule of the defence."""

import pytest
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.contests.states import ApplicationState
from innoset.foundation.notify.models import Letter
from innoset.review.models import DefenceSlot
from innoset.review.states import RoundState, SlotState
from tests import world
from tests.contests.expertise_scene import at_defence
from tests.review.scene import at_office, seated
from tests.web.office.pages import rows, soup, text

pytestmark = pytest.mark.django_db

DATA = {
    "starts_at_0": "2100-01-20",
    "starts_at_1": "10:00",
    "minutes": "15",
    "pause": "5",
    "room": "Актовый зал",
    "link": "https://meet.example/5",
    "order": "code",
}


def _url(contest: Contest, page: str = "schedule", *args: str) -> str:
    return reverse(f"office:{page}", args=[contest.code, *args])


def test_the_schedule_is_made_from_start_length_and_order() -> None:
    contest = at_defence()
    browser = at_office(contest.created_by)
    done = browser.post(_url(contest), DATA, follow=True)
    one, two = contest.applications.order_by("dossier__code").select_related("dossier", "organisation")
    table = rows(done, "Порядок выступлений")
    assert [row[:2] for row in table] == [
        ["1", "20 января 2100, 10:00 МСК 15 мин"],
        ["2", "20 января 2100, 10:20 МСК 15 мин"],
    ]
    assert one.dossier is not None
    assert table[0][2] == (
        f"{one.dossier.code} · {one.shown_number} {one.organisation.short_name} Школа наставников сельского района"
    )
    browser.post(_url(contest), {**DATA, "order": "reverse"})
    assert [slot.dossier for slot in DefenceSlot.objects.all()] == [two.dossier, one.dossier]
    browser.post(_url(contest), {**DATA, "order": "rank"})
    assert [slot.dossier for slot in DefenceSlot.objects.all()] == [one.dossier, two.dossier]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"minutes": "0"}, "от 1 до 240 минут"),
        ({"pause": "много"}, "целое число"),
        ({"starts_at_0": ""}, "Начало"),
        ({"link": "не ссылка"}, "Ссылка для подключения"),
        ({"order": "other"}, "нет такого ответа"),
    ],
)
def test_a_bad_schedule_comes_back_with_what_was_typed(change: dict[str, str], words: str) -> None:
    contest = at_defence()
    page = at_office(contest.created_by).post(_url(contest), {**DATA, **change})
    assert words in text(page)
    room = soup(page).select_one("input[name=room]")
    assert room is not None
    assert room["value"] == "Актовый зал"
    assert not DefenceSlot.objects.exists()


def test_one_slot_is_moved_and_a_clash_is_refused() -> None:
    contest = at_defence()
    browser = at_office(contest.created_by)
    browser.post(_url(contest), DATA)
    one, two = (slot.dossier.code for slot in DefenceSlot.objects.all())
    page = browser.get(_url(contest, "slot", two))
    start = soup(page).select_one("input[name=starts_at_1]")
    assert start is not None
    assert start["value"] == "10:20"
    data = {key: DATA[key] for key in ("starts_at_0", "starts_at_1", "minutes", "room", "link")}
    assert f"там выступает {one}" in text(browser.post(_url(contest, "slot", two), data))
    done = browser.post(_url(contest, "slot", two), {**data, "starts_at_1": "09:00"}, follow=True)
    assert f"Время защиты {two} изменено." in text(done)
    assert [slot.dossier.code for slot in DefenceSlot.objects.all()] == [two, one]
    assert browser.get(_url(contest, "slot", "Ы-999")).status_code == 404


def test_a_dossier_without_a_time_is_named() -> None:
    contest = at_defence()
    browser = at_office(contest.created_by)
    browser.post(_url(contest), DATA)
    gone = DefenceSlot.objects.all()[0]
    DefenceSlot.objects.filter(pk=gone.pk).delete()
    assert f"Нет времени: {gone.dossier.code}" in text(browser.get(_url(contest)))
    page = browser.get(_url(contest, "slot", gone.dossier.code))
    assert page.status_code == 200


def test_the_teams_get_the_schedule() -> None:
    contest = at_defence()
    browser = at_office(contest.created_by)
    assert "Расписания ещё нет" in text(browser.post(_url(contest, "schedule_send")))
    browser.post(_url(contest), DATA)
    assert "Письмо получат 2 команды" in text(browser.get(_url(contest)))
    done = browser.post(_url(contest, "schedule_send"), follow=True)
    assert "Расписание отправлено: 2 команды." in text(done)
    assert Letter.objects.filter(notice="contests.scheduled").count() == 2


def test_it_is_written_down_who_came() -> None:
    contest = at_defence()
    browser = at_office(contest.created_by)
    browser.post(_url(contest), DATA)
    one, two = DefenceSlot.objects.all()
    browser.post(_url(contest, "slot_held", one.dossier.code), {"held": "yes"})
    browser.post(_url(contest, "slot_held", two.dossier.code), {"held": "no"})
    assert list(DefenceSlot.objects.values_list("state", flat=True)) == [SlotState.DONE, SlotState.MISSED]
    again = browser.post(_url(contest, "slot_held", one.dossier.code), {"held": "yes"})
    assert "сделать это уже нельзя" in text(again)


def test_after_the_defence_nothing_is_rescheduled() -> None:
    contest = at_defence()
    browser = at_office(contest.created_by)
    assert contest.defence_round is not None
    contest.defence_round.state = RoundState.CLOSED
    contest.defence_round.save()
    assert soup(browser.get(_url(contest))).select("main form") == []
    assert "расписание менять поздно" in text(browser.post(_url(contest), DATA))


def test_the_order_that_moves_the_fewest_jurors_is_offered() -> None:
    contest = at_defence()
    here = contest.defence_round
    assert here is not None
    world.application(contest, state=ApplicationState.TO_DEFENCE)
    third = contest.applications.order_by("-pk")[0].dossier
    assert third is not None
    here.dossiers.add(third)
    juror = seated(here)
    first, second, third = here.dossiers.order_by("code")
    for one in (first, third):
        world.membership(juror, one.organisation)
    browser = at_office(contest.created_by)
    page = text(browser.post(_url(contest), DATA, follow=True))
    assert "эксперты выходят и возвращаются 2 раза" in page
    assert "Можно обойтись 1" in page
    better = text(browser.post(_url(contest), {**DATA, "order": "moves"}, follow=True))
    assert [slot.dossier for slot in DefenceSlot.objects.all()] == [first, third, second]
    assert "эксперты выходят и возвращаются 1 раз" in better
    assert "Меньше нельзя: это лучший порядок." in better

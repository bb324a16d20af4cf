"""What municipalities say of the works defended, on its pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innoset.contests.models import Application
from innoset.contests.states import ApplicationState, ContestState
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.models import DefenceFeedback
from tests import world
from tests.review.scene import at_office, seated
from tests.web.desk.hall import Day, day
from tests.web.office.pages import rows, soup, text

pytestmark = pytest.mark.django_db


def held(**fields: Any) -> Day:
    """Make a defence whose first work has been heard."""
    of = day(**fields)
    actions.mark_slot(of.slot(0), held=True, by=of.here.organiser, at=of.at)
    return of


def coordinator(of: Day, work: int | None = None) -> Client:
    """Sign a coordinator in: of a municipality of their own, or of that of a work."""
    where = None if work is None else of.here.dossiers[work].organisation.municipality
    own = world.organisation(municipality=where) if where else world.organisation()
    return world.signed_in(world.member(own, Role.COORDINATOR, "Краева Карина Ильинична"))


def url(of: Day, page: str, *args: str) -> str:
    return reverse(f"office:{page}", args=[of.code, *args])


def test_a_coordinator_says_how_useful_a_work_is_and_changes_it() -> None:
    of = held()
    code = of.here.dossiers[0].code
    browser = coordinator(of)
    assert of.contest.title in text(browser.get(reverse("office:feedback_contests")))
    school = of.here.dossiers[0].organisation.short_name
    (row,) = rows(browser.get(url(of, "feedback")), "Защищённые работы")
    assert (row[0].startswith(f"{code} · {school}"), row[1:]) == (True, ["—", "—", f"Дать отзыв : {code}"])
    page = url(of, "feedback_work", code)
    place = soup(browser.get(page)).select_one("select[name=municipality] option[selected]")
    assert place is not None
    data = {"municipality": place["value"], "usefulness": "5", "wants_visit": "on", "text": "Берём."}
    assert f"{code}: отзыв сохранён." in text(browser.post(page, data, follow=True))
    assert rows(browser.get(url(of, "feedback")), "Защищённые работы")[0][1:3] == ["5", "хотим приехать"]
    chosen = soup(browser.get(page)).select_one("input[name=usefulness][checked]")
    assert chosen is not None
    assert chosen["value"] == "5"
    browser.post(page, {"municipality": place["value"], "usefulness": "2"})
    assert list(DefenceFeedback.objects.values_list("usefulness", "wants_visit", "text")) == [(2, False, "")]


def test_nothing_said_comes_back_with_a_reason() -> None:
    of = held()
    browser, page = coordinator(of), url(of, "feedback_work", of.here.dossiers[0].code)
    place = soup(browser.get(page)).select_one("select[name=municipality] option[selected]")
    assert place is not None
    assert "Выберите полезность, отметьте" in text(browser.post(page, {"municipality": place["value"]}))
    wrong = browser.post(page, {"municipality": place["value"], "usefulness": "9", "text": "Важное."})
    assert text(wrong).startswith("Ошибка: Отзыв")
    assert "Важное." in text(wrong)
    assert not DefenceFeedback.objects.exists()


def test_own_works_are_not_spoken_of() -> None:
    of = held()
    browser = coordinator(of, 0)
    assert rows(browser.get(url(of, "feedback")), "Защищённые работы")[0][3] == "ваша работа"
    page = url(of, "feedback_work", of.here.dossiers[0].code)
    assert "О своих работах отзыв не дают" in text(browser.get(page))
    place = of.here.dossiers[0].organisation.municipality_id
    assert browser.post(page, {"municipality": place, "usefulness": "5"}).status_code == 200
    assert not DefenceFeedback.objects.exists()


def test_a_blind_defence_names_no_school() -> None:
    of = held(is_blind=True)
    page = text(coordinator(of).get(url(of, "feedback")))
    assert of.here.dossiers[0].organisation.short_name not in page


def test_others_have_nothing_to_say() -> None:
    of = held()
    observer = seated(of.here.round, "Наблюдаева Нина Ильинична", part="observer")
    assert world.signed_in(observer).get(url(of, "feedback")).status_code == 200
    work = of.here.dossiers[0].code
    for person in (of.here.experts[0], world.person()):
        browser = world.signed_in(person)
        pages = [url(of, "feedback"), url(of, "feedback_work", work), url(of, "feedback_summary")]
        assert [browser.get(page).status_code for page in pages] == [404, 404, 404]
        assert "Отзываться пока не о чем" in text(browser.get(reverse("office:feedback_contests")))
    assert coordinator(of).get(url(of, "feedback_work", of.here.dossiers[1].code)).status_code == 404


def test_the_organiser_reads_the_summary() -> None:
    of = held()
    browser = at_office(of.here.organiser)
    assert "Отзывов пока нет." in text(browser.get(url(of, "feedback_summary")))
    speaker = coordinator(of)
    page = url(of, "feedback_work", of.here.dossiers[0].code)
    place = soup(speaker.get(page)).select_one("select[name=municipality] option[selected]")
    assert place is not None
    speaker.post(
        page, {"municipality": place["value"], "usefulness": "4", "wants_visit": "on", "text": "Ждём."}
    )
    said = text(browser.get(url(of, "feedback_summary")))
    name = " ".join(place.get_text().split())
    assert f"Полезность в среднем 4,0 из 5. Отзывов: 1. Хотят приехать или перенять: {name}." in said
    assert "Ждём." in said


@pytest.mark.parametrize(("state", "is_told"), [(ContestState.COUNCIL, False), (ContestState.FINISHED, True)])
def test_the_applicant_reads_it_after_the_results(state: ContestState, is_told: bool) -> None:
    contest = world.contest(state)
    one: Application = world.application(contest, state=ApplicationState.REJECTED)
    assert one.dossier is not None
    of = held(dossiers=1)
    of.here.round.dossiers.add(one.dossier)
    of.here.round.slots.update(dossier=one.dossier)
    person = world.member(world.organisation(), Role.COORDINATOR, "Краева Карина Ильинична")
    place = person.memberships.get().organisation.municipality
    actions.give_feedback(
        of.here.round,
        dossier=one.dossier,
        municipality=place,
        usefulness=5,
        text="Берём.",
        by=person,
        at=of.at,
    )
    page = text(world.signed_in(one.created_by).get(reverse("cabinet:application", args=[one.number])))
    assert ("Что сказали муниципалитеты" in page, "Берём." in page) == (is_told, is_told)

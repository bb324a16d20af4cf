"""The matrix and taking off."""

import gzip
from typing import Any

import pytest
from bs4 import Tag

from innoset.network.states import Role
from innoset.review.models import Alternate, Assignment, PanelSeat
from innoset.review.states import AssignmentState, RoundState, SeatState
from tests import world
from tests.review.scene import at_office, finished, given, opened, planned
from tests.web.office.pages import queries, remote, soup, text, url

pytestmark = pytest.mark.django_db


def _box(page: Tag, value: str) -> Tag | None:
    return page.select_one(f"input[name=pair][value='{value}']")


def _cell(page: Tag, here: Any, expert: int, dossier: int) -> Tag:
    """Return the cell of the pair, found by its place."""
    return page.select(".matrix tbody tr")[dossier].select("td")[expert]


def test_the_matrix_hatches_conflicts_with_their_reason_and_shows_who_has_begun() -> None:
    here, contest = remote(experts=2, dossiers=2)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    opened(here, expert=1, dossier=0)
    given(here, expert=1, dossier=1)
    page = soup(at_office(here.organiser).get(url(contest, "assignments")))
    barred = page.select_one("td.barred")
    assert barred is not None
    assert str(barred["title"]).startswith("Работает в этой организации")
    assert " ".join(barred.get_text(" ").split()) == f"нельзя : Агеева А. О. {barred['title']}"
    codes = [dossier.code for dossier in here.dossiers]
    assert [link["href"] for link in page.select(".matrix td a")] == [
        f"{url(contest, 'removal', codes[0])}?expert={here.experts[1].pk}"
    ]
    ticked = [box["aria-label"] for box in page.select("input[name=pair][checked]")]
    assert ticked == [f"{codes[1]}: Белов Б. И."]
    assert "Не хватает: 2 назначения." in page.get_text()


def test_a_cell_tells_affinity_reason_and_alternate() -> None:
    here, contest = remote(experts=3, dossiers=1, sheets_per_dossier=1, alternates=1)
    plan = planned(here.round, by=here.organiser)
    chosen = plan.given[0]
    place = [one.pk for one in here.experts].index(chosen["expert"])
    Alternate.objects.all().delete()
    stands = next(key for key, one in enumerate(here.experts) if one.pk != chosen["expert"])
    idle = next(key for key in range(3) if key not in {place, stands})
    Alternate.objects.create(
        round=here.round,
        dossier=here.dossiers[0],
        expert=here.experts[stands],
        position=1,
        reason="Первый из свободных",
    )
    page = soup(at_office(here.organiser).get(url(contest, "assignments")))
    words = [" ".join(_cell(page, here, key, 0).get_text(" ").split()) for key in (place, stands, idle)]
    assert words == [
        f"0,50 : почему {chosen['reason'].rstrip('.')}",
        "0,50 зап. 1 : почему Первый из свободных",
        "0,50",
    ]


def test_a_doubtful_tie_is_marked_and_does_not_bar() -> None:
    here, contest = remote(experts=1, dossiers=2, own_municipality="at_most_one")
    place = here.experts[0].memberships.get().organisation.municipality
    near = world.dossier(world.organisation(municipality=place))
    here.round.dossiers.add(near)
    page = soup(at_office(here.organiser).get(url(contest, "assignments")))
    cell = _cell(page, here, 0, 2)
    assert cell["title"] == f"Свой муниципалитет: {place.name}"
    assert _box(page, f"{here.experts[0].pk}-{near.pk}") is not None


def test_loads_are_shown_in_minutes() -> None:
    here, contest = remote(experts=2, dossiers=2, minutes_per_page=4)
    here.round.dossiers.update(pages=10)
    here.round.seats.filter(person=here.experts[0]).update(most_minutes=160)
    given(here, expert=0, dossier=0)
    page = soup(at_office(here.organiser).get(url(contest, "assignments")))
    heads = [" ".join(head.get_text(" ").split()) for head in page.select(".matrix thead th")[1:3]]
    assert heads == ["Агеева А. О. 1 40 мин из 160", "Белов Б. И. 0 0 мин"]
    assert [bar["width"] for bar in page.select(".matrix .load .fill")] == ["25", "0"]


def test_ticks_give_and_clearing_takes_and_nothing_else_changes() -> None:
    here, contest = remote(experts=2, dossiers=2)
    given(here, expert=0, dossier=0)
    browser = at_office(here.organiser)
    address = url(contest, "assignments")
    was = soup(browser.get(address)).select_one("input[name=was]")
    assert was is not None
    given(here, expert=1, dossier=0)
    fresh = f"{here.experts[1].pk}-{here.dossiers[1].pk}"
    done = browser.post(address, {"was": was["value"], "pair": [fresh, "мусор", "1-"]}, follow=True)
    assert "Добавлено: 1 назначение. Снято: 1 назначение." in text(done)
    live = Assignment.objects.filter(state=AssignmentState.ASSIGNED).values_list("expert", "dossier")
    assert set(live) == {
        (here.experts[1].pk, here.dossiers[0].pk),
        (here.experts[1].pk, here.dossiers[1].pk),
    }


def test_a_refused_change_shows_the_ticks_again() -> None:
    here, contest = remote(experts=1, dossiers=2)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    pairs = [f"{here.experts[0].pk}-{dossier.pk}" for dossier in here.dossiers]
    page = soup(at_office(here.organiser).post(url(contest, "assignments"), {"was": "", "pair": pairs}))
    assert "нельзя дать эксперту" in page.get_text()
    boxes = [_box(page, pair) for pair in pairs]
    assert all(box is not None and box.has_attr("checked") for box in boxes)
    assert not Assignment.objects.exists()


def test_taking_off_one_who_has_begun_needs_a_reason() -> None:
    here, contest = remote()
    sheet = finished(here, 4, 4)
    browser = at_office(here.organiser)
    address, data = url(contest, "removal", here.dossiers[0].code), {"expert": here.experts[0].pk}
    assert "Агеева Анна Олеговна получит письмо" in text(browser.get(address, data))
    assert "уже ставил баллы" in text(browser.post(address, {**data, "reason": " "}))
    done = browser.post(address, {**data, "reason": "Ошибка"}, follow=True)
    assert f"Дело {here.dossiers[0].code} снято с эксперта." in text(done)
    sheet.assignment.refresh_from_db()
    assert sheet.assignment.state == AssignmentState.REMOVED
    assert browser.get(address, data).status_code == 404
    assert browser.get(address, {"expert": "кто"}).status_code == 404


def test_without_experts_or_after_the_round_there_is_nothing_to_press() -> None:
    here, contest = remote(experts=0)
    assert "Назначать пока некому" in text(at_office(here.organiser).get(url(contest, "assignments")))
    closed, over = remote(state=RoundState.CLOSED)
    browser = at_office(closed.organiser)
    page = browser.get(url(over, "assignments"))
    assert [button.get_text() for button in soup(page).select("main button")] == []
    assert "Тур завершён. Чтобы менять назначения, сначала откройте тур снова." in text(
        browser.post(url(over, "plan_make"))
    )


def test_the_page_asks_the_database_constantly() -> None:
    asked = []
    for dossiers in (1, 4):
        here, contest = remote(dossiers=dossiers)
        for number in range(dossiers):
            opened(here, dossier=number)
        browser = at_office(here.organiser)
        browser.get(url(contest))
        asked.append(queries(browser, url(contest, "assignments")))
    assert asked[0] == asked[1] <= 17


def test_sixty_dossiers_by_fifty_experts_keep_the_budget() -> None:
    here, contest = remote(experts=0, dossiers=60)
    people = [world.person(f"Экспертов{'а' * (number % 7)} Имя Отчество") for number in range(50)]
    PanelSeat.objects.bulk_create(
        PanelSeat(
            round=here.round,
            person=person,
            state=SeatState.ACCEPTED,
            invited_at=world.AT,
            answered_at=world.AT,
        )
        for person in people
    )
    planned(here.round, by=here.organiser)
    page = at_office(here.organiser).get(url(contest, "assignments"))
    assert len(soup(page).select(".matrix tbody td")) == 60 * 51
    assert len(gzip.compress(page.content)) <= 40 * 1024

"""The matrix, the proposal, taking off."""

import pytest
from bs4 import Tag

from innoset.network.states import Role
from innoset.review.models import Assignment
from innoset.review.states import AssignmentState, RoundState
from tests import world
from tests.review.scene import at_office, finished, given, opened
from tests.web.office.pages import queries, remote, rows, soup, text, url

pytestmark = pytest.mark.django_db


def _box(page: Tag, value: str) -> Tag | None:
    return page.select_one(f"input[name=pair][value='{value}']")


def test_the_matrix_hatches_conflicts_with_their_reason_and_shows_who_has_begun() -> None:
    here, contest = remote(experts=2, dossiers=2)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    opened(here, expert=1, dossier=0)
    given(here, expert=1, dossier=1)
    page = soup(at_office(here.organiser).get(url(contest, "assignments")))
    barred = page.select_one("td.barred")
    assert barred is not None
    assert barred["title"] == "Работает в этой организации"
    codes = [dossier.code for dossier in here.dossiers]
    assert [link["href"] for link in page.select(".matrix td a")] == [
        f"{url(contest, 'removal', codes[0])}?expert={here.experts[1].pk}"
    ]
    ticked = [box["aria-label"] for box in page.select("input[name=pair][checked]")]
    assert ticked == [f"{codes[1]}: Белов Б. И."]
    assert "Не хватает: 2 назначения." in page.get_text()


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


def test_the_proposal_explains_itself_before_anything_is_done() -> None:
    here, contest = remote(experts=2, dossiers=2)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    browser = at_office(here.organiser)
    page = browser.get(url(contest, "proposal"))
    assert "3 будет назначено 1 не хватает" in text(page)
    assert f"{here.dossiers[0].code} . Не хватает 1 эксперта: в комиссии 2 эксперта" in text(page)
    assert len(rows(page, "Новые назначения")) == 3
    assert not Assignment.objects.exists()
    done = browser.post(url(contest, "proposal"), {"seed": "7"}, follow=True)
    assert "Сделано: 3 назначения. Не хватает: 1." in text(done)
    assert Assignment.objects.count() == 3
    assert "Назначать больше нечего" in text(browser.get(url(contest, "proposal"), {"seed": "другой"}))


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
    page = at_office(closed.organiser).get(url(over, "assignments"))
    assert [button.get_text() for button in soup(page).select("main button")] == []
    assert "Тур завершён" in text(world.signed_in(closed.organiser).post(url(over, "proposal")))


@pytest.mark.parametrize("dossiers", [1, 4])
def test_the_pages_ask_the_database_constantly(dossiers: int) -> None:
    here, contest = remote(dossiers=dossiers)
    for number in range(dossiers):
        opened(here, dossier=number)
    browser = at_office(here.organiser)
    browser.get(url(contest))
    counts = [queries(browser, url(contest, page)) for page in ("assignments", "proposal")]
    assert max(counts) <= 15

"""The plan on its page: why, how good, beside last year; carried out, refused as stale, replacing."""

from typing import Any

import pytest

from innoset.contests.models import Contest
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.models import Alternate, Assignment, AssignmentPlan
from innoset.review.states import RoundState
from tests import world
from tests.review.scene import Scene, at_office, given, opened, planned, scene, seated
from tests.web.office.pages import queries, remote, rows, soup, text, url

pytestmark = pytest.mark.django_db


def made(browser: Any, contest: Contest, **data: str) -> Any:
    return browser.post(url(contest, "plan_make"), data, follow=True)


def applied(browser: Any, contest: Contest, page: Any) -> Any:
    """Press the button of the page."""
    form = soup(page).select_one(f"form[action='{url(contest, 'plan_apply')}']")
    assert form is not None
    data = {str(one["name"]): str(one["value"]) for one in form.select("input[name]")}
    return browser.post(url(contest, "plan_apply"), data, follow=True)


def test_without_a_plan_the_page_offers_one() -> None:
    here, contest = remote()
    assert "Плана ещё нет" in text(at_office(here.organiser).get(url(contest, "proposal")))


def test_the_plan_explains_itself_before_anything_is_done() -> None:
    here, contest = remote(experts=2, dossiers=2)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    browser = at_office(here.organiser)
    page = made(browser, contest)
    assert "3 будет назначено 1 не хватает" in text(page)
    assert "Кому не хватит экспертов" in text(page)
    cells = rows(page, "Что изменится")
    assert [cells[0][0].split()[0], cells[1][0].split()[0]] == [one.code for one in here.dossiers]
    assert [row[-2] for row in cells] == ["0,50"] * 3
    assert not Assignment.objects.exists()
    done = applied(browser, contest, page)
    assert "Сделано: 3 назначения. Не хватает: 1 назначение." in text(done)
    assert Assignment.objects.count() == 3
    assert "Менять нечего" in text(made(browser, contest))


def test_the_comparison_has_now_the_plan_and_last_year() -> None:
    last, old = remote(experts=2, dossiers=1)
    for number in range(2):
        given(last, expert=number)
    here = scene(experts=2, dossiers=2)
    contest = world.contest(
        organiser=here.round.organiser, created_by=here.organiser, remote_round=here.round, copied_from=old
    )
    browser = at_office(here.organiser)
    assert rows(made(browser, contest), "План в сравнении") == [
        ["Назначений", "0", "4", "2"],
        ["Соответствие у дела, обеспеченного хуже всех", "0,00", "0,50", "0,50"],
        ["Соответствие в среднем", "0,00", "0,50", "0,50"],
        ["Нагрузка эксперта: наименьшая и наибольшая", "0 мин — 0 мин", "8 мин — 8 мин", "4 мин — 4 мин"],
        ["Пар с конфликтом интересов по нынешним сведениям", "0", "0", "0"],
        ["Экспертов из другого муниципалитета", "—", "100 %", "100 %"],
    ]


def test_a_stale_plan_is_refused_in_words_and_made_again() -> None:
    here, contest = remote(experts=2, dossiers=2)
    browser = at_office(here.organiser)
    page = made(browser, contest)
    seated(here.round, "Ветрова Вера Юрьевна")
    after = applied(browser, contest, page)
    said = text(after)
    assert "С тех пор как план составлен, изменились состав комиссии или пределы нагрузки" in said
    assert "Составлен новый план. Проверьте его и нажмите «Назначить так»." in said
    assert not Assignment.objects.exists()
    assert "Сделано: 4 назначения." in text(applied(browser, contest, after))


def test_a_plan_that_is_gone_or_of_a_closed_round_is_not_carried_out() -> None:
    here, contest = remote()
    browser = at_office(here.organiser)
    page = made(browser, contest)
    assert browser.post(url(contest, "plan_apply"), {"plan": "0" * 64}).status_code == 404
    here.round.state = RoundState.CLOSED
    here.round.save(update_fields=["state"])
    assert "Тур завершён" in text(applied(browser, contest, page))
    assert not Assignment.objects.exists()


def test_another_lay_out_has_its_number() -> None:
    here, contest = remote(experts=3, dossiers=3)
    browser = at_office(here.organiser)
    form = soup(made(browser, contest)).select_one("input[name=seed]")
    assert form is not None
    assert form["value"] == "1"
    assert "Номер расклада: 1." in text(made(browser, contest, seed="1", mode="anew"))
    assert AssignmentPlan.objects.get().seed == 1
    made(browser, contest, seed="мусор")
    assert AssignmentPlan.objects.get().seed == 0
    assert "Такого вида плана нет" in text(made(browser, contest, mode="всё"))


def test_a_plan_made_anew_shows_who_goes() -> None:
    here, contest = remote(experts=2, dossiers=2, sheets_per_dossier=1)
    given(here, expert=0, dossier=0)
    given(here, expert=0, dossier=1)
    page = made(at_office(here.organiser), contest, mode="anew")
    assert "1 будет назначено 1 будет снято 0 не хватает" in text(page)
    cells = [row[-3:] for row in rows(page, "Что изменится")]
    assert cells[1] == ["Агеева А. О. снять", "", "Дело передают другому эксперту"]


# ── Those who have gone ─────────────────────────────────────────────────────


def left(experts: int = 4) -> tuple[Scene, Contest, Assignment]:
    """Assign a round and let one expert recuse."""
    here, contest = remote(experts=experts, dossiers=2, alternates=1)
    planned(here.round, by=here.organiser)
    gone = Assignment.objects.filter(round=here.round).order_by("pk")[0]
    actions.declare(gone, ground="coauthor", by=gone.expert, at=world.AT)
    return here, contest, gone


def test_a_free_place_is_offered_to_the_alternate_and_filled_by_one_button() -> None:
    here, contest, gone = left()
    ready = next(
        one for one in here.experts if one.pk not in gone.dossier.assignments.values_list("expert", flat=True)
    )
    Alternate.objects.filter(dossier=gone.dossier).delete()
    Alternate.objects.create(
        round=here.round, dossier=gone.dossier, expert=ready, position=1, reason="Первый"
    )
    browser = at_office(here.organiser)
    page = text(browser.get(url(contest, "assignments")))
    assert (
        f"{gone.dossier.code} : не хватает 1 эксперта. Заменит запасной: {ready.short_name} Назначить замену"
        in page
    )
    done = browser.post(url(contest, "replacement"), follow=True)
    assert "Сделано: 1 назначение." in text(done)
    assert "Эксперты отказались" not in text(done)
    taken = Assignment.objects.get(dossier=gone.dossier, expert=ready)
    assert taken.reason == "Запасной эксперт этого дела: занял освободившееся место"


def test_without_an_alternate_the_button_says_what_it_will_do_or_why_it_cannot() -> None:
    here, contest, _ = left(experts=2)
    browser = at_office(here.organiser)
    assert "Свободного запасного нет: подберём другого эксперта" in text(
        browser.get(url(contest, "assignments"))
    )
    done = browser.post(url(contest, "replacement"), follow=True)
    assert "Заменить некем: свободных экспертов без конфликта нет." in text(done)


def test_the_replacement_can_be_looked_at_first() -> None:
    here, contest, gone = left()
    page = made(at_office(here.organiser), contest, mode="replace")
    assert "Заменить выбывших, изменив как можно меньше. Пока ничего не назначено." in text(page)
    assert [row[0].split()[0] for row in rows(page, "Что изменится")] == [gone.dossier.code]


# ── Budgets ─────────────────────────────────────────────────────────────────


def test_the_page_asks_the_database_constantly() -> None:
    asked = []
    for dossiers in (1, 4):
        here, contest = remote(dossiers=dossiers)
        for number in range(dossiers):
            opened(here, dossier=number)
        browser = at_office(here.organiser)
        made(browser, contest)
        asked.append(queries(browser, url(contest, "proposal")))
    assert asked[0] == asked[1] <= 15


def test_twenty_dossiers_are_assigned_in_three_actions_from_the_page_of_the_round() -> None:
    here, contest = remote(experts=4, dossiers=20)
    browser = at_office(here.organiser)
    tab = soup(browser.get(url(contest))).find("a", string="Назначения")
    assert tab is not None
    page = browser.get(tab["href"])
    form = soup(page).select_one(f"form[action='{url(contest, 'plan_make')}']")
    assert form is not None
    done = applied(browser, contest, made(browser, contest))
    assert "Сделано: 40 назначений." in text(done)
    assert "Все дела обеспечены экспертами." in text(done)

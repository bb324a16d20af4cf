"""What texts have in common: the list, the passages, the table; who sees them and who does not."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from innoset.contests.actions import reuse as actions
from innoset.contests.models import Application, Contest
from innoset.contests.queries.reuse import key_of
from innoset.contests.states import ApplicationState, ContestState
from innoset.network.states import Role
from innoset.review.models import ReuseReport, ReuseText
from tests import world
from tests.contests.test_reuse import OWN
from tests.review.scene import at_office
from tests.web.office.pages import rows, soup, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def compared(contest: Contest, *texts: str, state: str = "admitted") -> list[Application]:
    made = [
        world.application(contest, state=ApplicationState(state), answers={"1": "Ярмарка", "6": one})
        for one in texts
    ]
    for one in made:
        actions.keep_text_of(one, at=world.AT)
    return made


def scene() -> tuple[Contest, Application, Application]:
    """Make a copied application beside its source of an earlier year, compared."""
    source, *_ = compared(world.contest(ContestState.FINISHED, school_year=2024), OWN, state="rejected")
    contest = world.contest(school_year=2026)
    mine, *_ = compared(contest, OWN.replace("Педагоги", "Пeдагоги"))
    actions.compare_waiting(at=world.AT)
    return contest, mine, source


def page_of(contest: Contest, name: str, *args: str) -> str:
    return reverse(f"office:{name}", args=[contest.code, *args])


def test_the_list_tells_shares_and_that_nothing_is_decided() -> None:
    contest, mine, _ = scene()
    page = at_office(contest.created_by).get(page_of(contest, "reuse"))
    [line] = rows(page, "Заявки и найденные совпадения")
    assert line[:5] == [f"{mine.shown_number} Ярмарка", mine.organisation.short_name, "100,0 %", "0,0 %", "1"]
    assert line[5].endswith("Подмена букв: 1 слово")
    assert "Система ничего не решает" in text(page)


def test_passages_stand_beside_their_source() -> None:
    contest, mine, source = scene()
    page = at_office(contest.created_by).get(page_of(contest, "reuse_one", mine.number))
    words = text(page)
    assert "подмена букв или невидимые знаки: 1 слово" in words
    assert source.organisation.short_name in words
    assert "2024–2025 учебный год" in words
    here, there = soup(page).select(".split p.read-only-text")
    assert here.get_text() == OWN.replace("Педагоги", "Пeдагоги").rstrip(".")
    assert there.get_text() == OWN.rstrip(".")
    assert [mark.get_text() for mark in there.select("mark")][:3] == ["Педагоги", "трёх", "посёлков"]
    # The source was sent to another organiser: its page is not theirs to open.
    assert soup(page).select(".split h3 a") == []


def test_a_changed_text_or_source_is_not_shown_at_old_places() -> None:
    contest, mine, source = scene()
    browser = at_office(contest.created_by)
    ReuseText.objects.filter(key=key_of(source)).update(text="Другое", sha256="0" * 64)
    assert "Текст источника с тех пор изменился" in text(
        browser.get(page_of(contest, "reuse_one", mine.number))
    )
    ReuseText.objects.filter(key=key_of(mine)).update(text="Другое", sha256="0" * 64)
    words = text(browser.get(page_of(contest, "reuse_one", mine.number)))
    assert "Текст заявки изменился после сравнения" in words
    assert "Место 1" not in words


def test_the_table_to_take_away() -> None:
    contest, mine, _ = scene()
    other = world.application(contest, state=ApplicationState.SUBMITTED)
    answer = at_office(contest.created_by).get(page_of(contest, "reuse_csv"))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["Номер", mine.shown_number, other.shown_number]
    assert lines[1].split(";")[3:] == ["100,0", "0,0", "1", "1", "1"]
    assert lines[2].split(";")[3:] == ["не сравнивалась", "", "", "", ""]


def test_a_comparison_is_asked_for() -> None:
    contest = world.contest()
    browser = at_office(contest.created_by)
    empty = browser.post(page_of(contest, "reuse_compare"), follow=True)
    assert "ещё нет отправленных заявок" in text(empty)
    one = world.application(contest, state=ApplicationState.SUBMITTED)
    page = browser.post(page_of(contest, "reuse_compare"), follow=True)
    assert "Заявки поставлены в очередь" in text(page)
    [line] = rows(page, "Заявки и найденные совпадения")
    assert (line[0], line[2], line[5]) == (f"{one.shown_number} {one.project.title}", "—", "В очереди")
    assert browser.get(page_of(contest, "reuse_one", one.number)).status_code == 404


def test_nobody_else_sees_it() -> None:
    contest, mine, source = scene()
    names = [
        page_of(contest, "reuse"),
        page_of(contest, "reuse_csv"),
        page_of(contest, "reuse_one", mine.number),
    ]
    strangers = [
        world.signed_in(mine.created_by),
        world.signed_in(source.created_by),
        world.signed_in(world.person()),
        at_office(world.member(world.organisation(), Role.ORGANISER)),
        world.signed_in(world.member(contest.organiser, Role.EDITOR)),
    ]
    for browser in strangers:
        assert [browser.get(name).status_code for name in names] == [404, 404, 404]
        assert browser.post(page_of(contest, "reuse_compare")).status_code == 404
    assert Client().get(names[0]).status_code == 302


def test_queries_do_not_grow_with_rows(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    contest, mine, _ = scene()
    browser = at_office(contest.created_by)
    compared(contest, *(f"{OWN} Продолжение {place}." for place in ("леса", "моря", "степи")))
    actions.compare_waiting(at=world.AT + timedelta(hours=1))
    assert ReuseReport.objects.count() == 4
    with django_assert_max_num_queries(15):
        assert len(rows(browser.get(page_of(contest, "reuse")), "Заявки и найденные совпадения")) == 4
    with django_assert_max_num_queries(15):
        browser.get(page_of(contest, "reuse_one", mine.number))

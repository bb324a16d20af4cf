"""The first page of the portal answers three questions."""

import gzip
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.contests.states import ContestState, StageKind
from innoset.network.models import Organisation, Status
from tests import world
from tests.web.office.builder import FAR_AHEAD, LONG_AGO

pytestmark = pytest.mark.django_db

AT = world.AT


def home() -> BeautifulSoup:
    """Return the page as a stranger sees it."""
    response = Client().get(reverse("public:home"))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(soup: BeautifulSoup) -> str:
    """Return its words without the frame."""
    assert soup.main is not None
    return " ".join(soup.main.get_text(" ").split())


def opened(title: str, *, days: int = 0, starts: int = 0) -> Contest:
    """Make a contest whose reception ends so many days after the far day, and may begin only then."""
    contest = world.contest(title=title)
    stage = contest.stages.get(kind=StageKind.SUBMISSION)
    stage.starts_at = FAR_AHEAD - timedelta(days=1) if starts else LONG_AGO
    stage.ends_at = FAR_AHEAD + timedelta(days=days)
    stage.save()
    return contest


def granted(holder: Organisation, *, ends_on: str = "2099-01-01", code: str = "mip") -> Status:
    """Give an organisation a status."""
    return Status.objects.create(
        organisation=holder,
        kind=world.status_kind(code),
        theme=f"Тема {Status.objects.count()}",
        order=world.order(),
        starts_on="2020-01-01",
        ends_on=ends_on,
        created_at=AT,
    )


def test_what_is_open_comes_with_a_countdown_and_a_button() -> None:
    later, sooner = opened("Лидеры сети", days=9), opened("Инновационный поиск")
    soup = home()
    titles = [head.get_text() for head in soup.select(".panel.accent h3")]
    assert titles == [sooner.title, later.title]
    links = [str(one["href"]) for one in soup.select(".panel.accent a.button")]
    assert links == [reverse("cabinet:application_new", args=[one.code]) for one in (sooner, later)]
    assert len(soup.select("count-down")) == 2


def test_what_opens_later_is_named_with_its_day() -> None:
    opened("Лидеры сети", starts=1)
    text = words(home())
    assert "Сейчас заявки не принимают Ближайшие конкурсы — ниже." in text
    assert "приём откроется 31 августа 2099, 17:00 МСК" in text


def test_what_came_out_is_counted_by_kind() -> None:
    school = world.organisation()
    granted(school)
    granted(school)
    granted(school, ends_on="2021-01-01")
    granted(world.organisation(), code="kip")
    stats = [
        (one.select("b")[0].get_text(), one.select("small")[0].get_text().split(",")[0])
        for one in home().select(".stat")
    ]
    assert stats == [("2", "МИП"), ("1", "КИП")]


def test_fresh_results_are_linked() -> None:
    contest = world.contest(ContestState.FINISHED, title="Прошлый поиск")
    link = home().select_one(f'a[href="{reverse("public:contest", args=[contest.code])}"]')
    assert link is not None
    assert link.get_text() == "Итоги: Прошлый поиск"


def test_what_to_take_leads_to_the_registers() -> None:
    links = {str(one["href"]) for one in home().select(".card a")}
    assert links == {
        reverse("public:organisations"),
        reverse("public:statuses"),
        reverse("public:contests") + "#over",
    }


def test_an_empty_portal_still_speaks() -> None:
    text = words(home())
    assert "Сейчас заявки не принимают" in text
    assert "Первые статусы появятся после первых конкурсов." in text


def test_drafts_and_cancelled_contests_are_not_shown() -> None:
    for state in (ContestState.DRAFT, ContestState.CANCELLED):
        world.contest(state, title=f"Тайный {state}")
    assert "Тайный" not in words(home())


def test_the_page_is_light_and_costs_the_same_for_one_contest_and_for_many() -> None:
    counts = []
    for wanted in (1, 4):
        while Contest.objects.count() < wanted:
            opened(f"Конкурс {Contest.objects.count()}")
        with CaptureQueriesContext(connection) as caught:
            response = Client().get(reverse("public:home"))
        counts.append(len(caught))
        assert len(gzip.compress(response.content)) <= 60 * 1024
    assert counts[0] == counts[1] <= 8

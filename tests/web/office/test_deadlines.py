"""The organiser's page of a deadline: the clock, more time, one click after an outage, late copies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innoset.contests.actions import late_copies
from innoset.contests.models import Contest, Extension
from innoset.contests.states import ApplicationState
from innoset.foundation import clock
from innoset.foundation.jobs.models import Probe
from innoset.foundation.russian import MOSCOW
from innoset.network.states import Role
from innoset.web.office.deadlines import new_end
from tests import world
from tests.web.office.pages import queries, text

pytestmark = pytest.mark.django_db

EVERY = ("terms", "publicity", "rights")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def contest() -> Contest:
    """A contest whose deadline is in an hour, with a grace of ten minutes."""
    made = world.contest(grace_minutes=10)
    put(made, clock.now() + HOUR)
    made.stages.exclude(kind="submission").update(ends_at=datetime(2100, 1, 2, tzinfo=UTC))
    made.stages.exclude(kind="submission").update(starts_at=datetime(2100, 1, 1, tzinfo=UTC))
    return made


def put(contest: Contest, ends: datetime) -> None:
    """Let the deadline be at a moment."""
    contest.stages.filter(kind="submission").update(starts_at=datetime(2001, 1, 1, tzinfo=UTC), ends_at=ends)


def page(name: str, contest: Contest, *rest: Any) -> str:
    """Return the address of a page."""
    return reverse(f"office:{name}", args=[contest.code, *rest])


def browser(contest: Contest) -> Client:
    """Return the browser of whoever made the contest."""
    return world.signed_in(contest.created_by)


def given(until: datetime, **more: str) -> dict[str, str]:
    """Fill the form."""
    moscow = until.astimezone(MOSCOW)
    return {
        "until_0": f"{moscow:%Y-%m-%d}",
        "until_1": f"{moscow:%H:%M}",
        "reason": "Авария на линии",
        "number": "",
        "order_number": "",
        "order_date": "",
        **more,
    }


def test_the_page_says_how_things_stand(contest: Contest) -> None:
    world.application(contest)
    world.application(contest, answers={})
    world.application(contest, state=ApplicationState.SUBMITTED)
    client = browser(contest)
    said = text(client.get(page("contest_deadline", contest)))
    for words in (
        "Судят часы базы данных",
        "ещё 10 минут — допуск на сбои связи",
        "Черновиков 2 Из них заполнены 1",
        "Срок не продлевали.",
        "После срока никто ничего не присылал.",
    ):
        assert words in said
    assert queries(client, page("contest_deadline", contest)) <= 15


def test_a_contest_without_terms_says_so(contest: Contest) -> None:
    contest.stages.all().delete()
    assert "Сроки приёма не указаны" in text(browser(contest).get(page("contest_deadline", contest)))


def test_the_grace_is_set_until_somebody_begins(contest: Contest) -> None:
    client, url = browser(contest), page("contest_grace", contest)
    assert "Допуск на сбои связи" in text(client.post(url, {"grace_minutes": "61"}))
    client.post(url, {"grace_minutes": "15"})
    contest.refresh_from_db()
    assert contest.grace_minutes == 15
    world.application(contest)
    client.post(url, {"grace_minutes": "20"})
    contest.refresh_from_db()
    assert contest.grace_minutes == 15


def test_more_time_for_all_and_for_one(contest: Contest) -> None:
    one = world.application(contest)
    client, url = browser(contest), page("contest_extend", contest)
    until = (clock.now() + 5 * HOUR).replace(second=0, microsecond=0)
    for more in ({}, {"number": f"ип-{one.number}", "order_number": "15-п"}):
        until += HOUR
        assert client.post(url, given(until, **more)).status_code == 302
    made = list(
        Extension.objects.order_by("id").values_list("application", "until", "reason", "order_number")
    )
    assert made == [(None, until - HOUR, "Авария на линии.", ""), (one.pk, until, "Авария на линии.", "15-п")]
    said = text(client.get(page("contest_deadline", contest)))
    assert f"Заявке {one.shown_number}: до" in said


def test_what_is_wrong_stands_at_its_field(contest: Contest) -> None:
    client, url = browser(contest), page("contest_extend", contest)
    until = clock.now() + 5 * HOUR
    assert "Заявки с таким номером" in text(client.post(url, given(until, number="2026-9999")))
    one = world.application(contest)
    assert "Укажите номер приказа" in text(client.post(url, given(until, number=one.number)))
    assert "позже нынешнего" in text(client.post(url, given(clock.now())))
    assert Extension.objects.count() == 0


def test_after_an_outage_everybody_gets_the_lost_time_in_one_click(contest: Contest) -> None:
    world.application(contest)
    now = clock.now()
    Probe.objects.bulk_create(Probe(at=now - (60 - n) * MINUTE, is_up=not 20 <= n < 37) for n in range(60))
    client = browser(contest)
    said = text(client.get(page("contest_deadline", contest)))
    assert "Перед сроком сайт не отвечал 17 минут" in said
    assert "Продлить всем на 20 минут" in said
    was = contest.stages.get(kind="submission").ends_at
    client.post(page("contest_extend_outage", contest))
    made = Extension.objects.get()
    assert (made.was, made.until, made.outage_minutes) == (was, was + 20 * MINUTE, 17)
    assert made.reason.startswith("Сайт не отвечал 17 мин в последние часы приёма: ")
    client.post(page("contest_extend_outage", contest))
    assert Extension.objects.count() == 1
    assert "Продлить всем на" not in text(client.get(page("contest_deadline", contest)))


def test_a_short_outage_is_no_reason(contest: Contest) -> None:
    now = clock.now()
    Probe.objects.bulk_create(Probe(at=now - (60 - n) * MINUTE, is_up=n >= 14) for n in range(60))
    client = browser(contest)
    assert "Не отвечал 14 минут" in text(client.get(page("contest_deadline", contest)))
    client.post(page("contest_extend_outage", contest))
    assert Extension.objects.count() == 0


def test_the_lost_time_counts_from_now_when_the_deadline_has_passed() -> None:
    class Lost:
        to_add = 20

    lost: Any = Lost()
    end = world.DEADLINE
    assert new_end(end, lost, end - MINUTE) == end + 20 * MINUTE
    assert new_end(end, lost, end + HOUR + timedelta(seconds=5)) == end + HOUR + 21 * MINUTE


def test_a_late_copy_is_read_and_let_in(contest: Contest) -> None:
    one = world.application(contest)
    put(contest, clock.now() - 12 * MINUTE)
    late_copies.keep_late_copy(one, key="k", consents=EVERY, address=None, by=one.created_by, at=clock.now())
    client, url = browser(contest), page("late_copy", contest, one.number, 1)
    assert one.shown_number in text(client.get(page("contest_deadline", contest)))
    assert client.get(page("late_pdf", contest, one.number, 1)).content.startswith(b"%PDF")
    assert "Заполните поле" in text(client.post(url, {"reason": "", "order_number": "1"}))
    client.post(url, {"reason": "Авария", "order_number": "16-п"})
    one.refresh_from_db()
    assert (one.state, one.submissions.count()) == (ApplicationState.SUBMITTED, 1)
    assert "Приказ № 16-п" in text(client.get(url))
    assert client.get(page("late_copy", contest, one.number, 2)).status_code == 404


def test_others_neither_see_nor_change(contest: Contest) -> None:
    stranger = world.signed_in(world.member(world.organisation(), Role.ORGANISER))
    for name in ("contest_deadline", "contest_extend"):
        assert stranger.get(page(name, contest)).status_code == 404
    for name in ("contest_grace", "contest_extend_outage"):
        assert stranger.post(page(name, contest)).status_code == 404
    approver = world.person()
    world.membership(approver, contest.organiser, Role.APPROVER)
    client = world.signed_in(approver)
    assert client.get(page("contest_deadline", contest)).status_code == 200
    until = clock.now() + 5 * HOUR
    assert client.post(page("contest_extend", contest), given(until)).status_code == 403

"""What applicants see of the deadline: the rule, the warning, late copies, the sending by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.contests import jobs
from innoset.contests.actions import deadlines as actions
from innoset.contests.actions import late_copies, sendings
from innoset.contests.actions.deadlines import Ground
from innoset.contests.models import Application, Contest
from innoset.contests.queries.applications import contests_open_at
from innoset.contests.states import ApplicationState, ConfirmationWay
from innoset.foundation import clock
from tests import world
from tests.web.cabinet.pages import LONG_AGO, address, browser, close, words

pytestmark = pytest.mark.django_db

EVERY = ("terms", "publicity", "rights")
WHY = Ground("Не работала связь в районе", "15-п")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def contest() -> Contest:
    """A contest that takes applications for two more hours, with a grace of ten minutes."""
    made = world.contest(grace_minutes=10)
    ends = clock.now() + timedelta(hours=2)
    made.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=ends)
    made.stages.exclude(kind="submission").update(ends_at=datetime(2100, 1, 2, tzinfo=UTC))
    made.stages.exclude(kind="submission").update(starts_at=datetime(2100, 1, 1, tzinfo=UTC))
    return made


@pytest.fixture
def draft(contest: Contest) -> Application:
    """A complete draft."""
    return world.application(contest)


def queries_of(client: Client, url: str) -> int:
    """Count what a page asks of the database."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def put_off(contest: Contest, ago: timedelta) -> None:
    """Let the deadline have been so long ago."""
    contest.stages.filter(kind="submission").update(ends_at=clock.now() - ago)


# ── The rule and the warning ────────────────────────────────────────────────


def test_the_rule_stands_where_people_look_for_it(draft: Application) -> None:
    rule = "ещё 10 минут — допуск на сбои связи."
    client = browser(draft)
    public = reverse("public:contest", args=[draft.contest.code])
    for url in (address("application", draft), address("check", draft), public, reverse("cabinet:home")):
        assert rule in words(client.get(url))


def test_what_is_complete_and_unsent_is_shouted_about(draft: Application) -> None:
    client = browser(draft)
    assert "Заявка заполнена, но не отправлена" in words(client.get(address("application", draft)))
    assert "Заявка заполнена, но не отправлена" in words(client.get(reverse("cabinet:home")))
    bare = world.application(draft.contest, answers={})
    assert "но не отправлена" not in words(browser(bare).get(address("application", bare)))
    assert "но не отправлена" not in words(browser(bare).get(reverse("cabinet:home")))


def test_the_home_costs_the_same_for_one_draft_and_for_three(contest: Contest) -> None:
    school = world.organisation()
    writer = world.member(school)
    counts = []
    for many in (1, 2):
        for _ in range(many):
            world.application(contest, school, created_by=writer)
        counts.append(queries_of(world.signed_in(writer), reverse("cabinet:home")))
    assert counts[0] == counts[1] <= 15


def test_pages_of_a_deadline_keep_within_their_budget(draft: Application) -> None:
    client = browser(draft)
    assert queries_of(client, address("application", draft)) <= 15
    assert queries_of(client, address("check", draft)) <= 15
    assert queries_of(client, address("automatic", draft)) <= 12


# ── The grace ───────────────────────────────────────────────────────────────


def test_in_the_grace_the_form_is_open_and_the_receipt_says_so(draft: Application) -> None:
    put_off(draft.contest, 3 * MINUTE)
    client = browser(draft)
    page = client.get(address("check", draft))
    assert page.status_code == 200
    data = {"key": sendings.new_key(), "guarantees": "on"}
    response = client.post(address("check", draft), data)
    assert response["Location"] == address("receipt", draft, 1)
    assert "Пришла в допуске, принята как вовремя" in words(client.get(response["Location"]))
    assert "в допуске, принята как вовремя" in words(client.get(address("application", draft)))


def test_a_request_that_began_in_time_is_taken_behind_a_proxy(draft: Application, settings: object) -> None:
    put_off(draft.contest, 25 * MINUTE)
    client, data = browser(draft), {"key": sendings.new_key(), "guarantees": "on"}
    header = {"x-request-start": f"spent={26 * 60}"}
    settings.TRUST_PROXY = True  # type: ignore[attr-defined]  # a fixture of pytest-django
    response = client.post(address("check", draft), data, headers=header)
    assert response["Location"] == address("receipt", draft, 1)
    sent = draft.submissions.get()
    assert not sent.is_in_grace
    assert sent.sent_at - sent.came_at >= 26 * MINUTE


def test_a_header_of_the_client_itself_buys_no_time(draft: Application) -> None:
    put_off(draft.contest, 25 * MINUTE)
    data = {"key": sendings.new_key(), "guarantees": "on"}
    header = {"x-request-start": f"spent={26 * 60}"}
    response = browser(draft).post(address("check", draft), data, headers=header)
    assert response["Location"] == address("late_copy", draft, 1)
    assert draft.submissions.count() == 0


# ── What came late ──────────────────────────────────────────────────────────


def test_after_the_deadline_the_draft_is_read_and_taken_away_and_a_late_copy_offered(
    draft: Application,
) -> None:
    put_off(draft.contest, 12 * MINUTE)
    client = browser(draft)
    page = words(client.get(address("application", draft)))
    assert "Всё написанное сохранено" in page
    assert "Сохранить опоздавшую отправку" in page
    for name in ("draft_pdf", "draft_docx"):
        assert client.get(address(name, draft)).status_code == 200
    assert "Принять её может только организатор, по приказу" in words(client.get(address("check", draft)))


def test_a_late_copy_let_in_says_so_on_its_page(draft: Application) -> None:
    put_off(draft.contest, 12 * MINUTE)
    kept = late_copies.keep_late_copy(
        draft, key="k", consents=EVERY, address=None, by=draft.created_by, at=clock.now()
    )
    late_copies.accept_late_copy(
        kept, reason="Авария", order_number="16-п", by=draft.contest.created_by, at=clock.now()
    )
    client = browser(draft)
    assert "Приказ № 16-п. Причина: Авария." in words(client.get(address("late_copy", draft, 1)))
    assert "Опоздавшая отправка принята" in words(client.get(address("application", draft)))
    assert client.get(address("receipt", draft, 1)).status_code == 200


def test_late_copies_are_for_their_own_people(draft: Application) -> None:
    put_off(draft.contest, 12 * MINUTE)
    late_copies.keep_late_copy(
        draft, key="k", consents=EVERY, address=None, by=draft.created_by, at=clock.now()
    )
    stranger: Client = world.signed_in(world.member(world.organisation()))
    for url in (
        address("late_copy", draft, 1),
        address("late_paper", draft, 1, "pdf"),
        address("automatic", draft),
    ):
        assert stranger.get(url).status_code == 404
    assert browser(draft).get(address("late_copy", draft, 2)).status_code == 404


# ── More time ───────────────────────────────────────────────────────────────


def test_an_extension_opens_a_closed_application_again(draft: Application) -> None:
    put_off(draft.contest, 12 * MINUTE)
    contest = Contest.objects.get(pk=draft.contest_id)
    until = clock.now() + timedelta(hours=1)
    actions.extend_for_all(contest, until=until, ground=WHY, by=contest.created_by, at=clock.now())
    client = browser(draft)
    page = words(client.get(address("application", draft)))
    assert "Продлено для всех" in page
    assert "Не работала связь в районе. Приказ № 15-п." in page
    assert "Проверить и отправить" in page
    assert contest in contests_open_at(clock.now())
    public = words(Client().get(reverse("public:contest", args=[contest.code])))
    assert "Приём заявок продлён до" in public
    assert "Не работала связь в районе. Приказ № 15-п." in public
    assert contest.title in words(client.get(reverse("cabinet:applications")))


# ── By itself ───────────────────────────────────────────────────────────────


def test_the_wish_is_asked_with_its_statements_and_taken_back(draft: Application) -> None:
    client = browser(draft)
    assert "Прочитайте гарантии и отметьте их." in words(client.post(address("automatic", draft), {"x": "1"}))
    response = client.post(address("automatic", draft), {"guarantees": "on"}, follow=True)
    assert "Заявка отправится в срок сама" in words(response)
    draft.refresh_from_db()
    assert (draft.auto_send, draft.auto_consents) == (True, sorted(EVERY))
    client.post(address("automatic_stop", draft))
    draft.refresh_from_db()
    assert draft.auto_send is False


def test_nobody_is_asked_after_the_deadline(draft: Application) -> None:
    close(draft.contest)
    response = browser(draft).get(address("automatic", draft))
    assert response["Location"] == address("application", draft)


def test_what_went_by_itself_waits_for_the_head(draft: Application) -> None:
    Contest.objects.filter(pk=draft.contest_id).update(confirmation_ways=[ConfirmationWay.CODE])
    Application.objects.filter(pk=draft.pk).update(
        auto_send=True, auto_consents=sorted(EVERY), auto_asked_at=world.AT, auto_asked_by=draft.created_by
    )
    assert "ждать его подписи ещё 48 часов" in words(browser(draft).get(address("automatic", draft)))
    put_off(draft.contest, MINUTE)

    assert jobs.send_one.call(draft.pk) is True
    draft.refresh_from_db()
    assert draft.state == ApplicationState.SUBMITTED
    page = words(browser(draft).get(address("application", draft)))
    assert "Заявка отправлена автоматически и ждёт подписи" in page
    assert "автоматически" in words(browser(draft).get(address("receipt", draft, 1)))

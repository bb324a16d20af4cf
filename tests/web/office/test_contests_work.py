"""The table of applications and the cockpit, as an organiser uses them in a browser."""

import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.models import Contest
from innoset.contests.states import ApplicationState, ContestState
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.notify.models import Letter
from innoset.network.models import Organisation, Registration
from innoset.network.states import OrganisationKind, Role
from innoset.review.models import Assignment, Round, ScoreSheet
from innoset.review.states import AssignmentState, RoundState, SheetState
from innoset.web.office.spreadsheets import harmless
from tests import world
from tests.web.office.builder import LONG_AGO, main_text, page, past_second_factor

pytestmark = pytest.mark.django_db

# ── Applications ────────────────────────────────────────────────────────────


def lines(soup: BeautifulSoup) -> list[str]:
    """Return the first cell of each line of the table."""
    return [cell.get_text(strip=True) for cell in soup.select("main tbody tr td:first-child")]


def test_the_table_is_filtered_by_what_an_organiser_knows(office: Client, published: Contest) -> None:
    school = world.organisation("Гимназия «Рассвет»")
    first = world.application(published, school, ApplicationState.SUBMITTED)
    second = world.application(published, state=ApplicationState.REFUSED)
    third = world.application(published)
    url = reverse("office:contest_applications", args=[published.code])
    numbers = {one: one.shown_number for one in (first, second, third)}
    asked = {
        "": [first, second, third],
        "?state=submitted": [first],
        "?state=out": [second],
        "?q=рассвет": [first],
        f"?q={second.shown_number}": [second],
        f"?municipality={school.municipality_id}": [first],
        f"?nomination={first.nomination_id}": [first, second, third],
        "?order=-sent": [second, first, third],
        "?q=нет такого": [],
    }
    shown = {query: lines(page(office, url + query)) for query in asked if query != "?order=-sent"}
    assert shown == {
        query: [numbers[one] for one in found] for query, found in asked.items() if query != "?order=-sent"
    }
    assert set(lines(page(office, url + "?order=-sent"))) == set(numbers.values())


def test_a_draft_is_counted_but_not_read(office: Client, published: Contest) -> None:
    draft = world.application(published)
    text = main_text(page(office, reverse("office:contest_applications", args=[published.code])))
    assert "Ещё не отправлена" in text
    assert draft.project.title not in text
    assert office.get(reverse("office:application", args=[published.code, draft.number])).status_code == 404


def test_a_sent_application_shows_content_files_checks_and_history(
    office: Client, published: Contest
) -> None:
    application = world.application(published, state=ApplicationState.SUBMITTED)
    url = reverse("office:application", args=[published.code, application.number])
    text = main_text(page(office, url))
    assert "Школа наставников сельского района" in text
    assert "16.3. Временное" in text
    assert "Ещё не проводилась." in text
    printed = office.get(reverse("office:application_printed", args=[published.code, application.number]))
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")


def cells_of(book: bytes) -> list[list[Any]]:
    """Read an XLSX file back."""
    from python_calamine import CalamineWorkbook  # reason: reads a large library

    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def test_the_table_goes_out_with_formulas_made_harmless(office: Client, published: Contest) -> None:
    school = world.organisation("=1+1")
    application = world.application(published, school, ApplicationState.SUBMITTED)
    args = [published.code]
    text = office.get(reverse("office:contest_export", args=[*args, "csv"])).content.decode("utf-8-sig")
    head, line = text.strip().split("\r\n")
    assert head == "Номер;Организация;Муниципалитет;Проект;Номинация;Состояние;Отправлена"
    assert line == (
        f"{application.shown_number};'=1+1;{school.municipality};Школа наставников сельского района;"
        "Инновационный проект;Отправлена;21.11.2026 12:00"
    )
    book = office.get(reverse("office:contest_export", args=[*args, "xlsx"])).content
    assert [row[1] for row in cells_of(book)] == ["Организация", "'=1+1"]
    assert office.get(reverse("office:contest_export", args=[*args, "exe"])).status_code == 404


@pytest.mark.parametrize(
    ("cell", "out"), [("=A1", "'=A1"), ("@x", "'@x"), ("-1", "'-1"), ("Школа", "Школа"), ("", "")]
)
def test_only_dangerous_cells_get_an_apostrophe(cell: str, out: str) -> None:
    assert harmless(cell) == out


def test_the_table_costs_the_same_for_one_line_and_for_many(office: Client, published: Contest) -> None:
    url = reverse("office:contest_applications", args=[published.code])
    counts = []
    for wanted in (1, 3):
        while published.applications.count() < wanted:
            world.application(published, state=ApplicationState.SUBMITTED)
        with CaptureQueriesContext(connection) as caught:
            page(office, url)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15


# ── The cockpit ─────────────────────────────────────────────────────────────


def needs(client: Client) -> list[str]:
    """Return what needs the person today."""
    return [
        " ".join(one.get_text(" ").split())
        for one in page(client, reverse("office:home")).select("main .tasklist a")
    ]


def test_a_quiet_day(office: Client) -> None:
    assert "Срочных дел нет" in main_text(page(office, reverse("office:home")))


def test_the_funnel_counts_and_links(office: Client, published: Contest) -> None:
    for state in (ApplicationState.SUBMITTED, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN):
        world.application(published, state=state)
    steps = page(office, reverse("office:home")).select(".funnel a")
    shown = {step.select("span")[0].get_text(): step.select("b")[0].get_text() for step in steps}
    assert {title: count for title, count in shown.items() if count != "0"} == {
        "На проверке": "2",
        "Выбыли": "1",
    }
    first = next(step for step in steps if "На проверке" in step.get_text())
    assert len(lines(page(office, str(first["href"])))) == 2


def test_late_things_stand_first(office: Client, published: Contest, centre: Organisation) -> None:
    world.application(published, state=ApplicationState.SUBMITTED)
    late = world.contest(organiser=centre, title="Прошлый поиск")
    late.stages.all().update(starts_at=LONG_AGO, ends_at=LONG_AGO + timedelta(days=1))
    world.application(late, state=ApplicationState.SUBMITTED)
    world.application(late, state=ApplicationState.RETURNED, mend_by=LONG_AGO)
    assert needs(office) == [
        "Техническая экспертиза просрочена: 1 заявка",
        "Не исправлены в срок: 1 заявка",
        "Пора начать заочную экспертизу",
        "Ждут технической экспертизы: 1 заявка",
    ]


def test_thin_and_late_expertise(office: Client, centre: Organisation) -> None:
    contest = world.contest(ContestState.EXPERTISE, organiser=centre)
    contest.remote_round = Round.objects.create(
        title="Заочная экспертиза",
        organiser=centre,
        rubric=contest.remote_rubric,
        opens_at=LONG_AGO,
        closes_at=LONG_AGO + timedelta(days=1),
        sheets_per_dossier=1,
        state=RoundState.OPEN,
    )
    contest.save()
    for state in (AssignmentState.CLEARED, AssignmentState.REMOVED):
        application = world.application(contest, state=ApplicationState.IN_REVIEW)
        assert application.dossier is not None
        contest.remote_round.dossiers.add(application.dossier)
        Assignment.objects.create(
            round=contest.remote_round,
            dossier=application.dossier,
            expert=world.person(),
            state=state,
            assigned_at=LONG_AGO,
        )
    assert needs(office) == ["Просрочили оценки: 1 эксперт", "Назначено мало экспертов: 1 заявка"]
    live = Assignment.objects.get(state=AssignmentState.CLEARED)
    ScoreSheet.objects.create(
        assignment=live, state=SheetState.FINISHED, total=50, opened_at=LONG_AGO, finished_at=LONG_AGO
    )
    assert needs(office) == ["Назначено мало экспертов: 1 заявка"]
    assert "1 из 2" in main_text(page(office, reverse("office:contest", args=[contest.code])))


def test_the_council_and_a_coordinator_have_their_needs(office: Client, centre: Organisation) -> None:
    world.contest(ContestState.COUNCIL, organiser=centre)
    assert needs(office) == ["Ждёт решения совета"]
    service = world.organisation(kind=OrganisationKind.METHOD_SERVICE)
    Registration.objects.create(
        applicant=world.person(),
        position="Директор",
        name="Школа № 7",
        short_name="Школа № 7",
        kind=OrganisationKind.SCHOOL,
        municipality=service.municipality,
        created_at=LONG_AGO,
    )
    coordinator = past_second_factor(world.member(service, Role.COORDINATOR))
    assert needs(coordinator) == ["Регистрации ждут подтверждения: 1 заявление"]


def test_sheets_are_due_from_every_expert_who_was_given_one(office: Client, centre: Organisation) -> None:
    contest = world.contest(ContestState.EXPERTISE, organiser=centre)
    application = world.application(contest, state=ApplicationState.IN_REVIEW)
    assert application.dossier is not None
    contest.remote_round = Round.objects.create(
        title="Открытая защита",
        organiser=centre,
        rubric=contest.remote_rubric,
        opens_at=LONG_AGO,
        closes_at=LONG_AGO + timedelta(days=1),
        sheets_per_dossier=1,
    )
    contest.save()
    contest.remote_round.dossiers.add(application.dossier)
    for _ in range(3):
        Assignment.objects.create(
            round=contest.remote_round,
            dossier=application.dossier,
            expert=world.person(),
            state=AssignmentState.CLEARED,
            assigned_at=LONG_AGO,
        )
    assert "0 из 3" in main_text(page(office, reverse("office:contest", args=[contest.code])))


def test_letters_that_did_not_arrive_are_shown_to_those_whose_contest_they_are_about(
    office: Client, published: Contest
) -> None:
    applicant = world.member(school := world.organisation())
    world.application(published, school, created_by=applicant)
    for address in (applicant.email, "stranger@example.test"):
        Letter.objects.create(
            key=address,
            notice="contests.application_sent",
            address=address,
            subject="Заявка отправлена",
            body="Текст",
            state=Letter.State.FAILED,
            created_at=LONG_AGO,
            due_at=LONG_AGO,
            attempts=8,
        )
    assert "Не дошли до адресата: 1 письмо" in needs(office)
    text = main_text(page(office, reverse("office:letters")))
    assert (applicant.email in text, "stranger@example.test" in text) == (True, False)


def test_an_approver_is_asked_to_confirm(published: Contest, centre: Organisation, organiser: User) -> None:
    Contest.objects.filter(pk=published.pk).update(
        order=Order.objects.create(
            issuer="Управление",
            title="Об итогах",
            created_at=LONG_AGO,
            number="321",
            signed_on=LONG_AGO.date(),
            state=OrderState.ENTERED,
            entered_by=organiser,
            entered_at=LONG_AGO,
        )
    )
    authority = world.organisation(kind=OrganisationKind.AUTHORITY, municipality=centre.municipality)
    approver = past_second_factor(world.member(authority, Role.APPROVER))
    assert needs(approver) == ["Приказ ждёт вашего подтверждения: от 01.09.2020 № 321"]


def test_the_cockpit_costs_the_same_for_one_contest_and_for_many(
    office: Client, published: Contest, centre: Organisation
) -> None:
    counts = []
    for wanted in (1, 3):
        while Contest.objects.count() < wanted:
            world.application(world.contest(organiser=centre), state=ApplicationState.SUBMITTED)
        with CaptureQueriesContext(connection) as caught:
            page(office, reverse("office:home"))
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15

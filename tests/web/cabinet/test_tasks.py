"""What waits for a person, by all their roles together."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from innoset.contests.states import ApplicationState
from innoset.network.models import Agreement, Registration
from innoset.network.states import Role
from innoset.projects.models import Roadmap
from innoset.projects.states import RoadmapState
from innoset.review.models import Assignment, PanelSeat, Round
from innoset.review.states import RoundKind, RoundState
from innoset.web.cabinet.tasks import Task, tasks_for
from tests import world
from tests.contracts.tenants import centre
from tests.contracts.tenants import tenant as tenant_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Any:
    return world.organisation("МБОУ СОШ № 7")


def made_round(state: Any = RoundState.OPEN) -> Any:
    return Round.objects.create(
        title="Заочная экспертиза",
        kind=RoundKind.REMOTE,
        rubric=world.rubric(),
        organiser=world.organisation(),
        opens_at=world.AT,
        closes_at=world.AT + timedelta(days=10),
        state=state,
    )


def test_nothing_waits_for_a_stranger(at: datetime) -> None:
    world.application()
    assert tasks_for(world.person(), at=at) == []


def test_applications_to_mend_come_before_drafts(school: Any, at: datetime) -> None:
    contest = world.contest(applications_per_organisation=2)
    draft = world.application(contest, school)
    returned = world.application(contest, school, ApplicationState.RETURNED)
    world.application(contest, school, ApplicationState.SUBMITTED)
    assert tasks_for(world.member(school), at=at) == [
        Task(
            "Исправьте заявку: Инновационный поиск",
            f"/cabinet/applications/{returned.number}/",
            "Исправить до 26.11.2026, 12:00 МСК",
            "На доработке",
            "bad",
        ),
        Task(
            "Отправьте заявку: Инновационный поиск",
            f"/cabinet/applications/{draft.number}/",
            "Заявка заполнена, но не отправлена. Принимаем до 5 декабря 2026 г., 17:00 МСК.",
            "Не отправлена",
            "bad",
        ),
    ]


def test_an_expert_answers_and_scores(at: datetime) -> None:
    expert, tour, dossier = world.person(), made_round(), world.dossier()
    PanelSeat.objects.create(round=tour, person=expert, invited_at=at)
    Assignment.objects.create(round=tour, dossier=dossier, expert=expert, assigned_at=at)
    shut = made_round(RoundState.CLOSED)
    Assignment.objects.create(round=shut, dossier=dossier, expert=expert, assigned_at=at)
    assert tasks_for(expert, at=at) == [
        Task(
            "Ответьте на приглашение в комиссию: Заочная экспертиза",
            "/desk/",
            "Экспертиза с 21.11.2026, 12:00 МСК по 01.12.2026, 12:00 МСК",
            "Ждёт ответа",
        ),
        Task(
            f"Оцените работу {dossier.code}: Школа наставников",
            reverse("desk:sheet", args=["remote", dossier.code]),
            "До 01.12.2026, 12:00 МСК",
            "Не оценена",
        ),
    ]


def test_a_coordinator_checks_requests(school: Any, at: datetime) -> None:
    asked = Registration.objects.create(
        applicant=world.person(),
        position="Директор",
        name="Школа",
        short_name="Школа № 9",
        kind="school",
        inn="2340018182",
        kpp="234001001",
        ogrn="1062340003010",
        municipality=school.municipality,
        created_at=at,
    )
    assert tasks_for(world.member(school, Role.COORDINATOR), at=at) == [
        Task(
            "Проверьте заявление: Школа № 9",
            f"/office/registrations/{asked.pk}/",
            f"{school.municipality}, подано 21.11.2026, 12:00 МСК",
        )
    ]


def test_an_organiser_checks_applications_and_prolongs_agreements(school: Any, at: datetime) -> None:
    contest = world.contest()
    organiser = contest.created_by
    world.application(contest, state=ApplicationState.SUBMITTED)
    world.application(world.contest(), state=ApplicationState.SUBMITTED)
    Agreement.objects.create(
        number="7",
        signed_on=date(2025, 1, 1),
        ends_on=date(2026, 11, 20),
        municipality=school.municipality,
        organisation=contest.organiser,
        partner=school,
    )
    assert tasks_for(organiser, at=at) == [
        Task(
            "Проверьте заявки: Инновационный поиск",
            f"/office/contests/{contest.code}/checks/",
            "Ждут проверки: 1 заявка",
            "На проверке",
        ),
        Task(
            "Продлите соглашения, у которых вышел срок",
            "/office/agreements/?state=over",
            "1 соглашение",
            "Срок вышел",
        ),
    ]


def test_an_approver_confirms_what_another_entered(at: datetime) -> None:
    contest = world.contest()
    near = world.organisation(municipality=contest.organiser.municipality)
    approver = world.member(near, Role.APPROVER)
    order = world.order(confirmed=False)
    order.state, order.number, order.signed_on, order.entered_by = "entered", "321", at.date(), world.person()
    order.save()
    contest.order = order
    contest.save()
    assert tasks_for(approver, at=at) == [
        Task(
            "Подтвердите приказ от 21.11.2026 № 321",
            f"/office/contests/{contest.code}/order/",
            "Об итогах",
            "Ждёт подтверждения",
        )
    ]
    assert tasks_for(world.member(world.organisation(), Role.APPROVER), at=at) == []
    order.entered_by = approver
    order.save()
    assert tasks_for(approver, at=at) == []


def test_what_the_years_after_the_award_ask_of_a_school_and_of_its_coordinator(at: datetime) -> None:
    above = centre()
    tenant = tenant_of(1, above)
    roadmap = Roadmap.objects.get()
    roadmap.state, roadmap.sent_at = RoadmapState.SENT, at
    roadmap.save()
    head, keeper = tenant.people["head"], tenant.people["coordinator"]
    titles = {
        name: [(task.title.split(":")[0], task.url, task.state) for task in tasks_for(person, at=at)]
        for name, person in (("head", head), ("coordinator", keeper), ("tutor", tenant.people["tutor"]))
    }
    thread, errand = tenant.keys["thread"][0], tenant.keys["errand"][0]
    assert titles["head"] == [
        ("Отправьте заявку", f"/cabinet/applications/{tenant.keys['application'][0]}/", "Не отправлена"),
        ("Сдайте отчёт", "/cabinet/reports/r-01/", "Просрочен"),
        ("Ответьте на замечание куратора", "/cabinet/reports/r-01/", "Ждёт ответа"),
    ]
    assert titles["coordinator"] == [
        ("Проверьте заявление", f"/office/registrations/{tenant.keys['registration'][0]}/", "Ждёт вас"),
        ("Прочтите сообщение", f"/cabinet/messages/{thread}/", "Новое"),
        (
            "Ответьте на приглашение в проект",
            f"/cabinet/partnerships/{tenant.keys['partnership'][0]}/",
            "Ждёт ответа",
        ),
        ("Утвердите дорожную карту", "/office/projects/%D0%9F-01/roadmap/", "Ждёт решения"),
    ]
    assert titles["tutor"] == [
        ("Поручение", f"/office/errands/{errand}/", "Просрочено"),
        ("Прочтите сообщение", f"/cabinet/messages/{thread}/", "Новое"),
    ]

"""A school that reports: its status, its project, what it shared, and who stands round it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from innoset.accounts.models import User
from innoset.network.models import Accompaniment, Consultation, Dissemination, Organisation, Status
from innoset.network.states import DisseminationKind, OrganisationKind, Part, Role
from innoset.projects.actions import campaigns, passports, reports
from innoset.projects.actions.reports import Told
from innoset.projects.models import Report, ReportCampaign, Roadmap, RoadmapItem, TeamMember
from innoset.projects.queries.reports import fields_of_report
from innoset.projects.states import TeamPart
from tests import world
from tests.world import AT

SINCE, UNTIL = date(2025, 1, 1), date(2025, 12, 31)


@dataclass
class Scene:
    """Everybody and everything that a report needs."""

    school: Organisation
    institute: Organisation
    status: Status
    editor: User
    head: User
    curator: User
    organiser: User
    coordinator: User
    campaign: ReportCampaign


def scene() -> Scene:
    """Make a school with a КИП status, a project, a year of work, and a campaign that has begun."""
    founder = world.organisation("Управление образования", kind=OrganisationKind.AUTHORITY)
    school = world.organisation(
        "СОШ № 7",
        founder=founder,
        address="станица Приречная, улица Школьная, 1",
        head_name="Берёзкина Ольга Викторовна",
        head_position="Директор",
        phone="+7 000 000-00-07",
        email="school7@example.test",
        site="https://school7.example.test",
    )
    institute = world.organisation("Институт развития", kind=OrganisationKind.INSTITUTE)
    editor = world.member(school, Role.EDITOR, "Лугов Денис Андреевич")
    head = world.member(school, Role.HEAD, "Берёзкина Ольга Викторовна")
    organiser = world.member(institute, Role.ORGANISER, "Орлова Анна Юрьевна")
    curator = world.member(institute, Role.CURATOR, "Седова Инна Львовна")
    service = world.organisation(
        "ТМС", kind=OrganisationKind.METHOD_SERVICE, municipality=school.municipality
    )
    coordinator = world.member(service, Role.COORDINATOR, "Гринёва Лада Олеговна")
    status = status_of(school)
    Accompaniment.objects.create(
        person=curator, status=status, part=Part.SCIENTIFIC_CURATOR, since=date(2024, 1, 10)
    )
    _project(school, status, editor)
    _shared(school, status)
    made = ReportCampaign(
        code="kip-2025",
        title="Отчёты КИП за 2025 год",
        form_code="kip_report",
        organiser=institute,
        starts_on=SINCE,
        ends_on=UNTIL,
        opens_on=AT.date(),
        due_on=AT.date() + timedelta(days=20),
    )
    campaign = campaigns.make_campaign(made, kinds=[status.kind], by=organiser, at=AT)
    return Scene(school, institute, status, editor, head, curator, organiser, coordinator, campaign)


def status_of(owner: Organisation, code: str = "test-kip", **fields: Any) -> Status:
    """Grant a status of three years from the start of 2024."""
    kind = world.status_kind(code, abbreviation="КИП", title="Краевая инновационная площадка")
    given = {
        "theme": "Школа наставников",
        "order": world.order(number="3127", signed_on=date(2023, 12, 22)),
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2026, 12, 31),
        "created_at": AT,
    }
    return Status.objects.create(organisation=owner, kind=kind, **{**given, **fields})


def _project(school: Organisation, status: Status, editor: User) -> None:
    project = world.project(school, by=editor, answers=world.values())
    project.status, project.number = status, "2026-0001"
    project.save()
    passports.freeze(project.passport, by=editor, at=AT - timedelta(days=300))
    for part, name in (
        (TeamPart.AUTHOR, "Соколова Вера Петровна"),
        (TeamPart.SUPERVISOR, "Орлов Пётр Ильич"),
    ):
        TeamMember.objects.create(project=project, name=name, part=part, since=SINCE, degree="")
    roadmap = Roadmap.objects.create(
        kind="roadmap",
        project=project,
        organisation=school,
        title="Дорожная карта",
        created_at=AT,
        created_by=editor,
    )
    for place, done in enumerate((date(2025, 3, 1), None), start=1):
        RoadmapItem.objects.create(
            roadmap=roadmap,
            position=place,
            title=f"Мероприятие {place}",
            ends_on=date(2025, 4, place),
            done_on=done,
            done_percent=100 if done else 0,
        )


def _shared(school: Organisation, status: Status) -> None:
    other = status_of(school, "test-mip", theme="Другая тема")
    rows: tuple[tuple[Any, ...], ...] = (
        (DisseminationKind.SEMINAR, "Семинар наставников", date(2025, 3, 14), 40, status),
        (DisseminationKind.MASTER_CLASS, "Открытый урок", date(2025, 10, 2), None, None),
        (DisseminationKind.PUBLICATION, "Статья о наставниках", date(2025, 11, 5), None, status),
        (DisseminationKind.SEMINAR, "Не в том году", date(2024, 12, 31), 99, status),
        (DisseminationKind.SEMINAR, "По другой теме", date(2025, 5, 5), 99, other),
    )
    for kind, title, on, people, within in rows:
        Dissemination.objects.create(
            organisation=school, kind=kind, title=title, on=on, people=people, status=within, recorded_at=AT
        )
    Consultation.objects.create(
        status=status,
        organisation=school,
        given_by=world.person(),
        on=date(2025, 6, 1),
        topic="Как измерять",
        recorded_at=AT,
    )


def opened(given: Scene) -> Report:
    """Open the reports and return the school's."""
    campaigns.open_reports(given.campaign, by=given.organiser, at=AT)
    return Report.objects.get(status=given.status)


def filled(given: Scene, report: Report) -> None:
    """Fill what is empty and tell of the tasks."""
    answers = {one.key: one for one in report.answers.all()}
    texts = {
        field.key: (f"{field.name}. " + "Подробный ответ школы. " * 8, answers[field.key].version)
        for field in fields_of_report(report)
        if not answers[field.key].text
    }
    reports.save_section(report, texts=texts, by=given.editor, at=AT)
    told = {task.pk: Told("done", "Сделано") for task in report.tasks.filter(is_next=False)}
    reports.tell_tasks(report, told=told, planned=["Провести семинар"], by=given.editor, at=AT)


def sent(given: Scene) -> Report:
    """Return a report that was filled and sent."""
    report = opened(given)
    filled(given, report)
    reports.submit(report, by=given.editor, at=AT)
    report.refresh_from_db()
    return report

"""The demo network reports: a regional campaign with some accepted and seven late, a municipal one that goes on."""

from datetime import date, timedelta

from innoset.exchange.demo.network import World, staff_of
from innoset.network import actions as network
from innoset.network.actions.dissemination import record_dissemination
from innoset.network.models import Dissemination, Organisation, StatusKind
from innoset.network.states import DisseminationKind, Reach
from innoset.projects.actions import campaigns, nudges, remarks, report_checks, reports
from innoset.projects.actions.reports import Told
from innoset.projects.models import Report, ReportCampaign
from innoset.projects.queries.reports import fields_of_report, texts_of_report

LATE, ACCEPTED = 7, 2
DUE_AGO = 6
SHARED = (
    (DisseminationKind.SEMINAR, "Семинар для соседних школ", (3, 14), 42),
    (DisseminationKind.MASTER_CLASS, "Мастер-класс команды проекта", (4, 22), 25),
    (DisseminationKind.OPEN_EVENT, "День открытых уроков", (10, 9), 68),
    (DisseminationKind.INTERNSHIP, "Стажировка педагогов района", (11, 12), None),
    (DisseminationKind.PUBLICATION, "Статья об опыте площадки", (11, 28), None),
    (DisseminationKind.PRODUCT, "Сборник сценариев уроков", (12, 5), None),
)
MEASURED = (
    "Измеряли в начале и в конце года: анкета педагогов, карта наблюдения урока, отзывы родителей. "
    "Доля педагогов, которые пользуются новыми приёмами каждую неделю, выросла."
)
ANSWER = "Площадка работала по плану года. Подробности и материалы опубликованы на сайте организации. "


def fill(world: World) -> None:
    """Let the sites report."""
    regional = _campaign(world, "kip", "kip_report", "institute", opened=45, due=DUE_AGO)
    _prepare(world, regional)
    campaigns.open_reports(regional, by=world.operator, at=world.ago(45))
    found = list(Report.objects.filter(campaign=regional).order_by("pk"))
    in_time = found[: max(0, len(found) - LATE)]
    for report in in_time:
        _send(world, report)
    for report in in_time[:ACCEPTED]:
        report_checks.accept(report, by=world.operator, at=world.ago(8))
    for report in in_time[ACCEPTED : ACCEPTED + 1]:
        _remark(world, report)
    # As the calendar would have gone, day by day.
    for days in (DUE_AGO + 7, DUE_AGO + 1, DUE_AGO - 1, 1):
        nudges.remind_by_calendar(at=world.ago(days))
    municipal = _campaign(world, "mip", "site_report", "centre", opened=5, due=-20)
    campaigns.open_reports(municipal, by=world.operator, at=world.ago(5))


def _campaign(
    world: World, kind: str, form_code: str, place: str, *, opened: int, due: int
) -> ReportCampaign:
    year, status = world.at.year - 1, StatusKind.objects.get(code=kind)
    made = ReportCampaign(
        code=f"{kind}-{year}",
        title=f"Отчёты: {status.abbreviation}, {year} год",
        form_code=form_code,
        organiser=world.places[place],
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        opens_on=world.ago(opened).date(),
        due_on=world.ago(due).date(),
        needs_review=kind == "kip",
    )
    return campaigns.make_campaign(made, kinds=[status], by=world.operator, at=world.ago(opened + 2))


def _prepare(world: World, campaign: ReportCampaign) -> None:
    """Give the regional sites a phone to be called by, a site, people who write, and a year of sharing."""
    sites = Organisation.objects.filter(statuses__kind__in=campaign.kinds.all()).distinct().order_by("pk")
    for place, school in enumerate(sites, start=1):
        staff_of(world, school)
        values = {"phone": f"+7 000 000-01-{place:02d}", "site": f"https://school{place}.innoset.example"}
        network.edit_organisation(school, values=values, by=world.operator, at=world.ago(50))
        for kind, title, (month, day), people in SHARED[place % 2 :]:
            record = Dissemination(
                organisation=school,
                kind=kind,
                title=title,
                on=date(campaign.ends_on.year, month, day),
                reach=Reach.MUNICIPAL,
                place=school.short_name,
                people=people,
                is_published=kind == DisseminationKind.PRODUCT,
            )
            if kind == DisseminationKind.PUBLICATION or record.is_published:
                record.url = f"https://school{place}.innoset.example/{kind}"
            record_dissemination(record, by=world.operator, at=world.ago(48))


def _send(world: World, report: Report) -> None:
    """Fill what the site could not, and send."""
    head, at = staff_of(world, report.organisation), world.ago(12)
    known = texts_of_report(report)
    versions = {one.key: one.version for one in report.answers.all()}
    texts = {
        field.key: (MEASURED if field.key == "II.2" else ANSWER * 2, versions[field.key])
        for field in fields_of_report(report)
        if field.required and field.key not in known
    }
    reports.save_section(report, texts=texts, by=head, at=at)
    told = {one.pk: Told("done", "Сделано в срок") for one in report.tasks.filter(is_next=False)}
    planned = ("Провести семинар для новых участников", "Издать сборник материалов")
    reports.tell_tasks(report, told=told, planned=planned, by=head, at=at + timedelta(hours=1))
    reports.submit(report, by=head, at=at + timedelta(hours=2))


def _remark(world: World, report: Report) -> None:
    remarks.remark_on_report(
        report,
        key="II.2",
        text="Назовите, сколько педагогов отвечали на анкету.",
        is_required=True,
        by=world.operator,
        at=world.ago(7),
    )

"""Tenants: municipalities with everything that is nobody else's business, each word of it a canary.

A canary is `knr`, what it is, and the number of its tenant: `knrdraft07`.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from innoset.accounts.models import User
from innoset.contests.models import Advancement, Application, Contest
from innoset.contests.states import ApplicationState, ContestState
from innoset.network.actions.threads import open_thread
from innoset.network.models import (
    Accompaniment,
    Agreement,
    Consultation,
    Dissemination,
    Errand,
    Invitation,
    Municipality,
    Organisation,
    PilotMark,
    Registration,
    Status,
    Thread,
    WorkingGroup,
)
from innoset.network.states import AgreementState, OrganisationKind, Part, Role
from innoset.projects.models import (
    Partnership,
    Project,
    Remark,
    Report,
    ReportAnswer,
    ReportCampaign,
    ReportTask,
    Roadmap,
    RoadmapItem,
    TeamMember,
)
from tests import world

AT = world.AT
DAY = AT.date()
ROLES = (Role.COORDINATOR, Role.METHODIST, Role.EXPERT, Role.OBSERVER)
STAFF = (Role.HEAD, Role.EDITOR, Role.TUTOR)


@dataclass
class Centre:
    """Who runs the network, the campaign of reports and the contest above all tenants."""

    organisation: Organisation
    people: dict[str, User]
    campaign: ReportCampaign
    upper: Contest


@dataclass
class Tenant:
    """One municipality: its people, and the keys of its things by the kind of thing."""

    number: int
    place: Municipality
    service: Organisation
    school: Organisation
    people: dict[str, User] = field(default_factory=dict)
    keys: dict[str, list[object]] = field(default_factory=dict)

    def canary(self, kind: str) -> str:
        """Return the word that only this tenant may see."""
        return f"knr{kind}{self.number:02d}"

    def own(self, kind: str, *keys: object) -> None:
        """Remember under which keys a thing of the tenant is found."""
        self.keys.setdefault(kind, []).extend(keys)


def centre() -> Centre:
    """Make the level above the tenants."""
    here = world.organisation("Центр", kind=OrganisationKind.METHOD_CENTRE)
    people = {
        role.value: world.member(here, role) for role in (Role.ORGANISER, Role.METHODIST, Role.APPROVER)
    }
    campaign = ReportCampaign.objects.create(
        code="reports", title="Годовой отчёт", form_code="kip_report", organiser=here,
        starts_on=DAY - timedelta(days=365), ends_on=DAY - timedelta(days=60), opens_on=DAY - timedelta(days=50),
        due_on=DAY - timedelta(days=10), created_at=AT, created_by=people["organiser"],
    )  # fmt: skip
    upper = world.contest(title="Краевой конкурс", organiser=here, created_by=people["organiser"])
    return Centre(here, people, campaign, upper)


def tenant(number: int, above: Centre) -> Tenant:
    """Make a municipality that is a canary wherever nobody else may look."""
    place = world.municipality(f"Район {number:02d}")
    service = world.organisation(
        f"ТМС {number:02d}", kind=OrganisationKind.METHOD_SERVICE, municipality=place
    )
    school = world.organisation(f"Школа {number:02d}", municipality=place)
    made = Tenant(number, place, service, school)
    school.head_name = made.canary("head")
    school.save()
    for roles, where in ((ROLES, service), (STAFF, school)):
        for role in roles:
            made.people[role.value] = _member(made, where, role)
    made.own("municipality", place.oktmo)
    made.own("organisation", school.number, service.number)
    for fill in (_contests, _status, _people_of_sites, _papers, _reports, _roadmap, _letters, _joining):
        fill(made, above)
    return made


def _member(made: Tenant, where: Organisation, role: Role) -> User:
    who = world.person(
        f"{made.canary('person')} Вера Петровна",
        phone=made.canary("phone"),
        email=f"{made.canary('mail')}.{role.value}@example.test",
    )
    membership = world.membership(who, where, role)
    made.own("membership", membership.pk)
    return who


def _contests(made: Tenant, above: Centre) -> None:
    head = made.people["head"]
    draft = world.application(
        above.upper, made.school, answers=world.values(**{"6": made.canary("draft")}), created_by=head
    )
    municipal = world.contest(
        ContestState.FINISHED, organiser=made.service, municipality=made.place,
        created_by=made.people["coordinator"],
    )  # fmt: skip
    winner = world.application(municipal, made.school, ApplicationState.AWARDED, created_by=head)
    forward = Advancement.objects.create(
        application=winner, contest=above.upper, reason=made.canary("forward"), proposed_at=AT,
        proposed_by=made.people["coordinator"],
    )  # fmt: skip
    made.own("application", draft.number, winner.number)
    made.own("contest", municipal.code)
    made.own("advancement", forward.pk)
    _name_project(made, draft)


def _name_project(made: Tenant, draft: Application) -> None:
    Project.objects.filter(pk=draft.project_id).update(number=f"П-{made.number:02d}")
    made.own("project", f"П-{made.number:02d}")
    TeamMember.objects.create(project=draft.project, name=made.canary("team"), since=DAY)
    Partnership.objects.create(
        project=draft.project, organisation=made.service, purpose=made.canary("partner"), invited_at=AT,
        invited_by=made.people["head"],
    )  # fmt: skip
    made.own("partnership", draft.project.partnerships.get().pk)


def _status(made: Tenant, above: Centre) -> None:
    del above
    status = Status.objects.create(
        number=f"s-{made.number:02d}", organisation=made.school, kind=world.status_kind(), theme="Наставники",
        order=world.order(), starts_on=DAY - timedelta(days=300), ends_on=DAY + timedelta(days=300),
        created_at=AT,
    )  # fmt: skip
    PilotMark.objects.create(
        organisation=made.school, results="low", since=DAY, note=made.canary("pilot"),
        set_by=made.people["coordinator"],
    )  # fmt: skip
    made.own("status", status.number, status.pk)
    made.own("pilot", made.school.pilot_marks.get().pk)


def _people_of_sites(made: Tenant, above: Centre) -> None:
    del above
    status = made.school.statuses.get()
    tutor, keeper = made.people["tutor"], made.people["coordinator"]
    with_site = Accompaniment.objects.create(person=tutor, status=status, part=Part.TUTOR, since=DAY)
    advice = Consultation.objects.create(
        status=status, organisation=made.school, given_by=tutor, on=DAY, topic=made.canary("topic"),
        advice=made.canary("advice"), participants=made.canary("guests"), recorded_at=AT,
    )  # fmt: skip
    errand = Errand.objects.create(
        title=made.canary("errand"), assignee=tutor, organisation=made.school, due_on=DAY - timedelta(days=1),
        made_by=keeper, made_at=AT,
    )  # fmt: skip
    group = WorkingGroup.objects.create(
        title=f"Группа {made.number}", organisation=made.service, since=DAY, created_at=AT
    )
    for kind, one in (
        ("accompaniment", with_site), ("consultation", advice), ("errand", errand), ("group", group),
    ):  # fmt: skip
        made.own(kind, one.pk)


def _papers(made: Tenant, above: Centre) -> None:
    agreement = Agreement.objects.create(
        municipality=made.place, organisation=above.organisation, partner=made.service,
        state=AgreementState.DRAFT, note=made.canary("agreement"), created_by=above.people["organiser"],
    )  # fmt: skip
    record = Dissemination.objects.create(
        organisation=made.school, kind="seminar", title=made.canary("event"), on=DAY - timedelta(days=30),
        reach="municipal", people=20, recorded_at=AT, recorded_by=made.people["head"],
    )  # fmt: skip
    made.own("agreement", agreement.pk)
    made.own("dissemination", record.pk)


def _reports(made: Tenant, above: Centre) -> None:
    head = made.people["head"]
    report = Report.objects.create(
        number=f"r-{made.number:02d}", campaign=above.campaign, status=made.school.statuses.get(),
        organisation=made.school, form_code="kip_report", form_version="1", starts_on=above.campaign.starts_on,
        ends_on=above.campaign.ends_on, due_on=above.campaign.due_on, author=head, opened_at=AT,
    )  # fmt: skip
    ReportAnswer.objects.create(
        report=report, key="1", text=made.canary("report"), saved_at=AT, saved_by=head
    )
    ReportTask.objects.create(report=report, text=made.canary("task"))
    by = above.people["organiser"]
    remark = Remark.objects.create(report=report, text=made.canary("remark"), author=by, at=AT)
    made.own("report", report.number)
    made.own("remark", remark.pk)


def _roadmap(made: Tenant, above: Centre) -> None:
    del above
    roadmap = Roadmap.objects.create(
        kind="roadmap", project=Project.objects.get(number=f"П-{made.number:02d}"), organisation=made.school,
        title=made.canary("roadmap"), created_at=AT, created_by=made.people["head"],
    )  # fmt: skip
    item = RoadmapItem.objects.create(
        roadmap=roadmap,
        position=1,
        title=made.canary("measure"),
        starts_on=DAY,
        ends_on=DAY + timedelta(days=9),
    )
    made.own("roadmap", roadmap.pk)
    made.own("measure", item.pk)


def _letters(made: Tenant, above: Centre) -> None:
    del above
    thread = open_thread(
        Thread(subject=made.canary("subject")), organisation=made.school, addressee=made.service,
        text=made.canary("letter"), by=made.people["head"], at=AT,
    )  # fmt: skip
    made.own("thread", thread.number)


def _joining(made: Tenant, above: Centre) -> None:
    del above
    asked = Registration.objects.create(
        applicant=world.person(f"{made.canary('person')} Инна"), position=made.canary("position"),
        name="Новая школа", short_name="Новая школа", kind="school", inn="2300000000", kpp="230001001",
        ogrn="1020000000000", municipality=made.place, created_at=AT,
    )  # fmt: skip
    invited = Invitation.objects.create(
        email=f"{made.canary('mail')}.guest@example.test", full_name=made.canary("guest"),
        organisation=made.school, role=Role.EDITOR, token_hash=f"{made.number:064d}",
        invited_by=made.people["head"], created_at=AT, expires_at=AT + timedelta(days=14),
    )  # fmt: skip
    made.own("registration", asked.pk)
    made.own("invitation", invited.pk)


def region(many: int) -> tuple[Centre, list[Tenant]]:
    """Make so many tenants under one centre."""
    above = centre()
    return above, [tenant(number, above) for number in range(1, many + 1)]


def everybody(above: Centre, tenants: list[Tenant]) -> list[tuple[str, int, Any]]:
    """Return every actor: what they are, of which tenant (nought is the centre), and the person."""
    local = [(role, one.number, person) for one in tenants for role, person in one.people.items()]
    return [*local, *((role, 0, person) for role, person in above.people.items())]

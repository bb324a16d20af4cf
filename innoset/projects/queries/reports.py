"""Reads of yearly reports: whose they are, who may read them, which are late."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from innoset.accounts.models import User
from innoset.foundation.policy import is_superuser
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Membership, Municipality, Status
from innoset.network.queries import holds, live_memberships, municipality_ids_of, organisation_ids_of
from innoset.network.queries.accompaniment import accompanied_by
from innoset.network.queries.statuses import public_statuses
from innoset.network.states import Role
from innoset.projects.models import (
    Project,
    Report,
    ReportAnswer,
    ReportCampaign,
    ReportNudge,
    ReportRevision,
    ReportVersion,
)
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Completeness, Field, Form, completeness, fields_of
from innoset.projects.pure.reporting.steps import Step
from innoset.projects.states import ReportState

UNSENT = (ReportState.OPEN, ReportState.RETURNED)
CHECKERS = (Role.ORGANISER, Role.CURATOR)
"""Who of the campaign's organisation checks reports."""


def _every() -> QuerySet[Report]:
    return Report.objects.select_related(
        "campaign__organiser", "status__kind", "organisation__municipality", "project", "author"
    )


def reports_visible_to(person: Any) -> QuerySet[Report]:
    """Return the reports that a person writes, checks, accompanies or coordinates."""
    if is_superuser(person):
        return _every()
    own = Q(organisation__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR))
    checked = Q(campaign__organiser__in=organisation_ids_of(person, *CHECKERS))
    near = Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    return _every().filter(own | checked | near | Q(status__in=accompanied_by(person).values("pk")))


def own_reports(person: Any) -> QuerySet[Report]:
    """Return the reports of the organisations where a person writes."""
    return _every().filter(organisation__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR))


def reports_of(project: Project) -> QuerySet[Report]:
    """Return the reports on a project, the last period first."""
    return _every().filter(project=project).order_by("-ends_on", "-pk")


def unsent(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Leave the reports that their organisations still have to send."""
    return reports.filter(state__in=UNSENT, campaign__closed_at=None)


def overdue_reports(at: datetime, person: Any = None) -> QuerySet[Report]:
    """Return the reports whose term is over and which were not sent; those that a person sees, if one is named."""
    found = _every() if person is None else reports_visible_to(person)
    return unsent(found).filter(due_on__lt=at.astimezone(MOSCOW).date())


def reports_due_in(municipality: Municipality) -> QuerySet[Report]:
    """Return the reports that organisations of a municipality still have to send, the most urgent first."""
    return unsent(_every()).filter(organisation__municipality=municipality)


def with_nudges(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Bring along who was reminded when, in one more query."""
    return reports.prefetch_related(Prefetch("nudges", ReportNudge.objects.order_by("-at", "-pk")))


def campaigns_run_by(person: Any) -> QuerySet[ReportCampaign]:
    """Return the campaigns of the organisations where a person organises."""
    every = ReportCampaign.objects.select_related("organiser").prefetch_related("kinds")
    if is_superuser(person):
        return every
    return every.filter(organiser__in=organisation_ids_of(person, *CHECKERS))


def campaigns_visible_to(person: Any) -> QuerySet[ReportCampaign]:
    """Return the campaigns that a person runs, or in which they see at least one report."""
    every = ReportCampaign.objects.select_related("organiser").prefetch_related("kinds")
    seen = reports_visible_to(person).order_by().values("campaign")
    mine = campaigns_run_by(person).order_by().values("pk")
    return every.filter(Q(pk__in=mine) | Q(pk__in=seen))


def campaigns_to_open(day: date) -> QuerySet[ReportCampaign]:
    """Return the campaigns that have begun and are not closed."""
    return ReportCampaign.objects.filter(opens_on__lte=day, closed_at=None).order_by("pk")


def statuses_to_report(campaign: ReportCampaign) -> QuerySet[Status]:
    """Return the statuses in force on some day of the period that have no report in the campaign yet."""
    alive = Q(ended_on=None) | Q(ended_on__gte=campaign.starts_on)
    found = public_statuses().filter(
        alive,
        kind__in=campaign.kinds.order_by().values("pk"),
        starts_on__lte=campaign.ends_on,
        ends_on__gte=campaign.starts_on,
    )
    return found.exclude(reports__campaign=campaign).order_by("pk")


def form_of_report(report: Report) -> Form:
    """Return the form that the report follows."""
    return form_by_code(report.form_code)


def fields_of_report(report: Report) -> tuple[Field, ...]:
    """Return the fields of the report in their order."""
    return fields_of(form_of_report(report))


def answers_of_report(report: Report) -> dict[str, ReportAnswer]:
    """Return what stands in the report, by the key of the field."""
    return {one.key: one for one in report.answers.select_related("saved_by")}


def texts_of_report(report: Report) -> dict[str, str]:
    """Return the texts by key, only those that are not empty."""
    return {key: one.text for key, one in answers_of_report(report).items() if one.text}


def completeness_of(report: Report) -> Completeness:
    """Return how much of the report is filled, by section."""
    return completeness(form_of_report(report), texts_of_report(report))


def last_sent(report: Report) -> ReportVersion | None:
    """Return the version that was sent last."""
    return report.versions.select_related("made_by").first()


def texts_kept(report: Report, key: str = "") -> QuerySet[ReportRevision]:
    """Return the texts that stood in the report before, the newest first."""
    found = report.revisions.select_related("saved_by")
    return found.filter(key=key) if key else found


def report_before(report: Report) -> Report | None:
    """Return the report on the same status, or on the one that it goes on from, for the period before."""
    line = [key for key in (report.status_id, report.status.renews_id) if key]
    found = Report.objects.filter(status__in=line, ends_on__lt=report.starts_on)
    return found.order_by("-ends_on", "-pk").first()


def staff_of(report: Report, *roles: Role) -> list[User]:
    """Return who holds one of the roles in the reporting organisation, the longest there first."""
    return list(dict.fromkeys(one.person for one in _members(report, *roles)))


_WRITERS = (Role.HEAD, Role.EDITOR)


def _members(report: Report, *roles: Role) -> list[Membership]:
    found = Membership.objects.filter(
        organisation=report.organisation_id, role__in=roles, until=None, person__is_active=True
    )
    return list(found.select_related("person").order_by("since", "pk"))


def author_of(report: Report) -> User | None:
    """Return who would write the report: who began the project, else somebody of the staff, else the head."""
    members = _members(report, *_WRITERS)
    staff = [one.person for role in (Role.EDITOR, Role.HEAD) for one in members if one.role == role]
    begun = report.project.created_by if report.project else None
    return begun if begun in staff else next(iter(staff), None)


def told_on(report: Report, step: Step) -> list[User]:
    """Return who is told on a step of the schedule: the author, then the head, then the coordinators."""
    if step is Step.COORDINATOR:
        return coordinators_of(report)
    members = _members(report, *_WRITERS)
    if step is not Step.HEAD and report.author in [one.person for one in members]:
        return [report.author] if report.author else []
    return list(dict.fromkeys(one.person for one in members if one.role == Role.HEAD))


def coordinators_of(report: Report) -> list[User]:
    """Return the coordinators of the organisation's municipality."""
    found = live_memberships().filter(
        role=Role.COORDINATOR,
        organisation__municipality=report.organisation.municipality_id,
        person__is_active=True,
    )
    return list(dict.fromkeys(one.person for one in found.select_related("person").order_by("pk")))


def checkers_of(campaign: ReportCampaign) -> list[User]:
    """Return who checks the reports of a campaign."""
    found = live_memberships().filter(
        organisation=campaign.organiser_id, role__in=CHECKERS, person__is_active=True
    )
    return list(dict.fromkeys(one.person for one in found.select_related("person").order_by("pk")))


def opener_of(campaign: ReportCampaign) -> User | None:
    """Return in whose name the reports are opened by the calendar: who made the campaign, else a colleague."""
    made_by = campaign.created_by
    if is_superuser(made_by) or holds(made_by, *CHECKERS, organisation=campaign.organiser_id):
        return made_by
    return next(iter(checkers_of(campaign)), None)

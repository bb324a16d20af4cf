"""What the site knows for a report: gathered from its tables, written by `pure.reporting.prefill`."""

from django.db.models import Q

from innoset.foundation.russian import date_in_digits
from innoset.network.models import Agreement, Dissemination, Organisation, Status
from innoset.network.queries.accompaniment import companions_of
from innoset.network.queries.statuses import public_statuses
from innoset.network.states import MEETINGS, AgreementState
from innoset.projects.models import PassportVersion, Project, Report
from innoset.projects.pure.reporting.facts import Facts, HeldStatus, Requisites, Shared, Task
from innoset.projects.pure.reporting.prefill import Proposal, proposals
from innoset.projects.queries.passports import last_version_of, people_of
from innoset.projects.queries.report_figures import figures_of, shared_in
from innoset.projects.queries.reports import report_before, texts_of_report
from innoset.projects.states import PartnershipState, TaskState, TeamPart, TextOrigin

_AUTHORS = (TeamPart.LEADER, TeamPart.AUTHOR)


def proposals_for(report: Report) -> dict[str, Proposal]:
    """Return what the site would write in each field now."""
    return proposals(facts_of(report))


def origin_of(proposal: Proposal) -> TextOrigin:
    """Return whence the text of a proposal comes."""
    return TextOrigin.CARRIED if proposal.is_carried else TextOrigin.COUNTED


def facts_of(report: Report) -> Facts:
    """Gather everything that a report can be pre-filled from, in a constant number of queries."""
    version, before = _version(report.project), report_before(report)
    passport = version.values if version and version.form_code == "passport" else {}
    return Facts(
        form_code=report.form_code,
        requisites=_requisites(report.organisation),
        theme=report.status.theme,
        title=report.project.title if report.project else "",
        authors=_team(report.project, *_AUTHORS) or people_of(version),
        supervisor="; ".join(_team(report.project, TeamPart.SUPERVISOR)) or passport.get("3", ""),
        status=_held(report.status, report),
        statuses=_statuses(report),
        passport=passport,
        before=texts_of_report(before) if before else {},
        tasks=_tasks(report, is_next=False),
        next_tasks=_tasks(report, is_next=True),
        figures=figures_of(report),
        shared=tuple(_shared(one) for one in shared_in(report)),
        companions=_companions(report),
        partners=_partners(report.project),
        agreements=_agreements(report),
    )


def _version(project: Project | None) -> PassportVersion | None:
    return last_version_of(project.passport) if project and hasattr(project, "passport") else None


def _requisites(one: Organisation) -> Requisites:
    return Requisites(
        name=one.name,
        founder=one.founder.name if one.founder else "",
        address=one.address,
        head=one.head_name,
        phone=one.phone,
        email=one.email,
        site=one.site,
    )


def _team(project: Project | None, *parts: TeamPart) -> tuple[str, ...]:
    if project is None:
        return ()
    members = project.team.filter(part__in=parts, until=None)
    return tuple(
        ", ".join(filter(None, (one.name, one.position or one.degree)))
        for one in members.order_by("part", "pk")
    )


def _statuses(report: Report) -> tuple[HeldStatus, ...]:
    found = public_statuses().filter(organisation=report.organisation_id, starts_on__lte=report.ends_on)
    return tuple(_held(one, report) for one in found.order_by("-ends_on", "pk"))


def _held(one: Status, report: Report) -> HeldStatus:
    return HeldStatus(
        kind=one.kind.abbreviation,
        theme=one.theme,
        order=_order(one),
        starts_on=one.starts_on,
        ends_on=one.ended_on or one.ends_on,
        is_live=(one.ended_on or one.ends_on) >= report.ends_on,
    )


def _order(one: Status) -> str:
    order = one.order
    if not order.number or not order.signed_on:
        return ""
    return f"приказ ({order.issuer}) от {date_in_digits(order.signed_on)} № {order.number}"


def _tasks(report: Report, *, is_next: bool) -> tuple[Task, ...]:
    found = report.tasks.filter(is_next=is_next)
    known = TaskState.UNKNOWN
    return tuple(
        Task(one.text, "" if one.state == known else one.get_state_display(), one.note) for one in found
    )


def _shared(one: Dissemination) -> Shared:
    return Shared(
        kind=one.get_kind_display(),
        title=one.title,
        on=one.on,
        reach=one.get_reach_display(),
        place=one.place,
        people=one.people,
        url=one.url,
        is_meeting=one.kind in MEETINGS,
    )


def _companions(report: Report) -> tuple[str, ...]:
    found = companions_of(report.status, report.ends_on)
    return tuple(f"{one.get_part_display()} – {one.person.full_name}" for one in found)


def _partners(project: Project | None) -> tuple[str, ...]:
    if project is None:
        return ()
    held = project.partnerships.filter(state=PartnershipState.ACCEPTED).select_related("organisation")
    return tuple(f"{one.organisation.short_name}: {one.purpose}" for one in held.order_by("pk"))


def _agreements(report: Report) -> tuple[str, ...]:
    mine = Q(organisation=report.organisation_id) | Q(partner=report.organisation_id)
    within = Q(ends_on=None) | Q(ends_on__gte=report.starts_on)
    found = Agreement.objects.filter(mine, within, state=AgreementState.SIGNED, signed_on__lte=report.ends_on)
    told = found.select_related("organisation", "partner").order_by("signed_on", "pk")
    return tuple(_agreement(one, report) for one in told)


def _agreement(one: Agreement, report: Report) -> str:
    other = one.partner if one.organisation_id == report.organisation_id else one.organisation
    signed = f" от {date_in_digits(one.signed_on)}" if one.signed_on else ""
    number = f" № {one.number}" if one.number else ""
    return f"{one.get_kind_display()}{signed}{number} – {other.short_name}"

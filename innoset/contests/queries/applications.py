"""Reads of applications: whose they are, what may be done with them now, what has been sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet

from innoset.accounts.models import ConsentText, User
from innoset.contests.models import Application, Attachment, Contest, ContestStage, Extension, Submission
from innoset.contests.pure.deadlines import Verdict
from innoset.contests.pure.sealing import seal
from innoset.contests.queries import deadlines
from innoset.contests.queries.acts import findings_of_acts
from innoset.contests.states import (
    APPLICATION,
    APPLICATION_LABELS,
    SENT,
    ApplicationState,
    ContestState,
    StageKind,
)
from innoset.documents.models import Paper
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.errors import Refusal
from innoset.foundation.files.models import StoredFile
from innoset.foundation.russian import joined, moment_in_words
from innoset.network.models import Membership, Organisation
from innoset.network.queries import municipality_ids_of, organisation_ids_of
from innoset.network.states import KIND_LABELS, Role
from innoset.projects import queries as projects
from innoset.projects.pure.forms import Finding, Form, canonical, check, errors
from innoset.projects.pure.understanding import contact_hints
from innoset.review.models import DefenceSlot

WRITERS = (Role.HEAD, Role.EDITOR)
LOST = (ApplicationState.WITHDRAWN, ApplicationState.REFUSED)
"""States that leave the organisation's place in a contest free again."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the applicant confirms with a tick: a guarantee of the form or a consent of the contest."""

    code: str
    title: str
    body: str = ""
    is_guarantee: bool = False
    # Nobody has to agree; refusing it never stands in the way.
    is_optional: bool = False


def applications_of(person: Any) -> QuerySet[Application]:
    """Return the applications of the organisations for which the person writes."""
    mine = organisation_ids_of(person, *WRITERS)
    return _with_names(Application.objects.filter(organisation__in=mine))


def applications_visible_to(person: Any) -> QuerySet[Application]:
    """Return what a person may see: own ones, those sent to own contests or from own municipality."""
    found = _with_names(Application.objects.all())
    if person.is_superuser:
        return found
    mine = Q(organisation__in=organisation_ids_of(person, *WRITERS))
    to_me = Q(contest__organiser__in=organisation_ids_of(person, Role.ORGANISER))
    near = Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    return found.filter(mine | ((to_me | near) & Q(state__in=SENT)))


def _with_names(found: QuerySet[Application]) -> QuerySet[Application]:
    stages = ContestStage.objects.order_by("starts_at", "id")
    return (
        found.select_related(
            "contest__organiser", "nomination", "organisation__municipality", "project__passport", "version"
        )
        .prefetch_related(Prefetch("contest__stages", queryset=stages), "contest__extensions")
        .order_by("-created_at", "-id")
    )


def contests_open_at(at: datetime) -> QuerySet[Contest]:
    """Return the contests that take applications at this moment, the nearest deadline first."""
    stages = ContestStage.objects.order_by("starts_at", "id")
    longer = Extension.objects.filter(application=None, until__gt=at)
    begun = Q(stages__kind=StageKind.SUBMISSION, stages__starts_at__lte=at)
    going_on = Q(stages__ends_at__gt=at) | Q(pk__in=longer.values("contest"))
    return (
        Contest.objects.filter(begun & going_on, state=ContestState.OPEN)
        .select_related("organiser__municipality", "municipality", "status_kind")
        .prefetch_related(Prefetch("stages", queryset=stages), "extensions")
        .order_by("stages__ends_at", "id")
    )


def submission_of(contest: Contest) -> ContestStage | None:
    """Return the stage in which applications are taken."""
    return next((stage for stage in contest.stages.all() if stage.kind == StageKind.SUBMISSION), None)


def deadline_of(application: Application) -> datetime | None:
    """Return until when people are told to send the application; the grace comes on top."""
    deadline = deadlines.deadline_of(application)
    return deadline.ends_at if deadline else None


def objection_to_start(
    contest: Contest, organisation: Organisation, at: datetime, *, begun: int | None = None
) -> str:
    """Say why the organisation may not begin an application now; an empty string when it may.

    A list that has counted the applications already begun passes the number.
    """
    kinds = contest.organisation_kinds
    if closed := _not_open(contest, at) or _over(contest, at):
        return closed
    if kinds and organisation.kind not in kinds:
        allowed = joined(f"«{label}»" for kind, label in KIND_LABELS.items() if kind in kinds)
        return f"В этом конкурсе участвуют только организации вида {allowed}."
    if contest.municipality_id and contest.municipality_id != organisation.municipality_id:
        return f"Конкурс проводят для организаций муниципалитета {contest.municipality}."
    if begun is None:
        begun = contest.applications.filter(organisation=organisation).exclude(state__in=LOST).count()
    if begun >= contest.applications_per_organisation:
        most = contest.applications_per_organisation
        rule = "" if most == 1 else f" Можно подать не больше {most}."
        return f"У вашей организации уже есть заявка на этот конкурс.{rule}"
    return ""


def _not_open(contest: Contest, at: datetime) -> str:
    stage = submission_of(contest)
    if contest.state != ContestState.OPEN or stage is None:
        return "Этот конкурс сейчас не принимает заявки."
    return f"Приём заявок начнётся {moment_in_words(stage.starts_at)}." if at < stage.starts_at else ""


def _over(contest: Contest, at: datetime) -> str:
    """Say that nothing new is begun any more: the grace is for those who are about to send."""
    deadline = deadlines.deadline_of_contest(contest)
    is_over = deadline is not None and at >= deadline.ends_at
    return f"Приём заявок закончился {moment_in_words(deadline.ends_at)}." if deadline and is_over else ""


def objection_to_change(application: Application, at: datetime) -> str:
    """Say why the application may not be changed and sent now; an empty string when it may."""
    if not APPLICATION.allows("submit", application.state):
        label = APPLICATION_LABELS[ApplicationState(application.state)]
        return f"Изменить заявку уже нельзя: её состояние — «{label}»."
    is_returned = application.state == ApplicationState.RETURNED
    if is_returned and application.contest.state != ContestState.OPEN:
        return "Экспертиза уже началась, исправленные заявки больше не принимают."
    if not is_returned and (closed := _not_open(application.contest, at)):
        return closed
    deadline = deadlines.deadline_of(application)
    if deadline is None or deadline.verdict(at) is not Verdict.LATE:
        return ""
    return deadline.passed_in_words(
        "Срок исправления закончился" if is_returned else "Приём заявок закончился"
    )


def refuse_closed(application: Application, at: datetime) -> None:
    """Refuse when the application may not be changed now."""
    if objection := objection_to_change(application, at):
        raise Refusal(objection)


def statements_of(application: Application) -> tuple[Statement, ...]:
    """Return what is ticked before sending: the guarantees of the form, then the consents one by one."""
    form = projects.form_of(application.project.passport)
    guarantees = [Statement(one.code, one.text.rstrip(";."), is_guarantee=True) for one in form.guarantees]
    consents = (
        Statement(one.code, one.title, one.body, is_optional=one.is_optional)
        for one in consents_of(application.contest)
    )
    return (*guarantees, *sorted(consents, key=lambda one: one.is_optional))


def consents_of(contest: Contest) -> QuerySet[ConsentText]:
    """Return the texts that applicants of the contest agree to, in the version that is valid now."""
    codes = contest.consents.values("code")
    return ConsentText.objects.filter(code__in=codes, is_current=True).order_by("code")


def findings_of(application: Application, known: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Return what is wrong or doubtful in the passport now; who has read its texts already gives them."""
    form, values = _form_and_values(application, known)
    return (*check(form, values), *contact_hints(form, values), *findings_of_acts(form, values))


def errors_of(application: Application) -> tuple[Finding, ...]:
    """Return what stops the sending."""
    return errors(check(*_form_and_values(application, None)))


def _form_and_values(
    application: Application, known: Mapping[str, str] | None
) -> tuple[Form, dict[str, str]]:
    passport = application.project.passport
    texts = projects.values_of(passport) if known is None else known
    blank = {field.key: "" for field in projects.fields_in(passport)}
    return projects.form_of(passport), blank | dict(texts)


def attachments_of(application: Application) -> list[Attachment]:
    """Return the files that go with the application now."""
    return list(application.attachments.filter(removed_at=None).select_related("file").order_by("id"))


def files_of(application: Application) -> list[StoredFile]:
    """Return the stored files that go with the application now."""
    return [attachment.file for attachment in attachments_of(application)]


def seal_of(application: Application) -> str:
    """Return the checksum that a sending of what is there now would bear."""
    passport = application.project.passport
    content = canonical(passport.form_code, passport.form_version, projects.values_of(passport))
    return seal(content, (file.sha256 for file in files_of(application)))


def submissions_of(application: Application) -> QuerySet[Submission]:
    """Return the sendings, the last one first."""
    return application.submissions.select_related("version", "receipt__pdf", "sent_by").order_by("-number")


def sending_with_key(application: Application, key: str) -> Submission | None:
    """Return what was already sent with this key."""
    return submissions_of(application).filter(key=key).first()


def has_unsent_edits(application: Application, last: Submission | None) -> bool:
    """Tell whether what is there now differs from what was sent last."""
    return last is not None and seal_of(application) != last.sha256


def facts_of(application: Application) -> dict[str, object]:
    """Return what letters say of an application."""
    return {
        "number": application.shown_number,
        "contest": application.contest.title,
        "project": application.project.title,
        "organisation": application.organisation.short_name,
    }


def papers_of(application: Application) -> list[Paper]:
    """Return the receipts, letters and diplomas issued on the application, the newest first."""
    address = address_of(application)
    return list(Paper.objects.filter(subject=address).select_related("pdf").order_by("-issued_at", "-id"))


def defence_slots_of(application: Application) -> list[DefenceSlot]:
    """Return when and where the application is defended."""
    if application.dossier_id is None:
        return []
    return list(DefenceSlot.objects.filter(dossier=application.dossier_id).order_by("starts_at", "id"))


def edited_since_sent(applications: Iterable[Application]) -> set[int]:
    """Return which of the sent applications somebody has written in since; one query for all."""
    sent = {one.pk: one.submitted_at for one in applications if one.state == ApplicationState.SUBMITTED}
    latest = (
        Application.objects.filter(pk__in=sent)
        .order_by("pk")
        .values_list("pk")
        .annotate(at=Max("project__passport__answers__saved_at"))
    )
    return {pk for pk, at in latest if at and (moment := sent[pk]) and at > moment}


def team_of(application: Application) -> list[User]:
    """Return the people who write for the organisation."""
    return list(_holders(application.organisation_id, *WRITERS))


def organisers_of(contest: Contest) -> list[User]:
    """Return the people who run the contest."""
    return list(_holders(contest.organiser_id, Role.ORGANISER))


def _holders(organisation: int, *roles: Role) -> Iterator[User]:
    live = Membership.objects.filter(organisation=organisation, role__in=roles, until=None)
    seen: set[int] = set()
    for membership in live.filter(person__is_active=True).select_related("person").order_by("id"):
        if membership.person_id not in seen:
            seen.add(membership.person_id)
            yield membership.person

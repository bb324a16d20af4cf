"""Reads for the technical check: which applications wait for it, what the machine sees in one."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, QuerySet

from innoset.accounts.models import Consent
from innoset.contests.models import Application, FormalCheck, Submission
from innoset.contests.pure.checklist import Facts, Mark
from innoset.contests.queries.applications import attachments_of, submissions_of
from innoset.contests.queries.confirmations import note_for_check
from innoset.contests.queries.dossiers import is_hidden
from innoset.contests.states import ApplicationState, ContestState, StageKind
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.files.kinds import kind_of
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.storage import read
from innoset.foundation.russian import joined
from innoset.network.models import Membership
from innoset.network.states import KIND_LABELS, Role
from innoset.projects.models import PassportVersion
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Field, Finding, check, field_by_key, fields_of


def facts_of(application: Application) -> Facts:
    """Return what the machine sees in what was sent last."""
    findings = _findings(application.version)
    last = submissions_of(application).first()
    return Facts(
        empty=_named(application.version, findings, {"empty"}),
        too_long=_named(application.version, findings, {"too_long"}),
        contacts=_named(application.version, findings, {"email_found", "phone_found"}),
        consents_asked=application.contest.consents.filter(is_optional=False).count(),
        consents_given=_consents_given(application),
        sent_by_head=last is not None and _is_head(last),
        annexes=len(attachments_of(application)),
        unreadable=tuple(file.name for file in _files(application) if not _opens(file)),
        objection=_objection_to_owner(application),
        is_blind=is_hidden(application.contest),
        confirmation=note_for_check(application),
    )


def _findings(version: PassportVersion | None) -> tuple[Finding, ...]:
    if version is None:
        return ()
    form = form_by_code(version.form_code)
    values = {field.key: "" for field in fields_of(form, stages=version.stages)} | version.values
    return check(form, values)


def _named(version: PassportVersion | None, findings: Iterable[Finding], codes: set[str]) -> tuple[str, ...]:
    """Name the fields of such findings as people know them, each once."""
    if version is None:
        return ()
    form = form_by_code(version.form_code)
    keys = dict.fromkeys(one.key for one in findings if one.code in codes)
    return tuple(_title(field_by_key(form, key)) for key in keys)


def _title(field: Field) -> str:
    return f"{field.printed_number} «{field.name}»"


def _consents_given(application: Application) -> int:
    """Count the necessary consents that somebody of the organisation gave for this application."""
    given = Consent.objects.filter(
        text__contests=application.contest_id,
        text__is_optional=False,
        about=address_of(application),
        withdrawn_at=None,
    )
    return given.order_by().values("text").distinct().count()


def _is_head(last: Submission) -> bool:
    return Membership.objects.filter(
        person=last.sent_by_id, organisation=last.application.organisation_id, role=Role.HEAD, until=None
    ).exists()


def _files(application: Application) -> list[StoredFile]:
    return [attachment.file for attachment in attachments_of(application)]


def _opens(file: StoredFile) -> bool:
    """Tell whether the bytes are there and are still of the kind they were taken for."""
    try:
        return kind_of(read(file)) == file.media_type
    except OSError:
        return False


def _objection_to_owner(application: Application) -> str:
    contest, owner = application.contest, application.organisation
    kinds = contest.organisation_kinds
    if kinds and owner.kind not in kinds:
        allowed = joined(f"«{label}»" for kind, label in KIND_LABELS.items() if kind in kinds)
        return f"В конкурсе участвуют только: {allowed}."
    if contest.municipality_id and contest.municipality_id != owner.municipality_id:
        return f"Конкурс проводят для организаций муниципалитета {contest.municipality}."
    return "" if owner.is_active else "Организация закрыта в реестре."


def marks_of(check: FormalCheck) -> tuple[Mark, ...]:
    """Return the filled checklist of a check."""
    return tuple(
        Mark(str(row["code"]), str(row["title"]), bool(row["is_met"]), str(row["note"]))
        for row in check.checklist
    )


def waiting_for_check(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Narrow to the applications that were sent and not looked at yet."""
    return applications.filter(state=ApplicationState.SUBMITTED, contest__state=ContestState.OPEN)


def overdue_for_check(applications: QuerySet[Application], at: datetime) -> QuerySet[Application]:
    """Narrow to those whose contest should have ended its technical check by now."""
    return waiting_for_check(applications).filter(
        contest__stages__kind=StageKind.CHECK, contest__stages__ends_at__lte=at
    )


def not_mended(applications: QuerySet[Application], at: datetime) -> QuerySet[Application]:
    """Narrow to those that were sent back and did not come again in their term."""
    return applications.filter(state=ApplicationState.RETURNED, mend_by__lte=at).order_by(F("mend_by"), "id")

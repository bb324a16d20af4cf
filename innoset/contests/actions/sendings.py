"""Sending an application: one idempotent deed with a receipt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse

from innoset.accounts import actions as accounts
from innoset.contests.models import Application, Submission
from innoset.contests.notices import applications as notices
from innoset.contests.papers import receipts
from innoset.contests.queries import applications as queries
from innoset.contests.queries import confirmations, deadlines
from innoset.contests.queries.attachments import objection_to_files
from innoset.contests.states import APPLICATION
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files.models import StoredFile
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words
from innoset.projects.actions import passports
from innoset.projects.models import PassportVersion

LONGEST_KEY = 64


def new_key() -> str:
    """Mint a key for one sending; the page that asks to send carries it."""
    return uuid4().hex


@action("contests.submit_application")
def submit(
    application: Application,
    *,
    key: str,
    consents: Collection[str],
    address: str | None,
    by: Any,
    at: datetime,
    processed_at: datetime | None = None,
) -> Submission:
    """Send what is written now and return the sending with its receipt.

    The same key always gives the same sending, however often and from wherever it comes; `consents`
    are the codes of the statements that were ticked. `at` is when the first byte came and is held
    against the deadline, however late it is `processed_at`.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Refusal("Откройте страницу «Проверить и отправить» заново и отправьте заявку с неё.")
    if earlier := queries.sending_with_key(application, key):
        ledger.note(repeated=True, sending=earlier.number)
        return earlier
    queries.refuse_closed(application, at)
    refuse_unready(application, consents)
    confirmations.require_confirmed(application, at)
    waybill = Waybill(key, consents, address, arrived_at=at)
    return record(application, parcel_of(application, by=by, at=at), waybill, by=by, at=processed_at or at)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent: the frozen texts, the files, and one checksum over both."""

    version: PassportVersion
    files: Sequence[StoredFile]
    sha256: str


@dataclass(frozen=True, slots=True)
class Waybill:
    """How it came: the key of the sending, what was ticked, from where, when its first byte arrived."""

    key: str
    consents: Collection[str]
    address: str | None
    arrived_at: datetime
    is_automatic: bool = False


def parcel_of(application: Application, *, by: Any, at: datetime) -> Parcel:
    """Freeze what is written and attached now."""
    version = passports.freeze(application.project.passport, by=by, at=at)
    application.project.refresh_from_db(fields=["title"])
    return Parcel(version, queries.files_of(application), queries.seal_of(application))


def refuse_unready(application: Application, consents: Collection[str]) -> None:
    """Refuse what could not be sent at any time: something is missing, not ticked or already sent."""
    if application.nomination is None and application.contest.nominations.exists():
        raise Refusal("Выберите номинацию.", field="nomination")
    if found := queries.errors_of(application):
        raise Refusal(f"Заявка ещё не готова. {found[0].message}")
    if objection := objection_to_files(application):
        raise Refusal(objection)
    for statement in queries.statements_of(application):
        if not statement.is_optional and statement.code not in consents:
            raise Refusal(f"Отметьте: «{statement.title}».", field=statement.code)
    last = queries.submissions_of(application).first()
    if last is not None and not queries.has_unsent_edits(application, last):
        raise Refusal(
            f"С прошлой отправки ничего не изменилось. Заявка уже принята {moment_in_words(last.came_at)}, "
            f"расписка № {last.receipt.number}."
        )


def record(
    application: Application, parcel: Parcel, waybill: Waybill, *, by: Any, at: datetime
) -> Submission:
    """Take a parcel in: the receipt, the sending, the consents, the letters. For deeds that have judged it."""
    number, team = application.submissions.count() + 1, queries.team_of(application)
    deadline = deadlines.deadline_of(application)
    fitting = confirmations.fitting(application, at)
    confirmation = fitting if fitting and fitting.sha256 == parcel.sha256 else None
    receipt = receipts.issue_receipt(
        application,
        version=parcel.version,
        sending=number,
        sha256=parcel.sha256,
        files=parcel.files,
        mailed_to=[person.email for person in team],
        confirmed=confirmations.in_words(confirmation) if confirmation else "",
        by=by,
        at=waybill.arrived_at,
    )
    submission = Submission.objects.create(
        application=application,
        version=parcel.version,
        number=number,
        key=waybill.key,
        sent_at=at,
        arrived_at=waybill.arrived_at,
        deadline_at=deadline.ends_at if deadline else None,
        is_automatic=waybill.is_automatic,
        sent_by=by,
        address=waybill.address,
        sha256=parcel.sha256,
        receipt=receipt,
        confirmation=confirmation,
    )
    submission.files.set(parcel.files)
    _mark_sent(application, submission)
    _record_consents(application, waybill.consents, address=waybill.address, by=by, at=waybill.arrived_at)
    _tell_of_sending(submission, team)
    return submission


def _mark_sent(application: Application, submission: Submission) -> None:
    application.state = APPLICATION.move("submit", application.state).target
    application.submitted_at, application.version = submission.sent_at, submission.version
    application.mend_by = None
    application.save(update_fields=["state", "submitted_at", "version", "mend_by"])
    ledger.note(sending=submission.number, version=submission.version.number, sha256=submission.sha256)


def _record_consents(
    application: Application, consents: Collection[str], *, address: str | None, by: Any, at: datetime
) -> None:
    """Keep who agreed to which version of which text, when and from where."""
    about = ledger.address_of(application)
    for text in queries.consents_of(application.contest):
        if text.code in consents:
            accounts.give_consent(by, text=text, about=about, address=address, by=by, at=at)
    form = application.project.passport
    ledger.note(
        guarantees={one.code: one.title for one in queries.statements_of(application) if one.is_guarantee},
        form=f"{form.form_code}:{form.form_version}",
    )


def _tell_of_sending(submission: Submission, team: Collection[Any]) -> None:
    application, pdf = submission.application, submission.receipt.pdf
    about = f"{ledger.address_of(application)}:sent:{submission.number}"
    facts = queries.facts_of(application) | {
        "moment": moment_in_words(submission.came_at, seconds=True),
        "sending": submission.number,
        "sender": f"{submission.sent_by.short_name}{', автоматически в срок' * submission.is_automatic}",
        "until": _until(application),
    }
    mine = reverse("cabinet:receipt", args=[application.number, submission.number])
    announce(
        notices.SENT,
        to=team,
        at=submission.sent_at,
        about=about,
        url=mine,
        facts=facts,
        files=[pdf] if pdf else [],
    )
    organisers = queries.organisers_of(application.contest)
    announce(notices.ARRIVED, to=organisers, at=submission.sent_at, about=about, facts=facts)


def _until(application: Application) -> str:
    deadline = queries.deadline_of(application)
    if deadline is None:
        return ""
    return f"Заявку можно менять и отправлять снова до {moment_in_words(deadline)}."

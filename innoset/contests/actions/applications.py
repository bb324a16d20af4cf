"""What an organisation does with its application: begins, fills, attaches, sends, takes back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from innoset.accounts import actions as accounts
from innoset.contests.models import Application, Attachment, Contest, Counter, Nomination, Submission
from innoset.contests.notices import applications as notices
from innoset.contests.papers import receipts
from innoset.contests.queries import applications as queries
from innoset.contests.states import APPLICATION, SENT
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import require_attachment
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import MOSCOW, moment_in_words
from innoset.network.models import Organisation
from innoset.network.queries import holds
from innoset.projects import actions as projects
from innoset.projects.models import Answer, WordImport
from innoset.projects.queries import values_of

MOST_FILES = 10
LONGEST_KEY = 64


def new_key() -> str:
    """Mint a key for one sending; the page that asks to send carries it."""
    return uuid4().hex


@action("contests.start_application")
def start_application(
    contest: Contest, *, organisation: Organisation, nomination: Nomination | None, by: Any, at: datetime
) -> Application:
    """Begin an application of an organisation while the contest takes them."""
    if not holds(by, *queries.WRITERS, organisation=organisation.pk):
        raise Refusal("Заявку от этой организации заполняют её сотрудники.", field="organisation")
    if objection := queries.objection_to_start(contest, organisation, at):
        raise Refusal(objection)
    _require_own(contest, nomination)
    project = projects.start_project(organisation, title="", form_code=contest.form_code, by=by, at=at)
    application = Application.objects.create(
        number=_next_number(at),
        contest=contest,
        nomination=nomination or _only_nomination(contest),
        organisation=organisation,
        project=project,
        created_at=at,
        created_by=by,
    )
    ledger.note(application=application.number)
    return application


def _next_number(at: datetime) -> str:
    year = at.astimezone(MOSCOW).year
    Counter.objects.get_or_create(year=year)
    counter = Counter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{year}-{counter.last:04d}"


def _require_own(contest: Contest, nomination: Nomination | None) -> None:
    if nomination is not None and nomination.contest_id != contest.pk:
        raise Refusal("Такой номинации в этом конкурсе нет. Выберите из списка.", field="nomination")


def _only_nomination(contest: Contest) -> Nomination | None:
    found = list(contest.nominations.order_by("position", "id")[:2])
    return found[0] if len(found) == 1 else None


@action("contests.choose_nomination")
def choose_nomination(application: Application, *, nomination: Nomination, by: Any, at: datetime) -> None:
    """Put the application into a nomination of its contest."""
    _refuse_closed(application, at)
    _require_own(application.contest, nomination)
    application.nomination = nomination
    application.save(update_fields=["nomination"])
    ledger.note(nomination=nomination.title)


@action("contests.answer")
def answer(
    application: Application, *, key: str, text: str, by: Any, at: datetime, seen: int | None = None
) -> Answer:
    """Save one field of the application's passport while the application may be changed."""
    _refuse_closed(application, at)
    return projects.save_answer(application.project.passport, key=key, text=text, seen=seen, by=by, at=at)


@action("contests.answer_section")
def answer_section(
    application: Application, *, texts: Mapping[str, tuple[str, int]], by: Any, at: datetime
) -> list[Refusal]:
    """Save several fields, each with the version that was seen; return why some were not saved.

    A field that cannot be saved does not hold back the others.
    """
    _refuse_closed(application, at)
    refusals: list[Refusal] = []
    for key, (text, seen) in texts.items():
        try:
            projects.save_answer(application.project.passport, key=key, text=text, seen=seen, by=by, at=at)
        except Refusal as refusal:
            refusals.append(refusal)
    ledger.note(saved=len(texts) - len(refusals), refused=[one.field for one in refusals])
    return refusals


@action("contests.change_stages")
def change_stages(application: Application, *, count: int, by: Any, at: datetime) -> None:
    """Give the application's passport another number of stages."""
    _refuse_closed(application, at)
    projects.set_stage_count(application.project.passport, count, by=by, at=at)


@action("contests.read_word")
def read_word(application: Application, *, data: bytes, name: str, by: Any, at: datetime) -> WordImport:
    """Keep a Word file and what was read from it; nothing is carried over yet."""
    _refuse_closed(application, at)
    return projects.keep_word(application.project.passport, data=data, name=name, by=by, at=at)


@action("contests.carry_word")
def carry_word(
    application: Application,
    *,
    word_import: WordImport,
    keys: Collection[str],
    leftovers: Mapping[int, str],
    by: Any,
    at: datetime,
) -> int:
    """Carry the ticked fields of a Word file into the application; return how many changed."""
    _refuse_closed(application, at)
    if word_import.passport_id != application.project.passport.pk:
        raise Refusal("Этот файл загружен в другую заявку.")
    return projects.apply_word(word_import, keys=keys, leftovers=leftovers, by=by, at=at)


def _refuse_closed(application: Application, at: datetime) -> None:
    if objection := queries.objection_to_change(application, at):
        raise Refusal(objection)


@action("contests.attach_file")
def attach_file(
    application: Application, *, data: bytes, name: str, by: Any, at: datetime, title: str = ""
) -> Attachment:
    """Add a file to the application; its kind is found by content."""
    _refuse_closed(application, at)
    kind = require_attachment(name, data, limit=settings.FILES_MAX_BYTES)
    present = queries.files_of(application)
    if len(present) >= MOST_FILES:
        raise Refusal(
            f"К заявке можно приложить не больше {MOST_FILES} файлов. Уберите лишний.", field="file"
        )
    stored = files.keep(data, name=name, media_type=kind, at=at, by=by)
    if any(stored.sha256 == file.sha256 for file in present):
        raise Refusal(f"Файл «{name}» уже приложен.", field="file")
    ledger.note(name=stored.name, sha256=stored.sha256)
    return Attachment.objects.create(
        application=application, file=stored, title=title.strip()[:200], added_at=at, added_by=by
    )


@action("contests.remove_file")
def remove_file(attachment: Attachment, *, by: Any, at: datetime) -> None:
    """Take a file out of the application; it can be put back."""
    _refuse_closed(attachment.application, at)
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])


@action("contests.restore_file")
def restore_file(attachment: Attachment, *, by: Any, at: datetime) -> None:
    """Put back a file that was taken out."""
    _refuse_closed(attachment.application, at)
    attachment.removed_at = None
    attachment.save(update_fields=["removed_at"])


@action("contests.submit_application")
def submit(
    application: Application,
    *,
    key: str,
    consents: Collection[str],
    address: str | None,
    by: Any,
    at: datetime,
) -> Submission:
    """Send what is written now and return the sending with its receipt.

    The same key always gives the same sending, however often and from wherever it comes; `consents`
    are the codes of the statements that were ticked.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Refusal("Откройте страницу «Проверить и отправить» заново и отправьте заявку с неё.")
    if earlier := queries.sending_with_key(application, key):
        ledger.note(repeated=True, sending=earlier.number)
        return earlier
    _refuse_unready(application, consents, at)
    return _send(application, key=key, consents=consents, address=address, by=by, at=at)


def _refuse_unready(application: Application, consents: Collection[str], at: datetime) -> None:
    _refuse_closed(application, at)
    if application.nomination is None and application.contest.nominations.exists():
        raise Refusal("Выберите номинацию.", field="nomination")
    if found := queries.errors_of(application):
        raise Refusal(f"Заявка ещё не готова. {found[0].message}")
    for statement in queries.statements_of(application):
        if statement.code not in consents:
            raise Refusal(f"Отметьте: «{statement.title}».", field=statement.code)
    last = queries.submissions_of(application).first()
    if last is not None and not queries.has_unsent_edits(application, last):
        raise Refusal(
            f"С прошлой отправки ничего не изменилось. Заявка уже принята {moment_in_words(last.sent_at)}, "
            f"расписка № {last.receipt.number}."
        )


def _send(
    application: Application,
    *,
    key: str,
    consents: Collection[str],
    address: str | None,
    by: Any,
    at: datetime,
) -> Submission:
    version = projects.freeze(application.project.passport, by=by, at=at)
    sha256, attached = queries.seal_of(application), queries.files_of(application)
    number, team = application.submissions.count() + 1, queries.team_of(application)
    application.project.refresh_from_db(fields=["title"])
    receipt = receipts.issue_receipt(
        application,
        version=version,
        sending=number,
        sha256=sha256,
        files=attached,
        mailed_to=[person.email for person in team],
        by=by,
        at=at,
    )
    submission = Submission.objects.create(
        application=application,
        version=version,
        number=number,
        key=key,
        sent_at=at,
        sent_by=by,
        address=address,
        sha256=sha256,
        receipt=receipt,
    )
    submission.files.set(attached)
    _mark_sent(application, submission)
    _record_consents(application, consents, address=address, by=by, at=at)
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
        guarantees=sorted({one.code for one in queries.statements_of(application) if one.is_guarantee}),
        form=f"{form.form_code}:{form.form_version}",
    )


def _tell_of_sending(submission: Submission, team: Collection[Any]) -> None:
    application, pdf = submission.application, submission.receipt.pdf
    about = f"{ledger.address_of(application)}:sent:{submission.number}"
    facts = _facts(application) | {
        "moment": moment_in_words(submission.sent_at, seconds=True),
        "sending": submission.number,
        "sender": submission.sent_by.short_name,
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


def _facts(application: Application) -> dict[str, object]:
    return {
        "number": application.shown_number,
        "contest": application.contest.title,
        "project": application.project.title,
        "organisation": application.organisation.short_name,
    }


@action("contests.discard_edits")
def discard_edits(application: Application, *, by: Any, at: datetime) -> None:
    """Go back to what was sent last: texts and files."""
    _refuse_closed(application, at)
    last = queries.submissions_of(application).first()
    if last is None:
        raise Refusal("Заявка ещё не отправлена: возвращаться не к чему.")
    passport = application.project.passport
    if values_of(passport) != last.version.values:
        projects.return_to(passport, version=last.version, by=by, at=at)
    sent = set(last.files.values_list("sha256", flat=True))
    for attachment in application.attachments.select_related("file"):
        attachment.removed_at = None if attachment.file.sha256 in sent else (attachment.removed_at or at)
        attachment.save(update_fields=["removed_at"])
    ledger.note(sending=last.number)


@action("contests.withdraw_application")
def withdraw(application: Application, *, by: Any, at: datetime) -> None:
    """Take the application back; possible until experts have it."""
    was_sent = application.state in SENT
    application.state = APPLICATION.move("withdraw", application.state).target
    application.save(update_fields=["state"])
    if was_sent:
        organisers = queries.organisers_of(application.contest)
        about = f"{ledger.address_of(application)}:withdrawn"
        announce(notices.WITHDRAWN, to=organisers, at=at, about=about, facts=_facts(application))

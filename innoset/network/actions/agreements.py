"""The life of an agreement: drafted, sent to the partner, signed, gone on from, ended."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.jobs.actions import claim
from innoset.foundation.russian import MOSCOW
from innoset.network import notices
from innoset.network.models import Agreement
from innoset.network.queries.agreements import agreements_on, renewal_of, sides_of
from innoset.network.states import AGREEMENT, AgreementState

EDITABLE = (
    "kind",
    "number",
    "signed_on",
    "ends_on",
    "municipality",
    "organisation",
    "partner",
    "subject",
    "note",
)
_UNSIGNED = (AgreementState.DRAFT, AgreementState.SENT)
WARNINGS = (90, 30)
"""How many days before the end of an agreement its sides are told."""


@action("network.make_agreement")
def make_agreement(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Write an agreement down that was signed before the site knew of it."""
    _check(agreement, at=at)
    agreement.created_at, agreement.created_by = at, by
    agreement.save()
    ledger.note(agreement=str(agreement))
    return agreement


@action("network.draft_agreement")
def draft_agreement(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Begin an agreement: parties, subject and term, no number yet."""
    agreement.state, agreement.number, agreement.signed_on = AgreementState.DRAFT, "", None
    _check(agreement, at=at)
    agreement.created_at, agreement.created_by = at, by
    agreement.save()
    ledger.note(partner=agreement.partner.number, municipality=agreement.municipality.name)
    return agreement


@action("network.edit_agreement")
def edit_agreement(agreement: Agreement, *, values: Mapping[str, object], by: User, at: datetime) -> None:
    """Change what is given and differs; what was ended stays as it was."""
    del by
    if agreement.state == AgreementState.ENDED:
        raise Refusal("Соглашение расторгнуто, его уже не меняют. Подготовьте новое.")
    changed = [name for name in EDITABLE if name in values and getattr(agreement, name) != values[name]]
    ledger.note(changes={name: [str(getattr(agreement, name)), str(values[name])] for name in changed})
    for name in changed:
        setattr(agreement, name, values[name])
    _check(agreement, at=at)
    agreement.save()


@action("network.send_agreement")
def send_agreement(agreement: Agreement, *, by: User, at: datetime) -> None:
    """Send the text to the partner's side to be signed."""
    del by
    _move(agreement, "send")
    agreement.save(update_fields=["state"])
    notices.agreement_sent(agreement, to=sides_of(agreement, partner_only=True), at=at)


@action("network.take_back_agreement")
def take_back_agreement(agreement: Agreement, *, by: User, at: datetime) -> None:
    """Make a sent text a draft again: it will be changed; a copy signed meanwhile is put aside."""
    del by, at
    _move(agreement, "take_back")
    ledger.note(copy_put_aside=agreement.file_id)
    agreement.file = None
    agreement.save(update_fields=["state", "file"])


@action("network.drop_agreement")
def drop_agreement(agreement: Agreement, *, by: User, at: datetime) -> None:
    """Remove a draft that came to nothing; the log remembers it."""
    del by, at
    if agreement.state != AgreementState.DRAFT:
        raise Refusal("Удалить можно только проект. Сначала верните соглашение в проекты.")
    ledger.note(partner=agreement.partner.number, municipality=agreement.municipality.name)
    Agreement.objects.filter(pk=agreement.pk).delete()


@action("network.give_signed_copy")
def give_signed_copy(agreement: Agreement, *, given: files.Given, by: User, at: datetime) -> None:
    """Add the signed paper, from either side; the partner's copy calls those who enter the number."""
    if agreement.state == AgreementState.DRAFT:
        raise Refusal("Это ещё проект. Подписанный файл прикладывают, когда соглашение отправлено партнёру.")
    agreement.file = files.keep_given(given, at=at, by=by)
    agreement.save(update_fields=["file"])
    ledger.note(file=agreement.file.name, sha256=agreement.file.sha256)
    if agreement.state == AgreementState.SENT and agreement.created_by not in (None, by):
        notices.agreement_copy_given(agreement, to=[agreement.created_by], at=at)


@action("network.sign_agreement")
def sign_agreement(
    agreement: Agreement,
    *,
    number: str,
    signed_on: date,
    ends_on: date | None,
    given: files.Given | None = None,
    by: User,
    at: datetime,
) -> None:
    """Write down that both sides have signed: number, date, term, the paper."""
    _move(agreement, "sign")
    agreement.number, agreement.signed_on, agreement.ends_on = number.strip(), signed_on, ends_on
    _check(agreement, at=at)
    if given is not None:
        agreement.file = files.keep_given(given, at=at, by=by)
    if agreement.file is None:
        raise Refusal("Приложите файл подписанного соглашения: снимок или PDF.", field="file")
    agreement.save()
    ledger.note(agreement=str(agreement), file=agreement.file.name)
    notices.agreement_signed(agreement, to=sides_of(agreement), at=at)


@action("network.end_agreement")
def end_agreement(agreement: Agreement, *, ended_on: date, reason: str, by: User, at: datetime) -> None:
    """Write down that an agreement was ended before its term, and why; the day is the first without it."""
    del by
    _move(agreement, "end")
    if not reason.strip():
        raise Refusal("Напишите, почему соглашение расторгнуто: причину увидят обе стороны.", field="reason")
    if agreement.signed_on is not None and ended_on < agreement.signed_on:
        raise Refusal(
            f"Соглашение подписано {agreement.signed_on:%d.%m.%Y}, раньше его расторгнуть нельзя. Исправьте дату.",
            field="ended_on",
        )
    if agreement.ends_on is not None and ended_on > agreement.ends_on:
        raise Refusal(
            f"Срок соглашения вышел {agreement.ends_on:%d.%m.%Y}. Расторгают то, что ещё действует.",
            field="ended_on",
        )
    if ended_on > at.astimezone(MOSCOW).date():
        raise Refusal(
            "Этот день ещё не наступил. Внесите расторжение, когда оно состоится.", field="ended_on"
        )
    agreement.ended_on, agreement.ending_note = ended_on, reason.strip()
    agreement.save(update_fields=["state", "ended_on", "ending_note"])
    ledger.note(ended_on=str(ended_on), reason=agreement.ending_note)
    notices.agreement_ended(agreement, to=sides_of(agreement), at=at)


@action("network.renew_agreement")
def renew_agreement(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Begin the agreement that goes on from this one: the same sides and subject, a term of its own."""
    if agreement.state != AgreementState.SIGNED:
        raise Refusal("Продлевают только подписанное соглашение.")
    if renewal_of(agreement) is not None:
        raise Refusal("Продление этого соглашения уже готовится. Откройте его в списке.")
    renewal = Agreement(
        kind=agreement.kind,
        municipality=agreement.municipality,
        organisation=agreement.organisation,
        partner=agreement.partner,
        subject=agreement.subject,
        renews=agreement,
    )
    return draft_agreement(renewal, by=by, at=at)


def warn_of_ends(*, at: datetime) -> int:
    """Tell the sides of each agreement that its end is near, once for each of the two marks.

    No person does this, so it passes no policy and leaves no audit entry.
    """
    today = at.astimezone(MOSCOW).date()
    live = agreements_on(today).filter(ends_on__isnull=False).order_by("ends_on", "pk")
    return sum(_warn(agreement, today, at=at) for agreement in live if renewal_of(agreement) is None)


def _warn(agreement: Agreement, today: date, *, at: datetime) -> bool:
    assert agreement.ends_on is not None  # noqa: S101  # reason: the query asks for those with an end
    left = (agreement.ends_on - today).days
    mark = min((days for days in WARNINGS if left <= days), default=None)
    if mark is None:
        return False
    due_at = datetime.combine(agreement.ends_on, time.min, tzinfo=MOSCOW)
    with transaction.atomic():
        if not claim(f"agreement-{mark}:{agreement.pk}", due_at=due_at, at=at):
            return False
        notices.agreement_expires(agreement, to=sides_of(agreement), mark=mark, left=left, at=at)
    return True


def _move(agreement: Agreement, name: str) -> None:
    agreement.state = AGREEMENT.move(name, AgreementState(agreement.state)).target


def _check(agreement: Agreement, *, at: datetime) -> None:
    if agreement.organisation_id == agreement.partner_id:
        raise Refusal("Соглашение заключают две разные организации. Выберите другую.", field="partner")
    if agreement.state in _UNSIGNED:
        return
    _check_requisites(agreement, at.astimezone(MOSCOW).date())


def _check_requisites(agreement: Agreement, today: date) -> None:
    agreement.number = agreement.number.strip().removeprefix("№").strip()
    if not agreement.number:
        raise Refusal("Введите номер соглашения, как на подписанном листе.", field="number")
    if agreement.signed_on is None:
        raise Refusal("Введите дату подписания.", field="signed_on")
    if agreement.signed_on > today:
        raise Refusal("Соглашение не может быть подписано в будущем. Исправьте дату.", field="signed_on")
    if agreement.ends_on is not None and agreement.ends_on <= agreement.signed_on:
        raise Refusal("Соглашение заканчивается раньше, чем подписано. Исправьте даты.", field="ends_on")
    twins = Agreement.objects.filter(number=agreement.number, signed_on=agreement.signed_on)
    if twins.exclude(pk=agreement.pk).exists():
        raise Refusal(
            f"Соглашение № {agreement.number} от {agreement.signed_on:%d.%m.%Y} уже внесено. Проверьте номер и дату.",
            field="number",
        )

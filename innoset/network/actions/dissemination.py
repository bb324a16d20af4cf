"""Writing down what sites share. Whoever feeds a record from another part of the site changes it alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Dissemination, Municipality, Organisation
from innoset.network.queries.dissemination import twin_of

EDITABLE = (
    "status",
    "kind",
    "title",
    "on",
    "ends_on",
    "reach",
    "place",
    "people",
    "authors",
    "url",
    "is_published",
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What comes with a record: a prepared file of proof, whose people took part."""

    proof: files.Given | None = None
    municipalities: Collection[Municipality] | None = None
    partners: Collection[Organisation] | None = None


NOTHING = Beside()


@action("network.record_dissemination")
def record_dissemination(
    record: Dissemination, *, beside: Beside = NOTHING, by: User, at: datetime
) -> Dissemination:
    """Write down what an organisation has shared; the same act twice is refused."""
    record.origin = ""
    _check(record, at=at)
    record.recorded_at, record.recorded_by = at, by
    _put(record, beside, by=by, at=at)
    ledger.note(
        title=record.title, kind=record.kind, on=str(record.on), organisation=record.organisation.number
    )
    return record


@action("network.edit_dissemination")
def edit_dissemination(
    record: Dissemination,
    *,
    values: Mapping[str, object],
    beside: Beside = NOTHING,
    by: User,
    at: datetime,
) -> None:
    """Change what is given and differs, as long as nobody has confirmed it."""
    _refuse_closed(record)
    changed = [name for name in EDITABLE if name in values and getattr(record, name) != values[name]]
    ledger.note(changes={name: [str(getattr(record, name)), str(values[name])] for name in changed})
    for name in changed:
        setattr(record, name, values[name])
    _check(record, at=at)
    _put(record, beside, by=by, at=at)


@action("network.remove_dissemination")
def remove_dissemination(record: Dissemination, *, by: User, at: datetime) -> None:
    """Take an unconfirmed record away; the log remembers it."""
    del by, at
    _refuse_closed(record)
    ledger.note(title=record.title, on=str(record.on), organisation=record.organisation.number)
    Dissemination.objects.filter(pk=record.pk).delete()


@action("network.confirm_dissemination")
def confirm_dissemination(record: Dissemination, *, by: User, at: datetime) -> None:
    """Say that the proof has been seen; from now on the record does not change."""
    if record.confirmed_at is not None:
        raise Refusal("Эта запись уже подтверждена.")
    if not record.url and record.file is None and not record.origin:
        raise Refusal(
            "Подтверждать нечем: у записи нет ни ссылки, ни файла. Попросите организацию добавить их."
        )
    record.confirmed_at, record.confirmed_by = at, by
    record.save(update_fields=["confirmed_at", "confirmed_by"])


@action("network.reopen_dissemination")
def reopen_dissemination(record: Dissemination, *, by: User, at: datetime) -> None:
    """Take a confirmation back, so that the organisation can mend the record."""
    del by, at
    if record.confirmed_at is None:
        raise Refusal("Эта запись ещё не подтверждена.")
    ledger.note(was_confirmed_at=record.confirmed_at.isoformat())
    record.confirmed_at, record.confirmed_by = None, None
    record.save(update_fields=["confirmed_at", "confirmed_by"])


@transaction.atomic
def feed_dissemination(
    record: Dissemination, *, origin: str, beside: Beside = NOTHING, by: User | None, at: datetime
) -> Dissemination:
    """Write a record from another part of the site, or bring the one it fed before up to date.

    A part of the feeder's own deed, which asks the policy and writes the log.
    """
    if not origin:
        raise ValueError("A fed record carries the key of its feeder.")
    known = Dissemination.objects.select_for_update(of=("self",)).filter(origin=origin).first()
    target = known or record
    for name in ("organisation", *EDITABLE):
        setattr(target, name, getattr(record, name))
    target.origin = origin
    _check(target, at=at)
    if known is None:
        target.recorded_at, target.recorded_by = at, by
    _put(target, beside, by=by, at=at)
    return target


def withdraw_dissemination(*, origin: str) -> bool:
    """Take a fed record away inside the feeder's deed; tell whether there was one."""
    return bool(origin) and bool(Dissemination.objects.filter(origin=origin).delete()[0])


def _put(record: Dissemination, beside: Beside, *, by: User | None, at: datetime) -> None:
    """Save the record and what comes with it; a new file takes the place of the old one."""
    if beside.proof is not None:
        record.file = files.keep_given(beside.proof, at=at, by=by)
    record.save()
    if beside.municipalities is not None:
        record.municipalities.set(beside.municipalities)
    if beside.partners is not None:
        record.partners.set(one for one in beside.partners if one.pk != record.organisation_id)


def _refuse_closed(record: Dissemination) -> None:
    if record.origin:
        raise Refusal("Эту запись ведёт другой раздел сайта. Исправьте её там, где она появилась.")
    if record.confirmed_at is not None:
        raise Refusal("Запись уже подтверждена. Попросите координатора снять подтверждение.")


def _check(record: Dissemination, *, at: datetime) -> None:
    record.title = record.title.strip()
    if not record.title:
        raise Refusal("Введите название.", field="title")
    if record.on > at.astimezone(MOSCOW).date():
        raise Refusal("Этот день ещё не наступил. Внесите запись, когда всё состоится.", field="on")
    if record.ends_on is not None and record.ends_on < record.on:
        raise Refusal("Последний день раньше первого. Исправьте даты.", field="ends_on")
    if record.status is not None and record.status.organisation_id != record.organisation_id:
        raise Refusal("Этот статус у другой организации. Выберите свой или оставьте пустым.", field="status")
    twin = twin_of(record)
    if twin is not None and not record.origin:
        raise Refusal(f"Такая запись за {twin.on:%d.%m.%Y} уже есть. Откройте её и дополните.", field="title")

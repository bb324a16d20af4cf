"""Agreements of the network."""

from collections.abc import Mapping
from datetime import datetime

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Agreement

EDITABLE = ("kind", "number", "signed_on", "ends_on", "municipality", "organisation", "partner", "note")


@action("network.make_agreement")
def make_agreement(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Write an agreement down."""
    del by
    _check(agreement, at=at)
    agreement.save()
    ledger.note(agreement=str(agreement))
    return agreement


@action("network.edit_agreement")
def edit_agreement(agreement: Agreement, *, values: Mapping[str, object], by: User, at: datetime) -> None:
    """Change what is given and differs."""
    del by
    changed = [name for name in EDITABLE if name in values and getattr(agreement, name) != values[name]]
    ledger.note(changes={name: [str(getattr(agreement, name)), str(values[name])] for name in changed})
    for name in changed:
        setattr(agreement, name, values[name])
    _check(agreement, at=at)
    agreement.save()


def _check(agreement: Agreement, *, at: datetime) -> None:
    if agreement.signed_on is None:
        raise Refusal("Введите дату подписания.", field="signed_on")
    if agreement.signed_on > at.astimezone(MOSCOW).date():
        raise Refusal("Соглашение не может быть подписано в будущем. Исправьте дату.", field="signed_on")
    if agreement.ends_on is not None and agreement.ends_on <= agreement.signed_on:
        raise Refusal("Соглашение заканчивается раньше, чем подписано. Исправьте даты.", field="ends_on")
    if agreement.organisation_id == agreement.partner_id:
        raise Refusal("Соглашение заключают две разные организации. Выберите другую.", field="partner")
    twins = Agreement.objects.filter(number=agreement.number, signed_on=agreement.signed_on)
    if twins.exclude(pk=agreement.pk).exists():
        raise Refusal(
            f"Соглашение № {agreement.number} от {agreement.signed_on:%d.%m.%Y} уже внесено. Проверьте номер и дату.",
            field="number",
        )

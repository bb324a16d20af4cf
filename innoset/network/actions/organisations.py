"""Keeping the registry of organisations."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.foundation import identifiers
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.network.models import Organisation
from innoset.network.queries import columns_editable_by, matching_organisation, next_number

_CHECKS = {
    "inn": identifiers.organisation_inn,
    "kpp": identifiers.kpp,
    "ogrn": identifiers.organisation_ogrn,
}


@action("network.add_organisation")
def add_organisation(organisation: Organisation, *, by: User, at: datetime) -> Organisation:
    """Add an organisation to the registry and give it the next number, unless it is there already."""
    del by
    verify_identifiers(organisation)
    _refuse_twin(organisation)
    organisation.number, organisation.created_at = organisation.number or next_number(), at
    organisation.save()
    ledger.note(number=organisation.number, name=organisation.short_name)
    return organisation


@action("network.edit_organisation")
def edit_organisation(
    organisation: Organisation, *, values: Mapping[str, object], by: User, at: datetime
) -> list[str]:
    """Change the columns that are given and differ; return their names.

    The staff may change how to reach them; who they are is the registry keeper's business.
    """
    del at
    changed = sorted(name for name in values if getattr(organisation, name) != values[name])
    if not columns_editable_by(by, organisation).issuperset(changed):
        raise PermissionDenied("network.edit_organisation")
    ledger.note(changes={name: [str(getattr(organisation, name)), str(values[name])] for name in changed})
    for name in changed:
        setattr(organisation, name, values[name])
    _refuse_founding_itself(organisation)
    verify_identifiers(organisation)
    _refuse_twin(organisation)
    organisation.save(update_fields=changed or None)
    return changed


@action("network.close_organisation")
def close_organisation(
    organisation: Organisation, *, is_active: bool, reason: str, by: User, at: datetime
) -> None:
    """Take an organisation out of the registry, or put it back; its history stays either way."""
    del by, at
    if not reason.strip():
        raise Refusal("Напишите причину: её увидят в журнале действий.", field="reason")
    ledger.note(is_active=is_active, reason=reason)
    organisation.is_active = is_active
    organisation.save(update_fields=["is_active"])


def _refuse_founding_itself(organisation: Organisation) -> None:
    if organisation.founder_id is not None and organisation.founder_id == organisation.pk:
        raise Refusal("Организация не может быть своим учредителем. Выберите другую.", field="founder")


def verify_identifiers(organisation: Organisation) -> None:
    """Leave bare, verified ИНН, КПП and ОГРН, or refuse with the field and the cure."""
    for field in _CHECKS:
        text = str(getattr(organisation, field))
        if text.strip():
            setattr(organisation, field, checked_identifier(field, text))


def checked_identifier(field: str, text: str) -> str:
    """Return the bare identifier; refuse a wrong one on its field."""
    try:
        return _CHECKS[field](text)
    except identifiers.IdentifierError as error:
        raise Refusal(str(error), field=field) from error


def _refuse_twin(organisation: Organisation) -> None:
    twin = matching_organisation(inn=organisation.inn, kpp=organisation.kpp, ogrn=organisation.ogrn)
    others = Organisation.objects.exclude(pk=organisation.pk)
    if twin is not None and twin.pk == organisation.pk and organisation.ogrn:
        twin = others.filter(ogrn=organisation.ogrn).first()
    if twin is not None and twin.pk != organisation.pk:
        field = "inn" if organisation.inn and twin.inn == organisation.inn else "ogrn"
        raise Refusal(
            f"Такая организация уже есть в реестре: {twin.number}, «{twin.short_name}». Откройте её карточку.",
            field=field,
        )

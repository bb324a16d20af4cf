"""Writing down what organisations have won: money and honours."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.money import MOST
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Achievement, Grant

FIRST_YEAR = 2006
"""When the national project began to give grants to schools; an earlier year is a slip of the hand."""
GRANT = ("programme", "source", "amount", "year", "url")
ACHIEVEMENT = ("contest", "nomination", "reach", "result", "team", "year", "url")


@action("network.record_grant")
def record_grant(grant: Grant, *, proof: files.Given | None = None, by: User, at: datetime) -> Grant:
    """Write a grant down; one programme gives an organisation one grant a year."""
    _check_grant(grant, at=at)
    _record(grant, proof, by=by, at=at)
    ledger.note(organisation=grant.organisation.number, grant=str(grant), kopecks=grant.amount)
    return grant


@action("network.edit_grant")
def edit_grant(
    grant: Grant,
    *,
    values: Mapping[str, object],
    proof: files.Given | None = None,
    by: User,
    at: datetime,
) -> None:
    """Change what is given and differs."""
    _change(grant, GRANT, values)
    _check_grant(grant, at=at)
    _prove(grant, proof, by=by, at=at)
    grant.save()


@action("network.remove_grant")
def remove_grant(grant: Grant, *, by: User, at: datetime) -> None:
    """Take a grant away that was written down by mistake; the log remembers it."""
    del by, at
    ledger.note(organisation=grant.organisation.number, grant=str(grant), kopecks=grant.amount)
    Grant.objects.filter(pk=grant.pk).delete()


@action("network.record_achievement")
def record_achievement(
    honour: Achievement, *, proof: files.Given | None = None, by: User, at: datetime
) -> Achievement:
    """Write down a place, a prize or a title; the same one twice is refused."""
    _check_achievement(honour, at=at)
    _record(honour, proof, by=by, at=at)
    ledger.note(organisation=honour.organisation.number, honour=str(honour))
    return honour


@action("network.edit_achievement")
def edit_achievement(
    honour: Achievement,
    *,
    values: Mapping[str, object],
    proof: files.Given | None = None,
    by: User,
    at: datetime,
) -> None:
    """Change what is given and differs."""
    _change(honour, ACHIEVEMENT, values)
    _check_achievement(honour, at=at)
    _prove(honour, proof, by=by, at=at)
    honour.save()


@action("network.remove_achievement")
def remove_achievement(honour: Achievement, *, by: User, at: datetime) -> None:
    """Take an honour away that was written down by mistake; the log remembers it."""
    del by, at
    ledger.note(organisation=honour.organisation.number, honour=str(honour))
    Achievement.objects.filter(pk=honour.pk).delete()


def _record(thing: Any, proof: files.Given | None, *, by: User, at: datetime) -> None:
    thing.recorded_at, thing.recorded_by = at, by
    _prove(thing, proof, by=by, at=at)
    thing.save()


def _prove(thing: Any, proof: files.Given | None, *, by: User, at: datetime) -> None:
    if proof is not None:
        thing.file = files.keep_given(proof, at=at, by=by)


def _change(thing: Any, editable: tuple[str, ...], values: Mapping[str, object]) -> None:
    changed = [name for name in editable if name in values and getattr(thing, name) != values[name]]
    ledger.note(changes={name: [str(getattr(thing, name)), str(values[name])] for name in changed})
    for name in changed:
        setattr(thing, name, values[name])


def _check_grant(grant: Grant, *, at: datetime) -> None:
    _check_year(grant.year, at=at)
    if grant.amount is not None and not 0 < grant.amount <= MOST:
        raise Refusal("Проверьте сумму: она должна быть больше нуля и без лишних цифр.", field="amount")
    same = Grant.objects.filter(organisation=grant.organisation, programme=grant.programme, year=grant.year)
    if same.exclude(pk=grant.pk).exists():
        raise Refusal(
            f"Грант «{grant.programme}» за {grant.year} год у этой организации уже внесён. Откройте и исправьте его.",
            field="programme",
        )


def _check_achievement(honour: Achievement, *, at: datetime) -> None:
    _check_year(honour.year, at=at)
    same = Achievement.objects.filter(
        organisation=honour.organisation,
        contest=honour.contest,
        nomination=honour.nomination,
        team=honour.team,
        year=honour.year,
    )
    if same.exclude(pk=honour.pk).exists():
        raise Refusal("Эта награда уже внесена. Откройте и исправьте её.", field="contest")


def _check_year(year: int, *, at: datetime) -> None:
    this = at.astimezone(MOSCOW).year
    if not FIRST_YEAR <= year <= this:
        raise Refusal(f"Введите год от {FIRST_YEAR} до {this}.", field="year")

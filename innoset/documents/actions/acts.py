"""Keeping the normative base: acts are added, mended, ended and related, never merged by the machine."""

from collections.abc import Mapping
from datetime import date, datetime

from innoset.accounts.models import User
from innoset.documents.models import ActDistinction, ActRelation, NormativeAct
from innoset.documents.pure.requisites import citation, number_key
from innoset.documents.queries.acts import requisites_of, seen_of
from innoset.documents.states import RELATION_LABELS, RelationKind
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW

EDITABLE = ("level", "kind", "issuer", "signed_on", "number", "title", "in_force", "ended_on", "note")


@action("documents.add_act")
def add_act(act: NormativeAct, *, by: User, at: datetime) -> NormativeAct:
    """Add an act to the base; one with the same requisites is refused."""
    _check(act, at=at)
    act.created_at = at
    act.save()
    ledger.note(act=citation(requisites_of(act)))
    return act


@action("documents.edit_act")
def edit_act(act: NormativeAct, *, values: Mapping[str, object], by: User, at: datetime) -> None:
    """Mend the requisites of an act: what is given and differs."""
    changed = [name for name in EDITABLE if name in values and getattr(act, name) != values[name]]
    ledger.note(changes={name: [str(getattr(act, name)), str(values[name])] for name in changed})
    for name in changed:
        setattr(act, name, values[name])
    _check(act, at=at)
    act.save(update_fields=changed)


@action("documents.end_act")
def end_act(
    act: NormativeAct, *, ended_on: date | None, successor: NormativeAct | None = None, by: User, at: datetime
) -> None:
    """Write down that an act has lost its force, and what came instead of it."""
    if act.in_force is False:
        raise Refusal("Уже отмечено, что документ утратил силу.")
    act.in_force, act.ended_on = False, ended_on
    _check(act, at=at)
    act.save(update_fields=["in_force", "ended_on"])
    if successor is not None:
        _relate(successor, RelationKind.REPLACES, act)
    ledger.note(ended_on=str(ended_on or ""), successor=str(successor or ""))


@action("documents.relate_acts")
def relate_acts(
    act: NormativeAct, *, kind: RelationKind, target: NormativeAct, by: User, at: datetime
) -> ActRelation:
    """Write down that the act changes or replaces another."""
    made = _relate(act, kind, target)
    ledger.note(relation=f"{RELATION_LABELS[kind]}: {target}")
    return made


@action("documents.unrelate_acts")
def unrelate_acts(relation: ActRelation, *, by: User, at: datetime) -> None:
    """Take back what was said of two acts."""
    ledger.note(relation=str(relation))
    ActRelation.objects.filter(pk=relation.pk).delete()


@action("documents.keep_both_acts")
def keep_both_acts(
    act: NormativeAct, *, other: NormativeAct, note: str, by: User, at: datetime
) -> ActDistinction:
    """Decide that two look-alikes are two acts; asked about anew when the requisites of either change."""
    if act.pk == other.pk:
        raise Refusal("Это один и тот же документ базы. Выберите другой.", field="other")
    if not note.strip():
        raise Refusal("Напишите, чем документы различаются: это увидят те, кто ведёт базу.", field="note")
    first, second = sorted((act, other), key=lambda one: one.pk)
    ledger.note(seen=seen_of(first, second), note=note.strip())
    made, _ = ActDistinction.objects.update_or_create(
        first=first,
        second=second,
        defaults={
            "seen": seen_of(first, second),
            "note": note.strip(),
            "decided_at": at,
            "decided_by": by,
        },
    )
    return made


@action("documents.forget_distinction")
def forget_distinction(distinction: ActDistinction, *, by: User, at: datetime) -> None:
    """Take the decision back: the pair is shown among the conflicts again."""
    ledger.note(seen=distinction.seen, note=distinction.note)
    ActDistinction.objects.filter(pk=distinction.pk).delete()


def _relate(act: NormativeAct, kind: RelationKind, target: NormativeAct) -> ActRelation:
    if act.pk == target.pk:
        raise Refusal("Документ не может изменять или заменять сам себя. Выберите другой.", field="target")
    if ActRelation.objects.filter(act=act, kind=kind, target=target).exists():
        raise Refusal("Эта связь уже внесена.", field="target")
    if ActRelation.objects.filter(act=target, kind=kind, target=act).exists():
        raise Refusal("Внесена обратная связь этих документов. Сначала уберите её.", field="target")
    return ActRelation.objects.create(act=act, kind=kind, target=target)


def _check(act: NormativeAct, *, at: datetime) -> None:
    today = at.astimezone(MOSCOW).date()
    act.number = act.number.strip().removeprefix("№").strip()
    if act.signed_on and act.signed_on > today:
        raise Refusal("Дата документа ещё не наступила. Проверьте год и месяц.", field="signed_on")
    if act.ended_on and act.in_force is not False:
        raise Refusal("Дата утраты силы указана, а документ не отмечен утратившим силу.", field="ended_on")
    if act.ended_on and act.signed_on and act.ended_on < act.signed_on:
        raise Refusal("Документ не может утратить силу раньше, чем принят. Исправьте даты.", field="ended_on")
    near = NormativeAct.objects.filter(kind=act.kind, signed_on=act.signed_on).exclude(pk=act.pk)
    twins = [one for one in near if number_key(one.number) == number_key(act.number)]
    if any(one.title == act.title or (one.number and one.issuer == act.issuer) for one in twins):
        raise Refusal(
            "Документ с такими реквизитами уже есть в базе. Проверьте номер и дату.", field="number"
        )

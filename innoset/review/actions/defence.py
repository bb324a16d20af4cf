"""Deeds of the open defence: who speaks when and where."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import moment_in_words
from innoset.review.models import DefenceSlot, Dossier, Round
from innoset.review.states import SLOT, RoundKind, RoundState, SlotState

LONGEST = 240


@action("review.schedule")
def schedule(
    review_round: Round,
    *,
    dossier: Dossier,
    starts_at: datetime,
    minutes: int,
    room: str = "",
    link: str = "",
    not_before: time | None = None,
    not_after: time | None = None,
    by: Any,
    at: datetime,
) -> DefenceSlot:
    """Set or change when and where a dossier is defended; two in one room at once are refused."""
    _require_defence(review_round)
    _require_minutes(minutes)
    if not review_round.dossiers.filter(pk=dossier.pk).exists():
        raise Refusal("Этого дела в туре нет. Обновите страницу.", field="dossier")
    if not_before and not_after and not_before > not_after:
        raise Refusal("«Не раньше» должно быть не позже, чем «не позже».", field="not_after")
    _require_free(review_round, dossier, starts_at, minutes, room.strip())
    fields = {
        "starts_at": starts_at,
        "minutes": minutes,
        "room": room.strip(),
        "link": link.strip(),
        "not_before": not_before,
        "not_after": not_after,
    }
    slot, _ = DefenceSlot.objects.update_or_create(
        round=review_round,
        dossier=dossier,
        defaults=fields,
        create_defaults={"position": review_round.slots.count() + 1, **fields},
    )
    _renumber(review_round)
    slot.refresh_from_db()
    ledger.note(dossier=dossier.code, starts_at=starts_at.isoformat(), minutes=minutes)
    return slot


@action("review.schedule_all")
def schedule_all(
    review_round: Round,
    *,
    order: Sequence[Dossier],
    starts_at: datetime,
    minutes: int,
    pause: int = 0,
    room: str = "",
    link: str = "",
    by: Any,
    at: datetime,
) -> list[DefenceSlot]:
    """Put the dossiers one after another in this order; what was scheduled before gives way."""
    _require_defence(review_round)
    _require_minutes(minutes)
    if not 0 <= pause <= LONGEST:
        raise Refusal(f"Перерыв — от 0 до {LONGEST} минут.", field="pause")
    known = set(review_round.dossiers.values_list("pk", flat=True))
    if not order or any(dossier.pk not in known for dossier in order):
        raise Refusal("Составить расписание не из чего: в туре нет таких дел.", field="order")
    _require_not_begun(review_round)
    step = timedelta(minutes=minutes + pause)
    hours = {slot.dossier_id: slot for slot in review_round.slots.all()}
    review_round.slots.all().delete()
    made = DefenceSlot.objects.bulk_create(
        DefenceSlot(
            round=review_round,
            dossier=dossier,
            position=number + 1,
            starts_at=starts_at + number * step,
            minutes=minutes,
            room=room.strip(),
            link=link.strip(),
            not_before=hours[dossier.pk].not_before if dossier.pk in hours else None,
            not_after=hours[dossier.pk].not_after if dossier.pk in hours else None,
        )
        for number, dossier in enumerate(order)
    )
    ledger.note(slots=len(made), starts_at=starts_at.isoformat(), minutes=minutes, pause=pause)
    return made


@action("review.mark_slot")
def mark_slot(slot: DefenceSlot, *, held: bool, by: Any, at: datetime) -> None:
    """Write down whether the defence took place."""
    slot.state = SlotState(SLOT.move("hold" if held else "miss", slot.state).target)
    slot.save(update_fields=["state"])
    ledger.note(held=held)


def _require_defence(review_round: Round) -> None:
    if review_round.kind != RoundKind.DEFENCE:
        raise Refusal("Расписание составляют только для открытой защиты.")
    if review_round.state == RoundState.CLOSED:
        raise Refusal("Защита завершена, расписание менять поздно.")


def _require_not_begun(review_round: Round) -> None:
    if review_round.slots.filter(began_at__isnull=False).exists():
        raise Refusal(
            "Защита уже идёт: составить расписание заново нельзя. Время остальных меняйте на пульте."
        )


def _require_minutes(minutes: int) -> None:
    if not 1 <= minutes <= LONGEST:
        raise Refusal(f"Одно выступление длится от 1 до {LONGEST} минут.", field="minutes")


def _require_free(
    review_round: Round, dossier: Dossier, starts_at: datetime, minutes: int, room: str
) -> None:
    ends_at = starts_at + timedelta(minutes=minutes)
    for slot in review_round.slots.exclude(dossier=dossier).filter(room=room).select_related("dossier"):
        if slot.starts_at < ends_at and starts_at < slot.starts_at + timedelta(minutes=slot.minutes):
            raise Refusal(
                f"В это время там выступает {slot.dossier.code}: {moment_in_words(slot.starts_at)}, "
                f"{slot.minutes} мин. Выберите другое время или другое место.",
                field="starts_at",
            )


def _renumber(review_round: Round) -> None:
    for number, slot in enumerate(review_round.slots.order_by("starts_at", "position", "pk"), 1):
        DefenceSlot.objects.filter(pk=slot.pk).update(position=number)

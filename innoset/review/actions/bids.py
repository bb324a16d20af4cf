"""Deeds before the assignment: what an expert wishes to judge, and conflicts told in good time."""

from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import moment_in_words
from innoset.review.models import Assignment, Bid, Dossier, EarlyConflict, PanelSeat
from innoset.review.queries.bids import is_bidding
from innoset.review.states import CONFLICT_GROUNDS, LIVE, Wish


@action("review.bid")
def bid(seat: PanelSeat, *, dossier: Dossier, wish: str, by: Any, at: datetime) -> None:
    """Say how gladly one would judge the dossier; an empty wish takes the word back."""
    _require_open(seat, dossier, at)
    if wish and wish not in set(Wish):
        raise Refusal("Выберите ответ: «Хочу», «Могу» или «Не хочу».", field="wish")
    own: dict[str, Any] = {"round": seat.round, "dossier": dossier, "person": seat.person}
    if wish:
        Bid.objects.update_or_create(**own, defaults={"wish": wish, "made_at": at})
    else:
        Bid.objects.filter(**own).delete()
    ledger.note(dossier=dossier.pk, wish=wish)


@action("review.declare_early")
def declare_early(
    seat: PanelSeat, *, dossier: Dossier, ground: str, note: str = "", by: Any, at: datetime
) -> None:
    """Tell a conflict before the assignment, so that nobody gives the dossier; no ground takes it back."""
    _require_open(seat, dossier, at)
    if ground and ground not in CONFLICT_GROUNDS:
        raise Refusal("Выберите, в чём состоит конфликт интересов.", field="ground")
    if ground == "other" and not note.strip():
        raise Refusal("Напишите в поле «Пояснение», в чём конфликт интересов.", field="note")
    own: dict[str, Any] = {"dossier": dossier, "person": seat.person}
    if ground:
        given = {"ground": ground, "note": note.strip()[:500], "declared_at": at}
        EarlyConflict.objects.update_or_create(**own, defaults=given)
        Bid.objects.filter(round=seat.round, **own).delete()
    else:
        EarlyConflict.objects.filter(**own).delete()
    ledger.note(dossier=dossier.pk, ground=ground)


def _require_open(seat: PanelSeat, dossier: Dossier, at: datetime) -> None:
    until = seat.round.bids_until
    if until is not None and at >= until:
        raise Refusal(f"Отмечать дела можно было до {moment_in_words(until)}.")
    if not is_bidding(seat, at):
        raise Refusal("В этом туре дела сейчас не отмечают.")
    if not seat.round.dossiers.filter(pk=dossier.pk).exists():
        raise Refusal("Этого дела в туре нет. Обновите страницу.")
    if Assignment.objects.filter(
        round=seat.round, dossier=dossier, expert=seat.person, state__in=LIVE
    ).exists():
        raise Refusal(f"Дело {dossier.code} уже назначено вам. О конфликте сообщите на его странице.")

"""Deeds of the panel: inviting, answering."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words
from innoset.network.queries import live_memberships
from innoset.network.states import Role
from innoset.review import notices
from innoset.review.models import Assignment, PanelSeat, Round
from innoset.review.queries.rounds import organisers_of, unfinished_of
from innoset.review.states import ASSIGNMENT, PANEL_SEAT, RoundState, SeatState

_POOL = {PanelSeat.Part.EXPERT: Role.EXPERT, PanelSeat.Part.OBSERVER: Role.OBSERVER}
_MOST = 500


@action("review.invite_expert")
def invite_expert(
    review_round: Round, *, person: User, part: str = PanelSeat.Part.EXPERT, by: Any, at: datetime
) -> PanelSeat:
    """Invite a person from the pool to score or to observe, with a letter."""
    _require_unfinished(review_round)
    role = PanelSeat.Part(part)
    _require_in_pool(person, role)
    if review_round.seats.filter(person=person).exists():
        raise Refusal(f"{person.full_name} уже в комиссии или получил приглашение.", field="person")
    seat = PanelSeat.objects.create(round=review_round, person=person, role=role, invited_at=at)
    announce(
        notices.INVITED,
        to=[person],
        at=at,
        about=f"seat:{seat.pk}",
        url=reverse("desk:home"),
        facts={
            "part": role.label.lower(),
            "round": review_round.title,
            "closes": moment_in_words(review_round.closes_at),
            "dossiers": review_round.dossiers.count(),
        },
    )
    ledger.note(person=person.pk, part=str(role))
    return seat


@action("review.invite_experts")
def invite_experts(
    review_round: Round,
    *,
    people: Collection[User],
    part: str = PanelSeat.Part.EXPERT,
    by: Any,
    at: datetime,
) -> int:
    """Invite all of these people or none; return how many letters went out."""
    if not people:
        raise Refusal("Отметьте хотя бы одного человека.", field="people")
    for person in people:
        invite_expert(review_round, person=person, part=part, by=by, at=at)
    return len(people)


def _require_unfinished(review_round: Round) -> None:
    if review_round.state == RoundState.CLOSED:
        raise Refusal("Тур завершён. Чтобы менять комиссию, сначала откройте тур снова.")


def _require_in_pool(person: User, part: PanelSeat.Part) -> None:
    if not live_memberships().filter(person=person, role=_POOL[part], person__is_active=True).exists():
        label = "эксперта" if part == PanelSeat.Part.EXPERT else "наблюдателя"
        raise Refusal(
            f"У этого человека нет роли {label}. Сначала пригласите его в систему с этой ролью.",
            field="person",
        )


@action("review.withdraw_invitation")
def withdraw_invitation(seat: PanelSeat, *, by: Any, at: datetime) -> None:
    """Take back an invitation that has not been answered."""
    if seat.state != SeatState.INVITED:
        raise Refusal("На приглашение уже ответили, отозвать его нельзя.")
    announce(
        notices.INVITATION_WITHDRAWN,
        to=[seat.person],
        at=at,
        about=f"seat:{seat.pk}",
        facts={"round": seat.round.title},
    )
    ledger.note(person=seat.person_id)
    PanelSeat.objects.filter(pk=seat.pk).delete()


@action("review.answer_invitation")
def answer_invitation(
    seat: PanelSeat, *, accept: bool, reason: str = "", most: int | None = None, by: Any, at: datetime
) -> PanelSeat:
    """Agree (taking `most` dossiers at most) or decline; whoever declines frees the places not finished."""
    _require_unfinished(seat.round)
    if accept and most is not None and not 1 <= most <= _MOST:
        raise Refusal(f"Укажите, сколько дел вы возьмёте: число от 1 до {_MOST}.", field="most")
    seat.state = SeatState(PANEL_SEAT.move("accept" if accept else "decline", seat.state).target)
    seat.most, seat.reason, seat.answered_at = most, reason.strip()[:300], at
    seat.save(update_fields=["state", "most", "reason", "answered_at"])
    ledger.note(accept=accept, most=most)
    if not accept:
        _free_places(seat, at=at)
    return seat


def _free_places(seat: PanelSeat, *, at: datetime) -> None:
    freed: list[Assignment] = list(unfinished_of(seat.round).filter(expert=seat.person))
    for assignment in freed:
        assignment.state = ASSIGNMENT.move("remove", assignment.state).target
        assignment.reason = "Эксперт отказался от участия"
        assignment.save(update_fields=["state", "reason"])
    announce(
        notices.DECLINED,
        to=organisers_of(seat.round),
        at=at,
        about=f"seat:{seat.pk}:{at:%Y%m%d%H%M%S}",
        facts={
            "person": seat.person.full_name,
            "round": seat.round.title,
            "reason": seat.reason.rstrip(".") or "не указана",
            "freed": len(freed),
        },
    )

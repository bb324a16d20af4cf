"""Deeds of the panel: inviting, reminding, answering."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from innoset.accounts import actions as accounts
from innoset.accounts.models import User
from innoset.accounts.queries import EXPERT_SECRECY, current_text
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.jobs.actions import claim
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words
from innoset.network.queries import live_memberships
from innoset.network.states import Role
from innoset.review import notices
from innoset.review.models import Assignment, PanelSeat, Round
from innoset.review.queries.invitations import answer_by, is_late, token_of, unanswered_in
from innoset.review.queries.rounds import organisers_of, unfinished_of
from innoset.review.states import ASSIGNMENT, PANEL_SEAT, RoundState, SeatState

_POOL = {PanelSeat.Part.EXPERT: Role.EXPERT, PanelSeat.Part.OBSERVER: Role.OBSERVER}
NAMED = "\nПосле итогов участники узнают, кто оценивал их работы."
_MOST = 500
_MINUTES = 60_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What an expert takes: dossiers at most, minutes at least and at most; None is no limit."""

    most: int | None = None
    least_minutes: int | None = None
    most_minutes: int | None = None


NO_LIMITS = Limits()


@action("review.invite_expert")
def invite_expert(
    review_round: Round, *, person: User, part: str = PanelSeat.Part.EXPERT, by: Any, at: datetime
) -> PanelSeat:
    """Invite a person from the pool to score or to observe, with a letter that can be answered at once."""
    _require_unfinished(review_round)
    role = PanelSeat.Part(part)
    _require_in_pool(person, role)
    if review_round.seats.filter(person=person).exists():
        raise Refusal(f"{person.full_name} уже в комиссии или получил приглашение.", field="person")
    seat = PanelSeat.objects.create(
        round=review_round, person=person, role=role, invited_at=at, answer_by=_term(review_round, at)
    )
    announce(
        notices.INVITED,
        to=[person],
        at=at,
        about=f"seat:{seat.pk}",
        url=reverse("desk:home"),
        only_in_letter=_links(seat),
        facts={
            "part": role.label.lower(),
            "round": review_round.title,
            "closes": moment_in_words(review_round.closes_at),
            "dossiers": review_round.dossiers.count(),
            "named": NAMED if review_round.experts_are_named else "",
            "answer_by": moment_in_words(answer_by(seat)),
        },
    )
    ledger.note(person=person.pk, part=str(role))
    return seat


def _term(review_round: Round, at: datetime) -> datetime | None:
    """Return the term of the round; one that has passed binds nobody who is invited later."""
    term = review_round.answer_by
    return term if term and term > at else None


def _links(seat: PanelSeat) -> str:
    """Return the links that open the page of the answer; the page has one button and needs no sign-in."""
    token = token_of(seat)
    can, cannot = (
        f"{settings.SITE_URL}{reverse('public:answer', args=[token, word])}" for word in ("yes", "no")
    )
    return (
        f"Можно ответить без входа на сайт: откройте ссылку и нажмите кнопку.\n\nМогу: {can}\n\n"
        f"Не могу: {cannot}\n\nСсылки годятся только для ответа."
    )


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


@action("review.set_panel_terms")
def set_panel_terms(
    review_round: Round,
    *,
    answer_by: datetime | None,
    bids_until: datetime | None,
    by: Any,
    at: datetime,
) -> None:
    """Say until when the invited answer and the agreed mark dossiers; the latter are told of a new term."""
    _require_unfinished(review_round)
    for field, term, said in (
        ("answer_by", answer_by, review_round.answer_by),
        ("bids_until", bids_until, review_round.bids_until),
    ):
        if term and term != said and not at < term <= review_round.closes_at:
            raise Refusal("Срок должен быть позже этой минуты и не позже срока тура.", field=field)
    asked_anew = bids_until is not None and bids_until != review_round.bids_until
    review_round.answer_by, review_round.bids_until = answer_by, bids_until
    review_round.save(update_fields=["answer_by", "bids_until"])
    unanswered_in(review_round).update(answer_by=answer_by)
    ledger.note(answer_by=_iso(answer_by), bids_until=_iso(bids_until))
    if asked_anew:
        _ask_for_bids(review_round, at=at)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _ask_for_bids(review_round: Round, *, at: datetime) -> None:
    agreed = review_round.seats.filter(role=PanelSeat.Part.EXPERT, state=SeatState.ACCEPTED)
    announce(
        notices.BIDS_ASKED,
        to=[seat.person for seat in agreed.select_related("person").order_by("pk")],
        at=at,
        about=f"round:{review_round.pk}:bids:{_iso(review_round.bids_until)}",
        url=reverse("desk:home"),
        facts={
            "round": review_round.title,
            "dossiers": review_round.dossiers.count(),
            "until": moment_in_words(review_round.bids_until or review_round.closes_at),
        },
    )


@action("review.remind_invited")
def remind_invited(review_round: Round, *, people: Collection[int], by: Any, at: datetime) -> int:
    """Remind the chosen people who have not answered, once a day each; return how many were told."""
    _require_unfinished(review_round)
    waiting = [seat for seat in unanswered_in(review_round) if seat.person_id in set(people)]
    if not waiting:
        raise Refusal("Выберите хотя бы одного человека, который ещё не ответил.", field="people")
    for seat in waiting:
        ask_again(seat, at=at)
    ledger.note(people=[seat.person_id for seat in waiting])
    return len(waiting)


def ask_again(seat: PanelSeat, *, at: datetime) -> bool:
    """Write once more to somebody who has not answered, once a day; also a part of the worker's round."""
    if not claim(f"answer:{seat.pk}:{at:%Y-%m-%d}", due_at=seat.invited_at, at=at):
        return False
    announce(
        notices.ANSWER_AWAITED,
        to=[seat.person],
        at=at,
        about=f"seat:{seat.pk}:{at:%Y-%m-%d}",
        url=reverse("desk:home"),
        only_in_letter=_links(seat),
        facts={"round": seat.round.title, "answer_by": moment_in_words(answer_by(seat))},
    )
    return True


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
    seat: PanelSeat,
    *,
    accept: bool,
    reason: str = "",
    limits: Limits = NO_LIMITS,
    address: str | None = None,
    by: Any,
    at: datetime,
) -> PanelSeat:
    """Agree within the term, with one's own limits and the promise of secrecy, or decline at any time.

    Whoever declines frees the places that are not finished.
    """
    _require_unfinished(seat.round)
    if accept:
        _require_term(seat, at)
        _require_sense(limits)
    seat.state = SeatState(PANEL_SEAT.move("accept" if accept else "decline", seat.state).target)
    seat.most, seat.least_minutes, seat.most_minutes = limits.most, limits.least_minutes, limits.most_minutes
    seat.reason, seat.answered_at = reason.strip()[:300], at
    ledger.note(accept=accept, most=limits.most)
    if accept and seat.role == PanelSeat.Part.EXPERT:
        _promise(seat, address, by=by, at=at)
    seat.save()
    if not accept:
        _free_places(seat, at=at)
    return seat


def _require_term(seat: PanelSeat, at: datetime) -> None:
    if is_late(seat, at):
        raise Refusal(
            f"Срок ответа прошёл: {moment_in_words(answer_by(seat))}. "
            "Напишите организатору: он может продлить срок."
        )


def _require_sense(limits: Limits) -> None:
    if limits.most is not None and not 1 <= limits.most <= _MOST:
        raise Refusal(f"Укажите, сколько дел вы возьмёте: число от 1 до {_MOST}.", field="most")
    for field in ("least_minutes", "most_minutes"):
        minutes = getattr(limits, field)
        if minutes is not None and not 1 <= minutes <= _MINUTES:
            raise Refusal(f"Укажите минуты числом от 1 до {_MINUTES}.", field=field)
    if limits.least_minutes and limits.most_minutes and limits.least_minutes > limits.most_minutes:
        raise Refusal(
            "Наименьшая нагрузка больше наибольшей. Поменяйте числа местами.", field="least_minutes"
        )


def _promise(seat: PanelSeat, address: str | None, *, by: Any, at: datetime) -> None:
    accounts.give_consent(
        seat.person,
        text=current_text(EXPERT_SECRECY),
        about=f"round:{seat.round_id}",
        address=address,
        by=by,
        at=at,
    )
    seat.consented_at = at


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

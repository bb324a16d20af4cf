"""Invitations: what still waits for an answer, and the signed links that answer one without signing in."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet

from innoset.review.models import PanelSeat, Round
from innoset.review.states import RoundState, SeatState

WARNED_BEFORE = timedelta(hours=24)
"""So long before the end of the term those who are silent get one more letter."""
_SIGNER = Signer(salt="review.answer")


def token_of(seat: PanelSeat) -> str:
    """Return what opens the page of the answer; it is bound to this very invitation."""
    return _SIGNER.sign_object([seat.pk, seat.invited_at.isoformat()])


def seat_by_token(token: str) -> PanelSeat | None:
    """Return the seat that the link speaks of; None for a forged link or a withdrawn invitation."""
    try:
        key, invited_at = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return (
        PanelSeat.objects.select_related("round", "person")
        .filter(pk=key, invited_at=datetime.fromisoformat(invited_at))
        .first()
    )


def answer_by(seat: PanelSeat) -> datetime:
    """Return until when the person may agree: the term of the seat, else the end of the round."""
    return min(seat.answer_by or seat.round.closes_at, seat.round.closes_at)


def is_late(seat: PanelSeat, at: datetime) -> bool:
    """Tell whether the term to agree has passed, or the round is over."""
    return at >= answer_by(seat) or seat.round.state == RoundState.CLOSED


def unanswered_in(review_round: Round) -> QuerySet[PanelSeat]:
    """Return the invitations of the round that nobody has answered."""
    return review_round.seats.filter(state=SeatState.INVITED).select_related("person", "round").order_by("pk")


def soon_late(at: datetime) -> QuerySet[PanelSeat]:
    """Return the unanswered invitations whose term ends within a day."""
    soon = Q(answer_by__gt=at, answer_by__lte=at + WARNED_BEFORE)
    return (
        PanelSeat.objects.filter(soon, state=SeatState.INVITED)
        .exclude(round__state=RoundState.CLOSED)
        .select_related("person", "round")
        .order_by("pk")
    )

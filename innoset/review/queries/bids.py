"""What an expert sees before the assignment: codes, titles and first lines, never who wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innoset.review.models import Bid, Dossier, EarlyConflict, PanelSeat
from innoset.review.queries.conflicts import ties_among
from innoset.review.states import RoundState, SeatState

SHORT = 300
"""So many characters are enough to tell whether one knows the subject."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A dossier to mark: what it is about, what has been said of it already."""

    dossier: Dossier
    short: str
    wish: str
    ground: str


def is_bidding(seat: PanelSeat, at: datetime) -> bool:
    """Tell whether the expert marks dossiers now: agreed, in time, the round not over."""
    until = seat.round.bids_until
    return (
        until is not None
        and at < until
        and seat.role == PanelSeat.Part.EXPERT
        and seat.state == SeatState.ACCEPTED
        and seat.round.state != RoundState.CLOSED
    )


def offers_to(seat: PanelSeat) -> list[Offer]:
    """Return the dossiers that the expert may be given, by code; those barred by other ties are left out.

    What the expert has declared stays, so that a slip can be mended.
    """
    grounds = dict(
        EarlyConflict.objects.filter(person=seat.person_id, dossier__rounds=seat.round_id).values_list(
            "dossier", "ground"
        )
    )
    wishes = dict(
        Bid.objects.filter(round=seat.round_id, person=seat.person_id).values_list("dossier", "wish")
    )
    dossiers = list(
        seat.round.dossiers.select_related("organisation__municipality", "organisation__founder").order_by(
            "code"
        )
    )
    ties = ties_among(seat.round, dossiers, [seat.person])
    barred = {dossier for (_, dossier), found in ties.items() if found[0].is_barring} - grounds.keys()
    return [
        Offer(one, short_of(one.content), wishes.get(one.pk, ""), grounds.get(one.pk, ""))
        for one in dossiers
        if one.pk not in barred
    ]


def short_of(content: list[Mapping[str, Any]]) -> str:
    """Return the first lines of the first long answer."""
    texts = [" ".join(str(row["text"]).split()) for row in content if not row.get("is_group")]
    longest = next((text for text in texts if len(text) >= SHORT // 2), max(texts, key=len, default=""))
    return longest if len(longest) <= SHORT else f"{longest[:SHORT].rsplit(' ', 1)[0]}…"

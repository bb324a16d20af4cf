"""Who sits on a panel, who may be asked, and what loads them already."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from innoset.accounts.models import User
from innoset.foundation.db.ordering import Russian
from innoset.network.models import Membership
from innoset.network.queries import live_memberships
from innoset.network.states import Role
from innoset.review.models import Assignment, PanelSeat, Round
from innoset.review.states import LIVE, SeatState, SheetState


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody from the pool of experts: where from, how busy now, in how many rounds before."""

    person: User
    organisation: str
    municipality: str
    load: int
    rounds: int


def panel_of(review_round: Round) -> QuerySet[PanelSeat]:
    """Return the seats of a round with their people, by name."""
    return review_round.seats.select_related("person").order_by(Russian("person__last_name"), "pk")


def experts_of(review_round: Round) -> QuerySet[PanelSeat]:
    """Return the seats of the experts who have agreed."""
    return panel_of(review_round).filter(role=PanelSeat.Part.EXPERT, state=SeatState.ACCEPTED)


def candidates_for(review_round: Round, *, part: str = PanelSeat.Part.EXPERT) -> list[Candidate]:
    """Return who may be invited to the round and has not been, in a constant number of queries."""
    role = Role.OBSERVER if part == PanelSeat.Part.OBSERVER else Role.EXPERT
    members = (
        live_memberships()
        .filter(role=role, person__is_active=True)
        .select_related("person__expert_profile", "organisation__municipality")
        .prefetch_related("person__expert_profile__directions")
        .annotate(load=_open_load(), rounds=_rounds_before())
    )
    members = members.exclude(person__in=review_round.seats.values("person")).order_by(
        Russian("person__last_name"), "person_id", "pk"
    )
    first: dict[int, Any] = {}
    for member in members:
        first.setdefault(member.person_id, member)
    return [
        Candidate(
            person=member.person,
            organisation=member.organisation.short_name,
            municipality=member.organisation.municipality.name,
            load=member.load,
            rounds=member.rounds,
        )
        for member in first.values()
    ]


def places_of(people: Collection[int]) -> dict[int, Membership]:
    """Return the first live membership of each person, the one as an expert before others."""
    found: dict[int, Membership] = {}
    for member in live_memberships().filter(person__in=people).order_by("pk"):
        if member.person_id not in found or member.role == Role.EXPERT:
            found[member.person_id] = member
    return found


def _open_load() -> Coalesce:
    owed = Assignment.objects.filter(expert=OuterRef("person"), state__in=LIVE)
    return _count_of(owed.exclude(sheet__state=SheetState.FINISHED), "expert")


def _rounds_before() -> Coalesce:
    return _count_of(PanelSeat.objects.filter(person=OuterRef("person"), state=SeatState.ACCEPTED), "person")


def _count_of(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def is_on_panel(review_round: Round, person: int) -> bool:
    """Tell whether the person is an expert of the round who has agreed."""
    return review_round.seats.filter(
        person=person, role=PanelSeat.Part.EXPERT, state=SeatState.ACCEPTED
    ).exists()

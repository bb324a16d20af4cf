"""Who sits on a panel, who may be asked, and what loads them already."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from innoset.accounts.models import User
from innoset.foundation.db.ordering import Russian
from innoset.network.models import Membership
from innoset.network.queries import live_memberships
from innoset.network.states import Role
from innoset.review.models import Assignment, PanelSeat, Round
from innoset.review.pure.assignment import Conflict, Expert, Problem, Work
from innoset.review.queries.conflicts import barred_in
from innoset.review.states import LIVE, RoundKind, SeatState, SheetState


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
    members = live_memberships().filter(role=role, person__is_active=True).select_related("person")
    members = members.exclude(person__in=review_round.seats.values("person")).order_by(
        Russian("person__last_name"), "person_id", "pk"
    )
    first: dict[int, Membership] = {}
    for member in members:
        first.setdefault(member.person_id, member)
    loads = _open_loads(first)
    rounds = _rounds_before(first)
    return [
        Candidate(
            person=member.person,
            organisation=member.organisation.short_name,
            municipality=member.organisation.municipality.name,
            load=loads[key],
            rounds=rounds[key],
        )
        for key, member in first.items()
    ]


def places_of(people: Collection[int]) -> dict[int, Membership]:
    """Return the first live membership of each person, the one as an expert before others."""
    found: dict[int, Membership] = {}
    for member in live_memberships().filter(person__in=people).order_by("pk"):
        if member.person_id not in found or member.role == Role.EXPERT:
            found[member.person_id] = member
    return found


def _open_loads(people: Collection[int]) -> Counter[int]:
    open_sheets = Assignment.objects.filter(expert__in=people, state__in=LIVE).exclude(
        sheet__state=SheetState.FINISHED
    )
    return Counter(dict(open_sheets.values_list("expert").annotate(n=Count("pk")).order_by()))


def _rounds_before(people: Collection[int]) -> Counter[int]:
    seats = PanelSeat.objects.filter(person__in=people, state=SeatState.ACCEPTED)
    return Counter(dict(seats.values_list("person").annotate(n=Count("pk")).order_by()))


def problem_of(review_round: Round, *, seed: int = 0) -> Problem:
    """Return what the plan of assignment has to solve; what is given already stays."""
    seats = list(experts_of(review_round))
    experts = [seat.person_id for seat in seats]
    locked, spent = _given(review_round)
    is_defence = review_round.kind == RoundKind.DEFENCE
    found = barred_in(review_round, experts)
    barred = {**found, **dict.fromkeys(spent, "Отведён или снят с этого дела")}
    return Problem(
        experts=tuple(Expert(seat.person_id, None if is_defence else seat.most) for seat in seats),
        works=tuple(
            Work(key, code, _wanted(review_round, key, experts, barred))
            for key, code in review_round.dossiers.values_list("pk", "code")
        ),
        conflicts=tuple(Conflict(*pair, reason) for pair, reason in barred.items() if pair not in locked),
        locked=frozenset(locked),
        seed=seed,
    )


def _wanted(review_round: Round, dossier: int, experts: list[int], barred: dict[tuple[int, int], str]) -> int:
    """Return how many experts a dossier needs: at a defence all who may, else as the round says."""
    usual = review_round.sheets_per_dossier
    if review_round.kind == RoundKind.REMOTE:
        return usual
    return max(usual, sum((expert, dossier) not in barred for expert in experts))


def _given(review_round: Round) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    locked: set[tuple[int, int]] = set()
    spent: set[tuple[int, int]] = set()
    rows = Assignment.objects.filter(round=review_round).values_list("expert", "dossier", "state")
    for expert, dossier, state in rows:
        (locked if state in LIVE else spent).add((expert, dossier))
    return locked, spent


def is_on_panel(review_round: Round, person: int) -> bool:
    """Tell whether the person is an expert of the round who has agreed."""
    return review_round.seats.filter(
        person=person, role=PanelSeat.Part.EXPERT, state=SeatState.ACCEPTED
    ).exists()

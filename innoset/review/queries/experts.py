"""The pool of experts: who is in it, what each is good at, how each has worked so far."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from innoset.accounts.models import User
from innoset.foundation.db.ordering import Russian
from innoset.foundation.policy import is_superuser
from innoset.network.models import Membership
from innoset.network.queries import holds, live_memberships
from innoset.network.states import Role
from innoset.review.models import (
    Assignment,
    ConflictDeclaration,
    Direction,
    EarlyConflict,
    ExpertProfile,
    PanelSeat,
    ScoreSheet,
)
from innoset.review.pure.expert_record import Finished, Record, Total, record_of
from innoset.review.pure.scoring import maximum
from innoset.review.queries.sheets import rules_for, with_rubrics
from innoset.review.states import LIVE, AssignmentState, RoundState, SeatState, SheetState


@dataclass(frozen=True, slots=True)
class Busy:
    """How busy an expert is now and was before."""

    open_sheets: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One round of an expert's history."""

    seat: PanelSeat
    given: int
    finished: int
    recused: int


def directions() -> QuerySet[Direction]:
    """Return the lines of the dictionary that are offered now."""
    return Direction.objects.filter(is_active=True)


def experts_visible_to(person: Any, today: date) -> QuerySet[User]:
    """Return the pool of experts, by name, each with the passport: for organisers of contests alone."""
    every = _pool(today)
    return every if is_superuser(person) or holds(person, Role.ORGANISER) else every.none()


def _pool(today: date) -> QuerySet[User]:
    experts = live_memberships().filter(role=Role.EXPERT, person=OuterRef("pk"))
    paused = ExpertProfile.objects.filter(person=OuterRef("pk"), paused_until__gt=today)
    return (
        User.objects.filter(Exists(experts), is_active=True)
        .annotate(is_paused=Exists(paused))
        .select_related("expert_profile")
        .prefetch_related("expert_profile__directions")
        .order_by(Russian("last_name"), Russian("first_name"), "pk")
    )


def in_municipality(people: QuerySet[User], municipality: int) -> QuerySet[User]:
    """Keep those who work in a municipality."""
    members = live_memberships().filter(person=OuterRef("pk"), organisation__municipality=municipality)
    return people.filter(Exists(members))


def knowing(people: QuerySet[User], direction: Direction) -> QuerySet[User]:
    """Keep those who know a subject."""
    return people.filter(expert_profile__directions=direction)


def free_now(people: QuerySet[User], today: date) -> QuerySet[User]:
    """Keep those who owe no sheet and take work."""
    owed = _live().filter(expert=OuterRef("pk")).exclude(sheet__state=SheetState.FINISHED)
    paused = ExpertProfile.objects.filter(person=OuterRef("pk"), paused_until__gt=today)
    return people.filter(~Exists(owed), ~Exists(paused))


def busy_of(people: Collection[int]) -> dict[int, Busy]:
    """Return how busy each of the people is, in two queries."""
    owed = _live().filter(expert__in=people).exclude(sheet__state=SheetState.FINISHED)
    opened = Counter(dict(owed.values_list("expert").annotate(n=Count("pk")).order_by()))
    seats = PanelSeat.objects.filter(person__in=people, state=SeatState.ACCEPTED)
    rounds = Counter(dict(seats.values_list("person").annotate(n=Count("pk")).order_by()))
    return {person: Busy(opened[person], rounds[person]) for person in people}


def _live() -> QuerySet[Assignment]:
    return Assignment.objects.filter(state__in=LIVE).exclude(round__state=RoundState.CLOSED)


def profile_of(person: Any) -> ExpertProfile:
    """Return the passport of a person, or an empty one that is not saved yet."""
    found = ExpertProfile.objects.filter(person=person.pk).prefetch_related("directions").first()
    return found or ExpertProfile(person=person)


def profiles_of(people: Collection[int]) -> dict[int, ExpertProfile]:
    """Return the passports of the people who have one."""
    found = ExpertProfile.objects.filter(person__in=people).prefetch_related("directions")
    return {one.person_id: one for one in found}


def homes_of(person: Any) -> list[Membership]:
    """Return where a person works now."""
    return list(live_memberships().filter(person=person.pk).order_by("pk"))


def recusals_of(person: Any) -> int:
    """Return how many conflicts a person has declared, before the assignment and after it."""
    late = ConflictDeclaration.objects.filter(has_conflict=True, assignment__expert=person.pk).count()
    return late + EarlyConflict.objects.filter(person=person.pk).count()


def history_of(person: Any) -> list[Turn]:
    """Return the rounds that a person was invited to, the last one first."""
    own = Q(round__assignments__expert=person.pk)
    done = own & Q(round__assignments__sheet__state=SheetState.FINISHED)
    seats = (
        PanelSeat.objects.filter(person=person.pk)
        .select_related("round")
        .annotate(
            given=_count(own & Q(round__assignments__state__in=LIVE)),
            finished=_count(done & Q(round__assignments__state__in=LIVE)),
            recused=_count(own & Q(round__assignments__state=AssignmentState.RECUSED)),
        )
        .order_by("-round__opens_at", "-pk")
    )
    return [Turn(seat, seat.given, seat.finished, seat.recused) for seat in seats]


def _count(which: Q) -> Count:
    return Count("round__assignments", filter=which, distinct=True)


def record_of_expert(person: Any, at: datetime) -> Record:
    """Return how a person has worked: sheets, minutes, terms, agreement with the others."""
    own = list(
        ScoreSheet.objects.filter(
            assignment__expert=person.pk, assignment__state__in=LIVE, state=SheetState.FINISHED
        )
        .select_related("assignment__round__rubric", "assignment__dossier")
        .prefetch_related(*with_rubrics("assignment__round__"))
        .order_by("pk")
    )
    due = Assignment.objects.filter(expert=person.pk, state__in=LIVE, round__closes_at__lt=at)
    overdue = due.exclude(round__state=RoundState.PREPARING).exclude(sheet__state=SheetState.FINISHED)
    return record_of([_finished(sheet) for sheet in own], overdue=overdue.count(), totals=_totals(own))


def _finished(sheet: ScoreSheet) -> Finished:
    assert sheet.finished_at is not None  # noqa: S101  # reason: the database holds it for a finished sheet
    given, review_round = sheet.assignment, sheet.assignment.round
    return Finished(
        minutes=given.dossier.pages * review_round.minutes_per_page,
        finished_at=sheet.finished_at,
        closes_at=review_round.closes_at,
    )


def _totals(own: list[ScoreSheet]) -> list[Total]:
    """Return the expert's totals beside those of the others on the same dossiers of the same rounds."""
    others: dict[tuple[int, int], list[float]] = defaultdict(list)
    beside = ScoreSheet.objects.filter(
        state=SheetState.FINISHED,
        assignment__state__in=LIVE,
        assignment__round__in={one.assignment.round_id for one in own},
        assignment__dossier__in={one.assignment.dossier_id for one in own},
    ).exclude(pk__in=[one.pk for one in own])
    for key, dossier, total in beside.values_list("assignment__round", "assignment__dossier", "total"):
        others[key, dossier].append(float(total or 0))
    return [
        Total(float(one.total), tuple(others[pair]), float(maximum(rules_for(one))))
        for one in own
        if one.total is not None and others[pair := (one.assignment.round_id, one.assignment.dossier_id)]
    ]

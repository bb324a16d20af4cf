"""What the hall of a defence may see now. Marks are read only when they have been shown."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from innoset.network.queries import organisation_ids_of
from innoset.network.states import Role
from innoset.review.models import Assignment, DefenceSlot, LiveBoard, PanelSeat, Round, ScoreSheet
from innoset.review.pure import scoring
from innoset.review.pure.conduct import Timer, usual_step
from innoset.review.pure.speaking_order import Talk
from innoset.review.queries.conflicts import barred_in
from innoset.review.queries.panels import experts_of
from innoset.review.queries.sheets import rubric_of, rules_of
from innoset.review.states import (
    LIVE,
    PHASE_LABELS,
    AssignmentState,
    Phase,
    RoundKind,
    RoundState,
    SeatState,
    SheetState,
    SlotState,
)

NAMELESS = 3
"""With fewer marks than this a juror could tell whose the others are: only the mean is shown."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """The marks of one work as the hall sees them: the mean, and dots that belong to nobody."""

    mean: Decimal
    totals: tuple[Decimal, ...]
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Hall:
    """The state of the defence: who speaks, what goes on, how many have marked."""

    version: int
    phase: Phase
    slot: DefenceSlot | None
    following: DefenceSlot | None
    timer: Timer | None
    done: int
    due: int
    revealed: Revealed | None

    @property
    def title(self) -> str:
        """Return what goes on, in words."""
        return PHASE_LABELS[self.phase]

    @property
    def step(self) -> str:
        """Return what usually comes next."""
        return usual_step(
            self.phase, is_called=self.slot is not None, has_following=self.following is not None
        )

    @property
    def etag(self) -> str:
        """Return what tells this state from any other; marks are in it only when they are shown."""
        seen = (self.version, self.phase, self.slot and self.slot.pk, self.done, self.due, self.revealed)
        where = self.following and (self.following.pk, self.following.starts_at)
        return hashlib.sha256(repr((*seen, self.timer, where)).encode()).hexdigest()[:24]


def rounds_conducted_by(person: Any) -> QuerySet[Round]:
    """Return the defences that the person runs from the console: as organiser or as secretary."""
    found = Round.objects.filter(kind=RoundKind.DEFENCE).select_related("organiser", "rubric")
    if getattr(person, "is_superuser", False):
        return found
    return found.filter(organiser__in=organisation_ids_of(person, Role.ORGANISER, Role.SECRETARY))


def rounds_watched_by(person: Any) -> QuerySet[Round]:
    """Return the defences whose hall the person may see: those run, and those sat on once they go on."""
    seats = PanelSeat.objects.filter(person=person.pk, state=SeatState.ACCEPTED)
    begun = Q(seats__in=seats, state__in=(RoundState.OPEN, RoundState.CLOSED))
    run = Q(pk__in=rounds_conducted_by(person).values("pk"))
    found = Round.objects.filter(run | begun, kind=RoundKind.DEFENCE).distinct()
    return found.select_related("organiser", "rubric")


def slots_in_order(review_round: Round) -> list[DefenceSlot]:
    """Return the slots as they follow each other."""
    return list(
        review_round.slots.select_related("dossier__organisation").order_by("starts_at", "position", "pk")
    )


def board_of(review_round: Round) -> LiveBoard:
    """Return the board of the round; before the first step it is a blank one, not saved."""
    found = LiveBoard.objects.filter(round=review_round).select_related("slot__dossier__organisation").first()
    return found or LiveBoard(round=review_round)


def following_of(slots: Collection[DefenceSlot], board: LiveBoard) -> DefenceSlot | None:
    """Return who speaks next: the first who waits, and after all of them who was absent."""
    waiting = [one for one in slots if one.state != SlotState.DONE and one.pk != board.slot_id]
    planned = [one for one in waiting if one.state == SlotState.PLANNED]
    return next(iter(planned or waiting), None)


def hall_of(review_round: Round) -> Hall:
    """Return what the hall may see; the marks only of a work that has been revealed, while it is shown."""
    board = board_of(review_round)
    done, due = marked_of(review_round).get(board.slot.dossier_id, (0, 0)) if board.slot else (0, 0)
    timer = (
        Timer(board.phase_began_at, board.phase_seconds, board.paused_at)
        if board.phase_began_at and board.phase_seconds
        else None
    )
    return Hall(
        version=board.version,
        phase=Phase(board.phase),
        slot=board.slot,
        following=following_of(slots_in_order(review_round), board),
        timer=timer,
        done=done,
        due=due,
        revealed=_revealed(review_round, board),
    )


def marked_of(review_round: Round) -> dict[int, tuple[int, int]]:
    """Return for each dossier how many jurors have finished and how many are to."""
    live = Assignment.objects.filter(round=review_round, state__in=LIVE)
    finished = Count("pk", filter=Q(sheet__state=SheetState.FINISHED))
    rows = live.values_list("dossier").annotate(done=finished, due=Count("pk")).order_by("dossier")
    return {dossier: (done, due) for dossier, done, due in rows}


def _revealed(review_round: Round, board: LiveBoard) -> Revealed | None:
    slot = board.slot
    if board.phase != Phase.REVEALED or slot is None or slot.revealed_at is None:
        return None
    return revealed_for(review_round, slot)


def revealed_for(review_round: Round, slot: DefenceSlot) -> Revealed | None:
    """Return the mean and the sorted totals of the finished sheets of a work; nothing when there is none."""
    sheets = ScoreSheet.objects.filter(
        assignment__round=review_round,
        assignment__dossier=slot.dossier_id,
        assignment__state__in=LIVE,
        state=SheetState.FINISHED,
    )
    totals = sorted(total for total in sheets.values_list("total", flat=True) if total is not None)
    if not totals:
        return None
    return Revealed(
        mean=sum(totals, Decimal(0)) / len(totals),
        totals=tuple(totals) if len(totals) >= NAMELESS else (),
        maximum=scoring.maximum(rules_of(rubric_of(review_round, slot.dossier))),
    )


def late_of(review_round: Round) -> dict[int, list[Assignment]]:
    """Return by dossier whose sheets are still open, for those who run the defence; no marks."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    open_ones = (
        Assignment.objects.filter(round=review_round, state__in=LIVE)
        .exclude(sheet__state=SheetState.FINISHED)
        .select_related("expert")
        .order_by("expert__last_name", "expert__first_name", "pk")
    )
    for assignment in open_ones:
        found[assignment.dossier_id].append(assignment)
    return found


def outside_of(review_round: Round) -> dict[int, frozenset[int]]:
    """Return by dossier which jurors leave the hall: in conflict by the register, declared or recused."""
    experts = list(experts_of(review_round).values_list("person", flat=True))
    recused = Assignment.objects.filter(
        round=review_round, state=AssignmentState.RECUSED, expert__in=experts
    ).values_list("expert", "dossier")
    found: dict[int, set[int]] = defaultdict(set)
    for expert, dossier in {*barred_in(review_round, experts), *recused}:
        found[dossier].add(expert)
    return {dossier: frozenset(people) for dossier, people in found.items()}


def talks_of(review_round: Round) -> list[Talk]:
    """Return the works to be put in order, by their codes."""
    outside = outside_of(review_round)
    return [
        Talk(key, outside.get(key, frozenset()), group)
        for key, group in review_round.dossiers.order_by("code").values_list("pk", "group")
    ]


def own_assignments(review_round: Round, person: Any) -> dict[int, Assignment]:
    """Return the person's live assignments in the round by dossier."""
    own = Assignment.objects.filter(round=review_round, expert=person.pk, state__in=LIVE)
    return {one.dossier_id: one for one in own.select_related("round", "dossier", "sheet")}


def is_observer(review_round: Round, person: int) -> bool:
    """Tell whether the person has agreed to observe the round."""
    return review_round.seats.filter(
        person=person, role=PanelSeat.Part.OBSERVER, state=SeatState.ACCEPTED
    ).exists()

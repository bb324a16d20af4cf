"""What lies on an expert's desk, and on an observer's."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from innoset.review.models import Assignment, DefenceSlot, Dossier, PanelSeat, Round, ScoreSheet
from innoset.review.queries.sheets import with_rubrics
from innoset.review.states import LIVE, AssignmentState, RoundState, SeatState, SheetState

# An expert reads while the round goes on, and may look back at their own sheets afterwards.
_SHOWN = (RoundState.OPEN, RoundState.CLOSED)


def invitations_of(person: Any) -> QuerySet[PanelSeat]:
    """Return the invitations that still wait for the person's answer."""
    return (
        PanelSeat.objects.filter(person=person.pk, state=SeatState.INVITED)
        .exclude(round__state=RoundState.CLOSED)
        .select_related("round")
        .annotate(dossiers=Count("round__dossiers"))
    )


def seats_of(person: Any) -> QuerySet[PanelSeat]:
    """Return the seats of the person on panels that are not over."""
    return (
        PanelSeat.objects.filter(person=person.pk)
        .exclude(round__state=RoundState.CLOSED)
        .select_related("round")
        .order_by("pk")
    )


def assignments_of(person: Any) -> QuerySet[Assignment]:
    """Return what is given to the person in rounds that go on or are over, open tasks first."""
    return (
        Assignment.objects.filter(expert=person.pk, state__in=LIVE, round__state__in=_SHOWN)
        .select_related("round", "dossier", "sheet")
        .order_by("round_id", "dossier__code", "pk")
    )


def readable_by(person: Any) -> QuerySet[Assignment]:
    """Return the assignments whose text is open to the person: those declared free of conflict."""
    return assignments_of(person).filter(state=AssignmentState.CLEARED)


def sheets_of(person: Any) -> QuerySet[ScoreSheet]:
    """Return the person's own sheets."""
    return (
        ScoreSheet.objects.filter(assignment__in=readable_by(person).values("pk"))
        .select_related("assignment__round__rubric", "assignment__dossier")
        .prefetch_related("scores", *with_rubrics("assignment__round__"))
    )


def finished_by(person: Any) -> QuerySet[ScoreSheet]:
    """Return the person's own finished sheets, by round and code."""
    return (
        sheets_of(person)
        .filter(state=SheetState.FINISHED)
        .order_by("assignment__round_id", "assignment__dossier__code")
    )


def observed_by(person: Any) -> QuerySet[Round]:
    """Return the rounds that the person observes: reads, never scores."""
    seats = PanelSeat.objects.filter(person=person.pk, role=PanelSeat.Part.OBSERVER, state=SeatState.ACCEPTED)
    return Round.objects.filter(seats__in=seats, state__in=_SHOWN)


def dossiers_visible_to(person: Any) -> QuerySet[Dossier]:
    """Return the dossiers whose text the person may read now."""
    cleared = Q(pk__in=readable_by(person).values("dossier"))
    watched = Q(rounds__in=observed_by(person))
    return Dossier.objects.filter(cleared | watched).distinct()


def slots_visible_to(person: Any) -> QuerySet[DefenceSlot]:
    """Return the defence slots of the rounds where the person sits, in their order of time."""
    rounds = PanelSeat.objects.filter(
        person=person.pk, state=SeatState.ACCEPTED, round__state__in=_SHOWN
    ).values("round")
    return DefenceSlot.objects.filter(round__in=rounds).select_related("dossier", "round")

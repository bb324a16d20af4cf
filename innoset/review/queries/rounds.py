"""How a round is going."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from innoset.accounts.models import User
from innoset.network.queries import live_memberships, organisation_ids_of
from innoset.network.states import Role
from innoset.review.models import Assignment, Round
from innoset.review.states import LIVE, AssignmentState, SheetState


@dataclass(frozen=True, slots=True)
class Pace:
    """How one expert of a round is getting on."""

    person: User
    due: int
    done: int
    started: int
    undeclared: int

    @property
    def left(self) -> int:
        """Return how many sheets are still to come."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class Progress:
    """How a round is going: sheets due and done, dossiers fully judged, experts one by one."""

    due: int
    done: int
    dossiers: int
    complete: int
    unassigned: int
    paces: tuple[Pace, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every sheet of every dossier is in."""
        return self.dossiers > 0 and self.complete == self.dossiers


def rounds_visible_to(user: Any) -> QuerySet[Round]:
    """Return the rounds that the person runs."""
    found = Round.objects.select_related("rubric", "organiser")
    if getattr(user, "is_superuser", False):
        return found
    return found.filter(organiser__in=organisation_ids_of(user, Role.ORGANISER))


def progress_of(review_round: Round) -> Progress:
    """Count what is due and what is in, in a constant number of queries."""
    usual = review_round.sheets_per_dossier
    live = Q(assignments__round=review_round, assignments__state__in=LIVE)
    counted = review_round.dossiers.annotate(
        live=_count(live), done=_count(live & Q(assignments__sheet__state=SheetState.FINISHED))
    ).values_list("live", "done")
    rows = [(max(usual, given), done, given) for given, done in counted]
    return Progress(
        due=sum(due for due, _, _ in rows),
        done=sum(done for _, done, _ in rows),
        dossiers=len(rows),
        complete=sum(done >= due for due, done, _ in rows),
        unassigned=sum(max(0, usual - given) for _, _, given in rows),
        paces=_paces(review_round),
    )


def _paces(review_round: Round) -> tuple[Pace, ...]:
    live = Q(assignments__round=review_round, assignments__state__in=LIVE)
    people = (
        User.objects.filter(live)
        .annotate(
            due=_count(live),
            done=_count(live & Q(assignments__sheet__state=SheetState.FINISHED)),
            started=_count(live & Q(assignments__sheet__scores__isnull=False)),
            undeclared=_count(live & Q(assignments__state=AssignmentState.ASSIGNED)),
        )
        .order_by("last_name", "first_name", "pk")
    )
    return tuple(Pace(one, one.due, one.done, one.started, one.undeclared) for one in people)


def _count(which: Q) -> Count:
    return Count("assignments", filter=which, distinct=True)


def owing_in(review_round: Round) -> list[Pace]:
    """Return the experts who owe sheets."""
    return [pace for pace in _paces(review_round) if pace.left]


def unfinished_of(review_round: Round) -> QuerySet[Assignment]:
    """Return the live assignments whose sheet is not finished."""
    return (
        Assignment.objects.filter(round=review_round, state__in=LIVE)
        .exclude(sheet__state=SheetState.FINISHED)
        .select_related("dossier", "expert")
        .order_by(F("dossier__code"), "pk")
    )


def organisers_of(review_round: Round) -> list[User]:
    """Return the people who run the round."""
    organisers = live_memberships().filter(
        organisation=review_round.organiser_id, role=Role.ORGANISER, person__is_active=True
    )
    return [member.person for member in organisers.select_related("person").order_by("person_id")]

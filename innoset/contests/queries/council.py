"""Reads of the council."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from innoset.contests.models import Application, Contest, Council, Presence, Resolution, Seat, Sitting
from innoset.contests.pure.voting import quorum
from innoset.contests.queries.standing import FinalRow, final_standing
from innoset.contests.states import ApplicationState, Decision
from innoset.network.queries import municipality_ids_of, organisation_ids_of
from innoset.network.states import Role

AT_COUNCIL = (ApplicationState.IN_REVIEW, ApplicationState.TO_DEFENCE)


def councils_visible_to(user: Any) -> QuerySet[Council]:
    """Return the councils that a person keeps or sits in."""
    if user.is_superuser:
        return Council.objects.order_by("id")
    mine = organisation_ids_of(user, Role.ORGANISER)
    return Council.objects.filter(
        Q(organisation__in=mine) | Q(seats__person=user, seats__is_active=True)
    ).distinct()


def sittings_visible_to(user: Any) -> QuerySet[Sitting]:
    """Return the sittings of contests that a person organises or approves, or in whose council the person sits."""
    found = Sitting.objects.select_related("contest__organiser", "council", "minutes")
    if user.is_superuser:
        return found
    return found.filter(
        Q(contest__organiser__in=organisation_ids_of(user, Role.ORGANISER))
        | Q(contest__organiser__municipality__in=municipality_ids_of(user, Role.APPROVER))
        | Q(council__seats__person=user, council__seats__is_active=True)
    ).distinct()


def contests_with_orders_visible_to(user: Any) -> QuerySet[Contest]:
    """Return the contests whose orders a person draws up or confirms."""
    found = Contest.objects.select_related("order", "organiser__municipality", "status_kind")
    if user.is_superuser:
        return found
    return found.filter(
        Q(organiser__in=organisation_ids_of(user, Role.ORGANISER))
        | Q(organiser__municipality__in=municipality_ids_of(user, Role.APPROVER))
    )


def contests_at_council_visible_to(user: Any) -> QuerySet[Contest]:
    """Return the contests whose decision room a person may enter, with their rounds."""
    mine = contests_with_orders_visible_to(user).values("pk")
    sat_on = sittings_visible_to(user).values("contest")
    found = Contest.objects.select_related("order", "organiser__municipality", "status_kind")
    return found.select_related("remote_round__rubric", "defence_round__rubric").filter(
        Q(pk__in=mine) | Q(pk__in=sat_on)
    )


def room_visible_to(user: Any, code: str) -> Sitting | None:
    """Return the last sitting of a contest whose decision room a person may enter, in one query."""
    rooms = contests_at_council_visible_to(user).order_by().values("pk")
    found = Sitting.objects.filter(contest__code=code, contest__in=rooms).select_related(
        "council",
        "minutes",
        "contest__order",
        "contest__status_kind",
        "contest__organiser__municipality",
        "contest__remote_round__rubric",
        "contest__defence_round__rubric",
    )
    return found.order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Going:
    """What goes on at one application: how many recused themselves, whether it is balloted, how many voted."""

    recused: int = 0
    ballot: str = ""
    voted: int = 0


def goings_of(sitting: Sitting) -> dict[int, Going]:
    """Return what goes on at each application, in one query."""
    recusals = sitting.recusals.order_by().values_list("application_id", Value(""), Value(0))
    ballots = sitting.ballots.order_by().annotate(
        stand=Case(When(closed_at=None, then=Value("open")), default=Value("closed")),
        voted=Count("marks"),
    )
    found: dict[int, Going] = {}
    for application, stand, voted in recusals.union(
        ballots.values_list("application_id", "stand", "voted"), all=True
    ):
        was = found.get(application, Going())
        found[application] = (
            replace(was, ballot=stand, voted=voted) if stand else replace(was, recused=was.recused + 1)
        )
    return found


def seats_of(council: Council) -> QuerySet[Seat]:
    """Return the live seats: the chair first, then the secretary, then members by name."""
    return (
        council.seats.filter(is_active=True)
        .select_related("person")
        .order_by("part", "person__last_name", "id")
    )


def present_seats(sitting: Sitting) -> list[Seat]:
    """Return who is at the sitting."""
    marks = Presence.objects.filter(sitting=sitting, is_present=True, seat__is_active=True)
    return [mark.seat for mark in marks.select_related("seat__person").order_by("seat_id")]


def quorum_of(council: Council) -> int:
    """Return how many members must be present."""
    return quorum(council.seats.filter(is_active=True).count(), council.quorum_share)


def voters_on(sitting: Sitting, application: Application) -> int:
    """Return how many of those present vote on an application: all but the recused."""
    recused = sitting.recusals.filter(application=application).values("seat")
    return sitting.presences.filter(is_present=True).exclude(seat__in=recused).count()


def voters_by_application(sitting: Sitting) -> Callable[[int], int]:
    """Return how many vote on each application, asked of the database once for all."""
    present = set(sitting.presences.filter(is_present=True).values_list("seat_id", flat=True))
    recused: dict[int, set[int]] = {}
    for application, seat in sitting.recusals.order_by("id").values_list("application_id", "seat_id"):
        recused.setdefault(application, set()).add(seat)
    return lambda application: len(present - recused.get(application, set()))


def balloted_without_resolution(sitting: Sitting) -> list[str]:
    """Return the applications that members have voted on and that have no resolution yet."""
    resolved = sitting.resolutions.values("application")
    left = sitting.ballots.exclude(application__in=resolved).order_by("application__number")
    return list(left.values_list("application__number", flat=True))


def unresolved(sitting: Sitting) -> list[FinalRow]:
    """Return the lines of the decision table that have no decision yet."""
    done = set(sitting.resolutions.values_list("application_id", flat=True))
    return [row for row in final_standing(sitting.contest, sitting) if row.application.pk not in done]


def rest_to_ballot(sitting: Sitting) -> list[Application]:
    """Return the applications without a resolution on which no ballot was opened."""
    balloted = set(sitting.ballots.values_list("application_id", flat=True))
    return [row.application for row in unresolved(sitting) if row.application.pk not in balloted]


def departures_of(rows: Iterable[FinalRow], resolutions: Iterable[Resolution]) -> set[int]:
    """Return the applications whose decision departs from the rules."""
    above = {row.application.pk: row.is_above_line for row in rows}
    return {
        one.application_id
        for one in resolutions
        if above.get(one.application_id, False) != (one.decision == Decision.GRANT)
    }

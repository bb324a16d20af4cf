"""Reads of the council."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet

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


def departures_of(rows: Iterable[FinalRow], resolutions: Iterable[Resolution]) -> set[int]:
    """Return the applications whose decision departs from the rules."""
    above = {row.application.pk: row.is_above_line for row in rows}
    return {
        one.application_id
        for one in resolutions
        if above.get(one.application_id, False) != (one.decision == Decision.GRANT)
    }

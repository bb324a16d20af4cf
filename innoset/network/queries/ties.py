"""Reads of ties between sites, and of the pilot schools that few may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from innoset.network.models import (
    Agglomeration,
    AgglomerationMember,
    Mentorship,
    Organisation,
    PilotMark,
    Status,
)
from innoset.network.pure.statuses import Phase
from innoset.network.queries.organisations import helps_everybody, is_registry_keeper
from innoset.network.queries.people import municipality_ids_of
from innoset.network.queries.statuses import current_on, standings_on
from innoset.network.states import OrganisationKind, Role

_SITES = (
    "mentor__organisation__municipality",
    "mentor__kind",
    "site__organisation__municipality",
    "site__kind",
)


def mentorships_on(day: date) -> QuerySet[Mentorship]:
    """Return who led whom on a day."""
    found = Mentorship.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    return found.select_related(*_SITES).order_by("mentor__organisation__short_name", "pk")


def mentorships_of(status: Status) -> QuerySet[Mentorship]:
    """Return whom a status leads and who leads it, past and present."""
    found = Mentorship.objects.filter(Q(mentor=status) | Q(site=status))
    return found.select_related(*_SITES).order_by("since", "pk")


def free_sites(day: date) -> QuerySet[Status]:
    """Return the sites that a network site may begin to lead: in force, led by nobody."""
    free = Status.objects.filter(current_on(day), kind__code="mip")
    led = Mentorship.objects.filter(until=None)
    return (
        free.exclude(pk__in=led.values("site"))
        .select_related("organisation", "kind")
        .order_by("organisation__short_name", "pk")
    )


def agglomerations_on(day: date) -> QuerySet[Agglomeration]:
    """Return the agglomerations of a day with those who belonged to them."""
    found = Agglomeration.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    return found.select_related("lead").prefetch_related(_members(day)).order_by("title", "pk")


def _members(day: date) -> Prefetch[Any]:
    live = AgglomerationMember.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    live = live.select_related("organisation__municipality").order_by("organisation__short_name", "pk")
    return Prefetch("members", queryset=live, to_attr="live_members")


@dataclass(frozen=True, slots=True)
class Place:
    """A member of an agglomeration, and its statuses in force on the day."""

    member: AgglomerationMember
    statuses: list[Status]


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of an agglomeration: how many belong to it, and how many of them hold a status."""

    places: list[Place]
    with_status: int


def roll_of(agglomeration: Agglomeration, day: date) -> Roll:
    """Call the roll on a day; every organisation is counted once."""
    members = list(_members(day).queryset.filter(agglomeration=agglomeration))  # type: ignore[union-attr]  # made above
    held: dict[int, list[Status]] = {}
    for standing in standings_on(day, [member.organisation_id for member in members]):
        if standing.phase == Phase.IN_FORCE:
            held.setdefault(standing.organisation_id, []).append(standing.status)
    places = [Place(member, held.get(member.organisation_id, [])) for member in members]
    return Roll(places, sum(bool(place.statuses) for place in places))


def pilots_visible_to(person: Any) -> QuerySet[PilotMark]:
    """Return the pilot marks that a person may see: organisers and their methodists all, a coordinator their own."""
    every = PilotMark.objects.select_related("organisation__municipality", "set_by").order_by(
        "organisation__short_name", "pk"
    )
    if is_registry_keeper(person) or helps_everybody(person):
        return every
    return every.filter(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))


def schools_to_mark(person: Any) -> QuerySet[Organisation]:
    """Return the schools that a person may mark as pilot ones."""
    schools = Organisation.objects.filter(is_active=True, kind=OrganisationKind.SCHOOL)
    schools = schools.exclude(pilot_marks__in=PilotMark.objects.filter(until=None))
    if not (is_registry_keeper(person) or helps_everybody(person)):
        schools = schools.filter(municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    return schools.order_by("short_name", "pk")

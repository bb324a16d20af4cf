"""Reads of who accompanies which site, what was advised, what somebody is asked to do."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from innoset.accounts.models import User
from innoset.network.models import Accompaniment, Consultation, Errand, Organisation, Status
from innoset.network.queries.organisations import is_registry_keeper
from innoset.network.queries.people import (
    holds,
    live_memberships,
    memberships_of,
    municipality_ids_of,
    organisation_ids_of,
)
from innoset.network.queries.statuses import public_statuses
from innoset.network.states import OrganisationKind, Part, Role

_STAFF = (Role.HEAD, Role.EDITOR)
# A centre's curator is whoever works in the methodical service of a municipality, in any role.
_CENTRES = (OrganisationKind.METHOD_CENTRE, OrganisationKind.METHOD_SERVICE)
_ROLE_OF_PART = {
    Part.METHODIST: Role.METHODIST,
    Part.TUTOR: Role.TUTOR,
    Part.SCIENTIFIC_CURATOR: Role.CURATOR,
}


def in_force_on(day: date) -> Q:
    """Say which accompaniments (or seats in a group) are in force on a day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def companions_of(status: Status, on: date) -> QuerySet[Accompaniment]:
    """Return who accompanies a site on a day: the methodist first, then tutors and curators."""
    found = Accompaniment.objects.filter(in_force_on(on), status=status).select_related("person", "status")
    parts = Case(*(When(part=part, then=Value(place)) for place, part in enumerate(Part)), default=Value(9))
    return found.order_by(parts, "person__last_name", "pk")


def accompanied_by(person: Any, *parts: Part) -> QuerySet[Status]:
    """Return the sites that a person accompanies now (in these parts; in any if none is named)."""
    return public_statuses().filter(pk__in=_live_of(person, parts).values("status"))


def is_companion(person: Any, status: Status | None, *parts: Part) -> bool:
    """Tell whether a person accompanies a site now."""
    if status is None or person.pk is None:
        return False
    return _live_of(person, parts).filter(status=status).exists()


def parts_open_to(person: Any) -> frozenset[Part]:
    """Return the parts that a person's live memberships allow: whoever left keeps no rights to a site."""
    found = {part for part, role in _ROLE_OF_PART.items() if holds(person, role)}
    if any(one.organisation.kind in _CENTRES for one in memberships_of(person)):
        found.add(Part.CENTRE_CURATOR)
    return frozenset(found)


def _live_of(person: Any, parts: Collection[Part]) -> QuerySet[Accompaniment]:
    held = parts_open_to(person)
    chosen = held & set(parts) if parts else held
    return Accompaniment.objects.filter(person=person.pk, until=None, part__in=chosen)


def accompaniments_visible_to(person: Any) -> QuerySet[Accompaniment]:
    """Return who accompanies whom, as far as the person has to do with the site."""
    every = Accompaniment.objects.select_related(
        "person", "status__kind", "status__organisation__municipality"
    )
    if is_registry_keeper(person):
        return every
    mine = Q(person=person.pk) | Q(status__in=accompanied_by(person).values("pk"))
    return every.filter(mine | _near(person, "status__organisation"))


def consultations_visible_to(person: Any) -> QuerySet[Consultation]:
    """Return the consultations that a person gave, got, coordinates, or that were given on their sites."""
    every = Consultation.objects.select_related("organisation__municipality", "status__kind", "given_by")
    if is_registry_keeper(person):
        return every
    mine = Q(given_by=person.pk) | Q(status__in=accompanied_by(person).values("pk"))
    return every.filter(mine | _near(person, "organisation"))


def errands_of(person: Any) -> QuerySet[Errand]:
    """Return what a person is asked to do and has not done yet, the most urgent first."""
    return _errands().filter(assignee=person.pk, done_at=None, dropped_at=None)


def errands_visible_to(person: Any) -> QuerySet[Errand]:
    """Return the errands that a person has, gave, or coordinates by the place of their organisation."""
    if is_registry_keeper(person):
        return _errands()
    mine = Q(assignee=person.pk) | Q(made_by=person.pk)
    places = municipality_ids_of(person, Role.COORDINATOR)
    return _errands().filter(mine | Q(organisation__municipality__in=places))


def people_for_part(part: Part, *, municipality: int | None = None) -> QuerySet[User]:
    """Return who may accompany a site in a part: by role, a centre's curator by place of work."""
    found = live_memberships()
    if part is Part.CENTRE_CURATOR:
        found = found.filter(organisation__kind__in=_CENTRES)
    else:
        found = found.filter(role=_ROLE_OF_PART[part])
    if municipality is not None and part is not Part.SCIENTIFIC_CURATOR:
        found = found.filter(organisation__municipality=municipality)
    return User.objects.filter(pk__in=found.values("person"), is_active=True)


def people_to_ask(person: Any) -> QuerySet[User]:
    """Return whom a person may give an errand: a keeper anybody, others the people near them."""
    found = live_memberships()
    if not is_registry_keeper(person):
        places = Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
        sites = accompanied_by(person).values("organisation")
        own = Q(organisation__in=organisation_ids_of(person, Role.HEAD))
        staff = Q(organisation__in=sites, role__in=_STAFF)
        found = found.filter(places | staff | own | Q(person=person.pk))
    return User.objects.filter(pk__in=found.values("person"), is_active=True)


def organisations_advised_by(person: Any) -> QuerySet[Organisation]:
    """Return the organisations on which a person may write a consultation down."""
    every = Organisation.objects.filter(is_active=True)
    if is_registry_keeper(person):
        return every
    sites = Q(pk__in=accompanied_by(person).values("organisation"))
    return every.filter(sites | Q(municipality__in=municipality_ids_of(person, Role.COORDINATOR)))


def _errands() -> QuerySet[Errand]:
    return Errand.objects.select_related("assignee", "made_by", "organisation", "status__kind")


def _near(person: Any, path: str) -> Q:
    staff = Q(**{f"{path}__in": organisation_ids_of(person, *_STAFF)})
    places = municipality_ids_of(person, Role.COORDINATOR)
    return staff | Q(**{f"{path}__municipality__in": places})

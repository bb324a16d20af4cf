"""Reads of municipalities as places of work: whose cabinet is whose, who answers for a municipality."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from innoset.accounts.models import User
from innoset.network.models import Membership, Municipality
from innoset.network.queries.organisations import organisations_visible_to, sees_all
from innoset.network.queries.people import live_memberships, municipality_ids_of
from innoset.network.states import Role

KEEPERS = (Role.COORDINATOR, Role.METHODIST)
"""Whose work is a municipality's cabinet."""


def places_of(person: Any) -> QuerySet[Municipality]:
    """Return the municipalities whose cabinet is the person's own."""
    return Municipality.objects.filter(pk__in=municipality_ids_of(person, *KEEPERS)).order_by("name", "pk")


def places_visible_to(person: Any) -> QuerySet[Municipality]:
    """Return the municipalities whose cabinet a person may look into: own ones, or all for who sees the network."""
    if sees_all(person):
        return Municipality.objects.order_by("name", "pk")
    return places_of(person)


def members_visible_to(person: Any) -> QuerySet[Membership]:
    """Return who works where in the organisations whose cards a person may open."""
    found = live_memberships().filter(organisation__in=organisations_visible_to(person).values("pk"))
    return found.select_related("person").order_by("organisation__short_name", "person__last_name", "pk")


def coordinators_by_place(places: Collection[int]) -> dict[int, list[User]]:
    """Return who answers for each of the municipalities, in one query."""
    live = live_memberships().filter(
        role=Role.COORDINATOR, organisation__municipality__in=places, person__is_active=True
    )
    found: dict[int, list[User]] = {}
    for one in live.select_related("person").order_by("pk"):
        people = found.setdefault(one.organisation.municipality_id, [])
        if one.person not in people:
            people.append(one.person)
    return found

"""Reads of working groups."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from innoset.network.models import WorkingGroup, WorkingGroupMember
from innoset.network.queries.organisations import is_registry_keeper
from innoset.network.queries.people import municipality_ids_of
from innoset.network.states import Role


def groups_visible_to(person: Any) -> QuerySet[WorkingGroup]:
    """Return the groups that a person keeps or is in, those that work first."""
    every = WorkingGroup.objects.select_related("organisation__municipality").annotate(
        people=Count("members", filter=Q(members__until=None))
    )
    ordered = every.order_by(F("until").desc(nulls_first=True), "title", "pk")
    if is_registry_keeper(person):
        return ordered
    mine = WorkingGroupMember.objects.filter(person=person.pk, until=None).values("group")
    places = municipality_ids_of(person, Role.COORDINATOR)
    return ordered.filter(Q(organisation__municipality__in=places) | Q(pk__in=mine))


def members_in(group: WorkingGroup) -> QuerySet[WorkingGroupMember]:
    """Return who is in a group now, its leader first."""
    found = group.members.filter(until=None).select_related("person")
    return found.order_by("-is_leader", "person__last_name", "pk")

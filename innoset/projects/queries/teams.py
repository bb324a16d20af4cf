"""Reads of who works on a project and who joins it from elsewhere."""

from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from innoset.accounts.models import User
from innoset.network.models import Organisation
from innoset.network.queries import (
    is_registry_keeper,
    live_memberships,
    municipality_ids_of,
    organisation_ids_of,
)
from innoset.network.queries.accompaniment import accompanied_by
from innoset.network.states import Role
from innoset.projects.models import Partnership, Project, TeamMember
from innoset.projects.pure.teams import Named, team_in
from innoset.projects.queries.passports import form_of, values_of
from innoset.projects.states import PartnershipState, TeamPart

_STAFF = (Role.HEAD, Role.EDITOR)
_LIVE = (PartnershipState.INVITED, PartnershipState.ACCEPTED)


def team_of(project: Project, *, every: bool = False) -> QuerySet[TeamMember]:
    """Return who works on a project now (with those who have left, if wanted): supervisor and leader first."""
    found = project.team.all() if every else project.team.filter(until=None)
    parts = (When(part=part, then=Value(place)) for place, part in enumerate(TeamPart))
    return found.select_related("person").order_by(Case(*parts, default=Value(9)), "name", "pk")


def partners_of(project: Project) -> QuerySet[Partnership]:
    """Return the organisations that a project works with or has asked, the newest first."""
    found = project.partnerships.filter(state__in=_LIVE)
    return found.select_related("organisation__municipality").order_by("-state", "-pk")


def proposed_team(project: Project) -> list[tuple[Named, TeamPart]]:
    """Return the people of the passport who are not in the team yet, and the part of each."""
    passport = getattr(project, "passport", None)
    if passport is None:
        return []
    there = set(team_of(project).values_list("name", "part"))
    named = [
        (one, TeamPart.AUTHOR if one.is_author else TeamPart.SUPERVISOR)
        for one in team_in(form_of(passport), values_of(passport))
    ]
    return [(one, part) for one, part in named if (one.name, part) not in there]


def staff_by_name(organisation: Organisation) -> dict[str, User]:
    """Return the people of an organisation by their full names; namesakes are left out."""
    found: dict[str, list[User]] = {}
    for one in live_memberships().filter(organisation=organisation).select_related("person"):
        if one.person not in found.setdefault(one.person.full_name, []):
            found[one.person.full_name].append(one.person)
    return {name: people[0] for name, people in found.items() if len(people) == 1}


def partnerships_visible_to(person: Any) -> QuerySet[Partnership]:
    """Return the partnerships of either side's staff, coordinator or companion of the site."""
    every = Partnership.objects.select_related(
        "project__organisation__municipality", "organisation__municipality"
    )
    if is_registry_keeper(person):
        return every
    mine = Q(project__status__in=accompanied_by(person).values("pk"))
    for side in ("organisation", "project__organisation"):
        mine |= Q(**{f"{side}__in": organisation_ids_of(person, *_STAFF)})
        mine |= Q(**{f"{side}__municipality__in": municipality_ids_of(person, Role.COORDINATOR)})
    return every.filter(mine)


def partnerships_waiting_for(person: Any) -> QuerySet[Partnership]:
    """Return the invitations that a person may answer, the oldest first."""
    mine = Q(organisation__in=organisation_ids_of(person, *_STAFF))
    places = Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    waiting = Partnership.objects.filter(mine | places, state=PartnershipState.INVITED)
    return waiting.select_related("project__organisation", "organisation").order_by("invited_at", "pk")


def possible_partners(project: Project) -> QuerySet[Organisation]:
    """Return whom a project may ask: organisations of the network but its own and those asked already."""
    asked = project.partnerships.filter(state__in=_LIVE).values("organisation")
    every = Organisation.objects.filter(is_active=True, is_verified=True).select_related("municipality")
    return every.exclude(pk=project.organisation_id).exclude(pk__in=asked)


def sides_of(partnership: Partnership, *, of_partner: bool) -> list[User]:
    """Return the head and the staff of one side; for the partner also the coordinator of its municipality."""
    live = live_memberships().filter(person__is_active=True).select_related("person")
    side = partnership.organisation if of_partner else partnership.project.organisation
    wanted = Q(organisation=side, role__in=_STAFF)
    if of_partner:
        wanted |= Q(organisation__municipality=side.municipality_id, role=Role.COORDINATOR)
    return list(dict.fromkeys(one.person for one in live.filter(wanted)))

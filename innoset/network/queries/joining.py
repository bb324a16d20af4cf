"""Reads of invitations and registrations."""

import hashlib
from typing import Any

from django.db.models import QuerySet

from innoset.accounts.models import User
from innoset.network.models import Invitation, Municipality, Registration
from innoset.network.queries.organisations import is_registry_keeper, organisations_editable_by
from innoset.network.queries.people import live_memberships, municipality_ids_of
from innoset.network.states import RegistrationState, Role


def registrations_visible_to(person: Any) -> QuerySet[Registration]:
    """Return the requests to join that a person may decide on."""
    every = Registration.objects.select_related("municipality", "applicant", "organisation")
    if is_registry_keeper(person):
        return every
    return every.filter(municipality__in=municipality_ids_of(person, Role.COORDINATOR))


def waiting_registrations_for(person: Any) -> QuerySet[Registration]:
    """Return the requests that wait for a person's decision."""
    return registrations_visible_to(person).filter(state=RegistrationState.NEW)


def stewards_of(municipality: Municipality) -> list[User]:
    """Return who decides on requests from a municipality: its coordinators, or else the organisers."""
    memberships = live_memberships().select_related("person").filter(person__is_active=True)
    local = memberships.filter(role=Role.COORDINATOR, organisation__municipality=municipality)
    chosen = list(local) or list(memberships.filter(role=Role.ORGANISER))
    return list(dict.fromkeys(membership.person for membership in chosen))


def invitations_visible_to(person: Any) -> QuerySet[Invitation]:
    """Return the invitations into organisations that a person may change."""
    every = Invitation.objects.select_related("organisation__municipality", "invited_by", "accepted_by")
    return every.filter(organisation__in=organisations_editable_by(person).values("pk"))


def invitation_by_token(token: str) -> Invitation | None:
    """Return the invitation that a link leads to."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    every = Invitation.objects.select_related("organisation__municipality", "invited_by")
    return every.filter(token_hash=digest).first()

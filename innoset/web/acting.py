"""In which of their roles a person acts now.

Rights come from all memberships together; the acting one only chooses the home, the navigation
and the organisation for which new things are made.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from innoset.network.models import Membership
from innoset.network.queries import memberships_of
from innoset.network.states import Role

KEY = "acting_membership"

_DOORS = {
    Role.HEAD: "cabinet:home",
    Role.EDITOR: "cabinet:home",
    Role.TUTOR: "cabinet:home",
    Role.EXPERT: "desk:home",
    Role.OBSERVER: "desk:home",
    Role.COORDINATOR: "office:place",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One role that a person can act in."""

    pk: int
    role: str
    organisation: str
    current: bool


def membership_of(request: HttpRequest) -> Membership | None:
    """Return the membership that the person acts by: the chosen one while it lives, else the first."""
    memberships = memberships_of(request.user)
    chosen = request.session.get(KEY)
    return next((m for m in memberships if m.pk == chosen), memberships[0] if memberships else None)


def choices_of(request: HttpRequest) -> list[Choice]:
    """Return every role that the person can switch to."""
    acting = membership_of(request)
    return [
        Choice(m.pk, m.get_role_display(), m.organisation.short_name, m == acting)
        for m in memberships_of(request.user)
    ]


def switch(request: HttpRequest, membership: Membership) -> None:
    """Act by this membership from now on."""
    request.session[KEY] = membership.pk


def home_of(membership: Membership | None) -> str:
    """Return the address of the first page for a role."""
    role = Role(membership.role) if membership is not None else Role.EDITOR
    return reverse(_DOORS.get(role, "office:home"))

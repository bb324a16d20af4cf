"""What the worker does to statuses by itself: reminding of the end, ending pauses that had a last day."""

from datetime import datetime, time

from innoset.accounts.models import User
from innoset.foundation.jobs.actions import claim
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import MOSCOW, counted
from innoset.network import notices
from innoset.network.actions.facts import day_of, settle
from innoset.network.models import Accompaniment, Status
from innoset.network.queries import live_memberships
from innoset.network.states import Role

REMIND_AT = (7, 30, 90)
"""How many days before the last one a reminder is written, once each."""


def remind_of_end(status: Status, *, at: datetime) -> bool:
    """Write that a term ends soon, once a threshold and an end; tell whether it was written now."""
    left = (status.ends_on - day_of(at)).days
    threshold = next((days for days in REMIND_AT if left <= days), None)
    if left < 0 or threshold is None:
        return False
    last_day = datetime.combine(status.ends_on, time(), tzinfo=MOSCOW)
    if not claim(f"status ends:{status.pk}:{threshold}", due_at=last_day, at=at):
        return False
    announce(
        notices.STATUS_ENDS_SOON,
        to=_whom(status),
        at=at,
        about=f"status:{status.pk}:ends:{status.ends_on}:{threshold}",
        url=f"/office/statuses/{status.number}/",
        facts={
            "kind": status.kind.title,
            "organisation": status.organisation.short_name,
            "theme": status.theme,
            "ends": f"{status.ends_on:%d.%m.%Y}",
            "left": counted(left, "день", "дня", "дней"),
        },
    )
    return True


def wake(status: Status, *, at: datetime) -> bool:
    """Let today's columns follow a pause whose last day has passed; tell whether anything changed."""
    before = status.state
    settle(status, list(status.events.order_by("on", "pk")), today=day_of(at))
    return status.state != before


def _whom(status: Status) -> list[User]:
    memberships = live_memberships().filter(person__is_active=True).select_related("person")
    staff = memberships.filter(organisation=status.organisation_id, role__in=[Role.HEAD, Role.EDITOR])
    place = status.organisation.municipality_id
    coordinators = memberships.filter(organisation__municipality=place, role=Role.COORDINATOR)
    with_it = Accompaniment.objects.filter(status=status, until=None, person__is_active=True)
    return [
        one.person
        for many in (staff, coordinators, with_it)
        for one in many.select_related("person").order_by("pk")
    ]

"""Reads of the council's meetings outside contests."""

from typing import Any

from django.db.models import Q, QuerySet

from innoset.accounts.models import User
from innoset.contests.models import Council, Meeting, MeetingItem, Seat
from innoset.contests.queries.council import quorum_of, seats_of
from innoset.network.queries import live_memberships, municipality_ids_of, organisation_ids_of
from innoset.network.states import Role

# Who may be asked to do what the council has resolved, besides its members and the organisation itself.
_ASKED = (Role.COORDINATOR, Role.METHODIST, Role.TUTOR, Role.CURATOR, Role.ORGANISER)
_STAFF = (Role.HEAD, Role.EDITOR)
_LEADERS = (Seat.Part.CHAIR, Seat.Part.SECRETARY)


def meetings_visible_to(person: Any) -> QuerySet[Meeting]:
    """Return the meetings of the councils that a person keeps, sits in or whose orders the person confirms."""
    every = Meeting.objects.select_related("council__organisation__municipality", "minutes")
    if person.is_superuser:
        return every
    sat_on = Seat.objects.filter(person=person, is_active=True).values("council")
    return every.filter(
        Q(council__organisation__in=organisation_ids_of(person, Role.ORGANISER))
        | Q(council__organisation__municipality__in=municipality_ids_of(person, Role.APPROVER))
        | Q(council__in=sat_on)
    )


def leads_council(person: Any, council: int) -> bool:
    """Tell whether a person is the chair or the secretary of a council."""
    seats = Seat.objects.filter(council=council, person=person.pk, is_active=True)
    return seats.filter(part__in=_LEADERS).exists()


def councils_led_by(person: Any) -> QuerySet[Council]:
    """Return the councils whose meetings a person may call."""
    every = Council.objects.filter(is_active=True).select_related("organisation")
    if person.is_superuser:
        return every
    led = Seat.objects.filter(person=person, is_active=True, part__in=_LEADERS).values("council")
    kept = Q(organisation__in=organisation_ids_of(person, Role.ORGANISER))
    return every.filter(kept | Q(pk__in=led))


def agenda_of(meeting: Meeting) -> QuerySet[MeetingItem]:
    """Return the questions in their order."""
    return meeting.items.select_related("organisation", "errand__assignee").order_by("position", "pk")


def present_at(meeting: Meeting) -> list[Seat]:
    """Return the seats of those who are at the meeting."""
    return list(seats_of(meeting.council).filter(person__in=meeting.present.values("pk")))


def has_quorum(meeting: Meeting) -> bool:
    """Tell whether enough members are at the meeting."""
    return len(present_at(meeting)) >= quorum_of(meeting.council)


def unresolved_in(meeting: Meeting) -> list[int]:
    """Return the places of the questions on which nothing is resolved yet."""
    return list(agenda_of(meeting).filter(resolved="").values_list("position", flat=True))


def people_for_item(item: MeetingItem) -> QuerySet[User]:
    """Return who may be given an errand: members, those who keep the network, the people of the organisation."""
    roles = Q(role__in=_ASKED) | Q(role__in=_STAFF, organisation=item.organisation_id)
    asked = live_memberships().filter(roles).values("person")
    seats = Seat.objects.filter(council=item.meeting.council_id, is_active=True).values("person")
    return User.objects.filter(Q(pk__in=asked) | Q(pk__in=seats), is_active=True)

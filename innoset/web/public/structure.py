"""How the network is governed: its bodies, and how many do what in them.

Nobody in it agreed to be named to everybody, so names and posts are for those who see the whole network.
"""

from collections import Counter
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.contests.models import Council, Seat
from innoset.foundation.russian import counted, moscow
from innoset.network import queries
from innoset.network.models import Membership, Organisation, WorkingGroup
from innoset.network.queries.organisations import sees_all
from innoset.network.states import OrganisationKind, Role
from innoset.web.ui.arrival import arrived_at

_CENTRAL = (OrganisationKind.INSTITUTE, OrganisationKind.METHOD_CENTRE)
_PARTS = (Role.CURATOR, Role.ORGANISER, Role.METHODIST, Role.TUTOR)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of a body: the name, the post, the part."""

    name: str
    part: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the network with its people."""

    title: str
    about: str
    people: tuple[Someone, ...]
    number: str = ""


def bodies_of(kind: OrganisationKind) -> list[Body]:
    """Return the organisations of a kind with those who curate, organise and advise there."""
    found = Organisation.objects.filter(kind=kind, is_active=True).order_by("short_name", "pk")
    people = _people(found, _PARTS)
    return [Body(one.short_name, one.name, tuple(people.get(one.pk, ())), number=one.number) for one in found]


def services() -> list[Body]:
    """Return the municipalities' services with their coordinators."""
    kinds = (OrganisationKind.METHOD_SERVICE,)
    found = Organisation.objects.filter(kind__in=kinds, is_active=True).select_related("municipality")
    ordered = list(found.order_by("municipality__name", "pk"))
    people = _people(found, (Role.COORDINATOR,))
    return [
        Body(one.municipality.name, one.short_name, tuple(people.get(one.pk, ())), number=one.number)
        for one in ordered
    ]


def _people(places: QuerySet[Organisation], roles: tuple[Role, ...]) -> dict[int, list[Someone]]:
    live = queries.live_memberships().filter(organisation__in=places.order_by().values("pk"), role__in=roles)
    order = {role: place for place, role in enumerate(roles)}
    found: dict[int, list[Someone]] = {}
    rows = live.filter(person__is_active=True).select_related("person").order_by("person__last_name", "pk")
    memberships: dict[tuple[int, int], list[Membership]] = {}
    for one in sorted(rows, key=lambda row: order[Role(row.role)]):
        memberships.setdefault((one.organisation_id, one.person_id), []).append(one)
    for (organisation, _), ones in memberships.items():
        found.setdefault(organisation, []).append(_someone(ones))
    return found


def _someone(ones: list[Membership]) -> Someone:
    """Say once what a person is in a body, in however many parts."""
    first = ones[0]
    parts = [first.get_role_display(), *(one.get_role_display().lower() for one in ones[1:])]
    note = next((one.direction for one in ones if one.direction), first.person.position)
    return Someone(first.person.full_name, ", ".join(parts), note)


def councils() -> list[Body]:
    """Return the councils with their seats."""
    found = Council.objects.filter(is_active=True).select_related("organisation").order_by("title", "pk")
    seats: dict[int, list[Someone]] = {}
    rows = Seat.objects.filter(council__in=found.order_by().values("pk"), is_active=True)
    for seat in rows.select_related("person").order_by("part", "person__last_name", "pk"):
        someone = Someone(seat.person.full_name, seat.get_part_display(), seat.person.position)
        seats.setdefault(seat.council_id, []).append(someone)
    return [Body(one.title, one.organisation.short_name, tuple(seats.get(one.pk, ()))) for one in found]


def groups() -> list[Body]:
    """Return the working groups that work now, with their members."""
    found = (
        WorkingGroup.objects.filter(until=None).prefetch_related("members__person").order_by("title", "pk")
    )
    return [
        Body(
            one.title,
            one.purpose,
            tuple(
                Someone(
                    member.person.full_name,
                    "Руководитель" if member.is_leader else "Участник",
                    member.person.position,
                )
                for member in one.members.all()
                if member.until is None
            ),
        )
        for one in found
    ]


def _unnamed(body: Body) -> Body:
    """Return the body with the number of people in each part in place of their names."""
    counts = Counter(one.part for one in body.people)
    people = tuple(
        Someone(part, counted(many, "человек", "человека", "человек")) for part, many in counts.items()
    )
    return replace(body, people=people)


@login_not_required
@require_safe
def structure(request: HttpRequest) -> HttpResponse:
    """Show the bodies of the network from the institute down to the working groups."""
    floors = [
        ("Институт развития образования", "Научное кураторство краевых площадок", bodies_of(_CENTRAL[0])),
        (
            "Методические центры",
            "Ведут сеть: методисты, тьюторы, организаторы конкурсов",
            bodies_of(_CENTRAL[1]),
        ),
        ("Координационный совет", "Решает по итогам конкурсов и по вопросам работы сети", councils()),
        ("Территориальные методические службы", "Ведут площадки своих муниципалитетов", services()),
        ("Рабочие группы", "Собираются ради одной задачи", groups()),
    ]
    if not sees_all(request.user):
        floors = [(title, about, [_unnamed(one) for one in bodies]) for title, about, bodies in floors]
    today = moscow(arrived_at(request)).date()
    return render(request, "public/structure.html", {"floors": floors, "today": today})


routes = [path("structure/", structure, name="structure")]

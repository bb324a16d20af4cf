"""Two municipalities, a site in each, and the people round them."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from innoset.accounts.models import User
from innoset.network.models import Accompaniment, Organisation, Status
from innoset.network.states import OrganisationKind, Part, Role
from tests import world

TODAY = date(2026, 11, 21)
"""The day of `world.AT` in Moscow."""
_numbers = count(1)


@dataclass
class Scene:
    """Who there is: «here» is one municipality, «there» another."""

    centre: Organisation
    keeper: User
    here: Organisation
    there: Organisation
    site: Status
    far_site: Status
    coordinator: User
    far_coordinator: User
    methodist: User
    tutor: User
    curator: User
    head: User


def status_of(organisation: Organisation, **fields: Any) -> Status:
    """Give an organisation a status that is in force at `world.AT` and long after: pages ask the clock."""
    given = {
        "number": f"test-mip-2026-{next(_numbers):03d}",
        "kind": world.status_kind(),
        "theme": "Школа наставников",
        "order": fields.pop("order", None) or world.order(),
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2099, 12, 31),
        "created_at": world.AT,
    }
    return Status.objects.create(organisation=organisation, **{**given, **fields})


def scene() -> Scene:
    """Make both municipalities."""
    centre = world.organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)
    service = world.organisation("ТМС", kind=OrganisationKind.METHOD_SERVICE)
    far_service = world.organisation("ТМС дальняя", kind=OrganisationKind.METHOD_SERVICE)
    here = world.organisation("МБОУ СОШ № 7", municipality=service.municipality)
    there = world.organisation("МБОУ СОШ № 9", municipality=far_service.municipality)
    institute = world.organisation("Институт", kind=OrganisationKind.INSTITUTE)
    return Scene(
        centre=centre,
        keeper=world.member(centre, Role.ORGANISER, "Левина Ольга Павловна"),
        here=here,
        there=there,
        site=status_of(here),
        far_site=status_of(there),
        coordinator=world.member(service, Role.COORDINATOR, "Полевая Анна Игоревна"),
        far_coordinator=world.member(far_service, Role.COORDINATOR, "Озерова Зоя Львовна"),
        methodist=world.member(service, Role.METHODIST, "Родникова Ирина Юрьевна"),
        tutor=world.member(service, Role.TUTOR, "Рощин Павел Ильич"),
        curator=world.member(institute, Role.CURATOR, "Горский Антон Ильич"),
        head=world.member(here, Role.HEAD, "Берёзкина Ольга Ильинична"),
    )


def companion(person: User, status: Status, part: Part = Part.METHODIST, **fields: Any) -> Accompaniment:
    """Let a person accompany a site, as a row."""
    return Accompaniment.objects.create(
        person=person, status=status, part=part, **{"since": date(2026, 3, 1), **fields}
    )

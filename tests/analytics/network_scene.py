"""A small network with everything that ties: written as rows, the same for queries and pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from innoset.accounts.models import User
from innoset.network.models import (
    Accompaniment,
    Agreement,
    Dissemination,
    Mentorship,
    Municipality,
    Organisation,
    Status,
    StatusEvent,
    StatusKind,
)
from innoset.network.states import DisseminationKind, FactKind, OrganisationKind, Part, Role
from tests import world

DAY = date(2026, 11, 21)
BEGIN = date(2025, 3, 1)


@dataclass
class Scene:
    """Who there is."""

    city: Municipality
    away: Municipality
    institute: Organisation
    centre: Organisation
    service: Organisation
    leader: Organisation
    site: Organisation
    lonely: Organisation
    guest: Organisation
    methodist: User
    leading: Status
    led: Status


def held(where: Organisation, code: str, since: date = BEGIN, until: date = date(2028, 12, 31)) -> Status:
    """Give a status with the fact that grants it."""
    kind = StatusKind.objects.get(code=code)
    status = Status.objects.create(
        organisation=where,
        kind=kind,
        theme="Школа наставников",
        order=world.order(),
        starts_on=since,
        ends_on=until,
        created_at=world.AT,
    )
    fact(status, FactKind.GRANTED, since, holder=where, ends_on=until)
    return status


def fact(status: Status, kind: FactKind, on: date, **more: Any) -> StatusEvent:
    """Write a line of a ledger."""
    return StatusEvent.objects.create(status=status, kind=kind, on=on, event="Запись", **more)


def agreed(left: Organisation, right: Organisation, number: str = "7-С", **more: Any) -> Agreement:
    """Sign an agreement."""
    given = {"signed_on": BEGIN, "municipality": right.municipality}
    return Agreement.objects.create(number=number, organisation=left, partner=right, **{**given, **more})


def joint(
    where: Organisation, *partners: Organisation, places: tuple[Municipality, ...] = (), **more: Any
) -> Dissemination:
    """Record an event that was held together."""
    given = {
        "kind": DisseminationKind.SEMINAR,
        "title": "Семинар наставников",
        "on": date(2026, 4, 5),
        "recorded_at": world.AT,
        "confirmed_at": world.AT,
    }
    made = Dissemination.objects.create(organisation=where, **{**given, **more})
    made.partners.set(partners)
    made.municipalities.set(places)
    return made


def accompanied(person: User, status: Status, part: Part = Part.METHODIST, **more: Any) -> Accompaniment:
    """Let a person accompany a site."""
    return Accompaniment.objects.create(person=person, status=status, part=part, **{"since": BEGIN, **more})


def build() -> Scene:
    """Build the network: two municipalities, seven organisations, four ties."""
    city = Municipality.objects.get(name="город Краснодар")
    away = Municipality.objects.get(name="Крымский район")
    add = world.organisation
    centre = add("Центр", number="С-1", kind=OrganisationKind.METHOD_CENTRE, municipality=city)
    institute = add("Институт", number="С-2", kind=OrganisationKind.INSTITUTE, municipality=city)
    service = add("Служба", number="С-3", kind=OrganisationKind.METHOD_SERVICE, municipality=away)
    leader = add("Школа 4", number="С-4", municipality=city)
    site = add("Школа 5", number="С-5", municipality=away)
    lonely = add("Школа 6", number="С-6", municipality=city)
    guest = add("Сад 7", number="С-7", kind=OrganisationKind.KINDERGARTEN, municipality=away)
    add("Школа 8", number="С-8", municipality=away)
    methodist = world.person("Берёзкина Ольга Викторовна")
    since = datetime.combine(BEGIN, world.AT.timetz()) - timedelta(days=60)
    world.membership(methodist, centre, Role.METHODIST, since=since)
    leading, led = held(leader, "msip"), held(site, "mip")
    held(lonely, "kip")
    agreed(centre, service)
    Mentorship.objects.create(mentor=leading, site=led, since=BEGIN)
    accompanied(methodist, leading)
    joint(leader, guest)
    return Scene(city, away, institute, centre, service, leader, site, lonely, guest, methodist, leading, led)

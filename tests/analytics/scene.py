"""A small network of two municipalities for figures: a keeper, coordinators, a school with a site."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from innoset.accounts.models import User
from innoset.analytics.models import Indicator, Measurement
from innoset.analytics.states import Scope, Source
from innoset.network.actions.facts import write_fact
from innoset.network.models import Dissemination, Municipality, Organisation, Status
from innoset.network.states import DisseminationKind, FactKind, OrganisationKind, Role
from tests import world


@dataclass
class Scene:
    """Who is there."""

    keeper: User
    here: Municipality
    there: Municipality
    school: Organisation
    neighbour: Organisation
    head: User
    coordinator: User
    stranger: User


def made() -> Scene:
    """Two municipalities, a school in each with a site in force."""
    here, there = world.municipality("Здешний район"), world.municipality("Соседний район")
    centre = world.organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)
    services = [
        world.organisation(name, kind=OrganisationKind.METHOD_SERVICE, municipality=place)
        for name, place in (("ТМС здешняя", here), ("ТМС соседняя", there))
    ]
    school, neighbour = (
        world.organisation("СОШ № 1", municipality=here),
        world.organisation("СОШ № 2", municipality=there),
    )
    return Scene(
        keeper=world.member(centre, Role.ORGANISER),
        here=here,
        there=there,
        school=school,
        neighbour=neighbour,
        head=world.member(school, Role.HEAD),
        coordinator=world.member(services[0], Role.COORDINATOR),
        stranger=world.member(services[1], Role.COORDINATOR),
    )


def site(holder: Organisation, *, code: str = "kip", since: date = date(2025, 9, 1)) -> Status:
    """Give an organisation a status in force."""
    kind = world.status_kind(code)
    order = world.order()
    until = date(since.year + 3, 8, 31)
    status = Status.objects.create(
        number=f"{code}-{since.year}-{holder.pk:03d}",
        organisation=holder,
        kind=kind,
        theme="Школа наставников",
        order=order,
        starts_on=since,
        ends_on=until,
        created_at=world.AT,
    )
    write_fact(
        status,
        FactKind.GRANTED,
        on=since,
        note="",
        by=world.person(),
        at=world.AT,
        holder=holder,
        ends_on=until,
    )
    return status


def shared(holder: Organisation, on: date, people: int | None = 20, **fields: Any) -> Dissemination:
    """Write down an act of sharing."""
    given = {"kind": DisseminationKind.SEMINAR, "title": f"Семинар {on:%d.%m.%Y}"}
    return Dissemination.objects.create(
        organisation=holder, on=on, people=people, recorded_at=world.AT, **{**given, **fields}
    )


def entered(code: str = "own-visits", **fields: Any) -> Indicator:
    """Make an indicator whose values are entered."""
    given = {
        "title": f"Показатель {code}",
        "definition": "Сколько было.",
        "unit": "визит,визита,визитов",
        "scope": Scope.MUNICIPALITY,
        "source": Source.ENTERED,
        "is_public": False,
        "position": 900,
    }
    return Indicator.objects.create(code=code, **{**given, **fields})


def value(indicator: Indicator, number: int | None, **fields: Any) -> Measurement:
    """Return a value that nobody has written down yet."""
    given = {
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 12, 31),
        "source_note": "Отчёт",
        "value": None if number is None else Decimal(number),
    }
    return Measurement(indicator=indicator, **{**given, **fields})

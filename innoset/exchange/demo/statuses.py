"""What the demo network's statuses have lived through: pauses, extensions, endings, a renaming, a merger, ties."""

from datetime import date, datetime, timedelta
from typing import Final

from innoset.documents.models import Order
from innoset.exchange.demo.network import World, status_order
from innoset.foundation.russian import moscow
from innoset.network import actions as network
from innoset.network.actions.reminders import wake
from innoset.network.models import (
    Agglomeration,
    EndingGround,
    Mentorship,
    Organisation,
    PilotMark,
    Reorganisation,
    Status,
    StatusKind,
)
from innoset.network.queries import current_on
from innoset.network.states import OrganisationKind

LEAN: Final = "Бережливое образование"
LED_BY_ONE = 2
MENTORS = 4


def fill(world: World) -> None:
    """Fill the room of statuses; who is in force today does not change."""
    today = moscow(world.at).date()
    live = Status.objects.filter(current_on(today)).select_related("organisation", "kind", "order")
    networks = list(live.filter(kind__code="msip").order_by("pk"))
    sites = list(live.filter(kind__code="mip").order_by("pk"))
    if not networks or len(sites) < MENTORS * LED_BY_ONE:
        return
    _agglomeration(world, networks)
    _mentorships(world, networks, sites)
    _pauses(world, sites)
    _extensions(world, sites)
    _endings(world, sites)
    _renaming(world, sites[-1].organisation)
    _merger(world, [*sites, *networks])
    _pilots(world)


def _on(world: World, days: int) -> date:
    return moscow(world.ago(days)).date()


def _agglomeration(world: World, networks: list[Status]) -> None:
    by, at, since = world.people["organiser"], world.ago(200), _on(world, 200)
    theme = (
        "Как навести порядок во времени, в документах и в пространстве школы, чтобы осталось время на детей."
    )
    made = Agglomeration(title=LEAN, theme=theme, lead=world.places["centre"], since=since)
    network.make_agglomeration(made, by=by, at=at)
    for status in networks:
        network.add_member(made, organisation=status.organisation, since=since, by=by, at=at)


def _mentorships(world: World, networks: list[Status], sites: list[Status]) -> None:
    by, at, since = world.people["organiser"], world.ago(150), _on(world, 150)
    led = (site for site in sites)
    for mentor in networks[:MENTORS]:
        for _ in range(LED_BY_ONE):
            network.start_mentorship(Mentorship(mentor=mentor, site=next(led), since=since), by=by, at=at)


def _pauses(world: World, sites: list[Status]) -> None:
    """Two sites rested for a while and are back: one by a term, one by a word."""
    by = world.people["approver"]
    network.pause_status(
        sites[0],
        on=_on(world, 120),
        until=_on(world, 75),
        note="Капитальный ремонт здания",
        by=by,
        at=world.ago(120),
    )
    network.pause_status(
        sites[1], on=_on(world, 100), note="Смена руководителя проекта", by=by, at=world.ago(100)
    )
    network.resume_status(
        sites[1], on=_on(world, 60), note="Новый руководитель назначен", by=by, at=world.ago(60)
    )
    wake(sites[0], at=world.at)


def _extensions(world: World, sites: list[Status]) -> None:
    """Two sites go on for a year longer, by one order."""
    by, on = world.people["approver"], _on(world, 40)
    order = status_order(world, world.places["department"].name, "2114", on)
    for site in sites[2:4]:
        later = site.ends_on + timedelta(days=365)
        network.extend_status(site, order=order, ends_on=later, by=by, at=world.ago(30))


def _endings(world: World, sites: list[Status]) -> None:
    """Two sites had an earlier status that ended: one too early, one by mistake and was put right."""
    by = world.people["approver"]
    order = status_order(world, world.places["department"].name, "1788", _on(world, 1500))
    early = _earlier(world, sites[4].organisation, order, theme="Школьный театр как среда общения")
    ground = EndingGround.objects.get(code="no-report")
    network.terminate_status(early, ground=ground, on=_on(world, 900), by=by, at=world.ago(899))
    wrong = _earlier(world, sites[5].organisation, order, theme="Читающий класс")
    network.terminate_status(wrong, ground=ground, on=_on(world, 900), by=by, at=world.ago(899))
    line = wrong.events.get(kind="terminated")
    network.annul_fact(wrong, fact=line, note="Отчёт был сдан в срок", by=by, at=world.ago(880))
    note = "Открытое занятие и сборник представлены на бумаге"
    network.complete_status(wrong, on=wrong.ends_on, note=note, by=by, at=world.ago(300))


def _earlier(world: World, school: Organisation, order: Order, *, theme: str) -> Status:
    signed = order.signed_on or _on(world, 1500)
    at = datetime.combine(signed, world.at.timetz()) + timedelta(days=4)
    kind = StatusKind.objects.get(code="mip")
    return network.grant_status(
        school, kind=kind, theme=theme, order=order, starts_on=signed, by=world.people["approver"], at=at
    )


def _renaming(world: World, school: Organisation) -> None:
    """A school became a lyceum; papers of earlier years keep its former name."""
    renamed = Reorganisation(
        kind="renaming", on=_on(world, 90), ground="Постановление администрации от 12 августа № 418"
    )
    change = network.Change(
        before=[school],
        name=f"{school.name} (лицей)",
        short_name=f"{school.short_name} (лицей)",
    )
    network.reorganise(renamed, change=change, by=world.people["organiser"], at=world.ago(88))


def _merger(world: World, live: list[Status]) -> None:
    """A kindergarten joined a neighbour, and its status of a resource centre went with it."""
    places = {status.organisation.municipality_id: status.organisation for status in live}
    free = Organisation.objects.filter(statuses=None, memberships=None, municipality__in=places)
    small = free.filter(kind=OrganisationKind.KINDERGARTEN, is_active=True).order_by("pk").first()
    if small is None:
        return
    heir = places[small.municipality_id]
    signed = _on(world, 600)
    order = status_order(world, world.places["institute"].name, "88", signed)
    at = datetime.combine(signed, world.at.timetz()) + timedelta(days=4)
    network.grant_status(
        small,
        kind=StatusKind.objects.get(code="mrc"),
        theme="Обмен опытом дошкольных групп соседних регионов",
        order=order,
        starts_on=signed,
        by=world.people["approver"],
        at=at,
    )
    joined = Reorganisation(
        kind="accession", on=_on(world, 85), ground="Постановление администрации от 17 августа № 431"
    )
    change = network.Change(before=[small], after=[heir])
    network.reorganise(joined, change=change, by=world.people["organiser"], at=world.ago(84))


def _pilots(world: World) -> None:
    by, at, since = world.people["organiser"], world.ago(80), _on(world, 80)
    schools = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, is_active=True).order_by("pk")
    for school, results in zip(schools[:4], ("high", "low", "low", "high"), strict=True):
        mark = PilotMark(organisation=school, results=results, since=since)
        network.mark_pilot(mark, by=by, at=at)

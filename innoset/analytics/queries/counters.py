"""What the site counts itself: for each indicator the rows it counts, so that a figure is its own list."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from innoset.analytics.pure.indicators import Fact, How, Period
from innoset.analytics.queries.sources import Sources, is_in_time
from innoset.foundation.russian import MOSCOW, counted
from innoset.network.models import Dissemination, Grant, Municipality, Organisation, StatusKind
from innoset.network.states import MEETINGS, DisseminationKind
from innoset.projects.models import Report

KOPECKS: Final = 100
PEOPLE: Final = ("участник", "участника", "участников")
D = DisseminationKind


@dataclass(frozen=True, slots=True)
class Counter:
    """How an indicator is counted: which rows of a period, how they add up, who may see them one by one."""

    facts: Callable[[Sources, Period], list[Fact]]
    how: How
    # A state on the last day of the period, not a sum over it.
    is_state: bool = False
    # Shared rows everybody of the network may read; others only of the organisations they see.
    is_shared: bool = True


def _fact(title: str, holder: Organisation, *, note: str, **more: object) -> Fact:
    return Fact(
        title,
        organisation=holder.pk,
        municipality=holder.municipality_id,
        note=note,
        url=f"/organisations/{holder.number}/",
        **more,  # type: ignore[arg-type]  # the columns of a fact
    )


def _statuses(sources: Sources, period: Period, *, level: str = "", kind: str = "") -> list[Fact]:
    return [
        _fact(
            f"{one.status.kind.abbreviation}: {one.theme}",
            holder,
            note=f"{holder.short_name}, {holder.municipality}",
        )
        for one, holder in sources.sites(period.ends_on)
        if level in ("", one.status.kind.level) and kind in ("", one.kind_code)
    ]


def _agreements(sources: Sources, period: Period) -> list[Fact]:
    missing = {place.pk for place in sources.agreed(period.ends_on).missing}
    places = [place for place in sources.places(period.ends_on) if place.is_in_network]
    return [_place(one, one.pk not in missing) for one in places]


def _municipalities(sources: Sources, period: Period) -> list[Fact]:
    agreed = sources.places_agreed(period.ends_on)
    return [_place(one, one.pk in agreed) for one in sources.places(period.ends_on)]


def _place(place: Municipality, is_met: bool) -> Fact:
    note = "есть соглашение" if is_met else "нет соглашения"
    return Fact(place.name, municipality=place.pk, is_met=is_met, note=note)


def _schools(sources: Sources, period: Period) -> list[Fact]:
    sites = {holder.pk for _, holder in sources.sites(period.ends_on)}
    return [
        _fact(
            one.short_name,
            one,
            is_met=one.pk in sites,
            note=f"{one.municipality}, {'есть статус' if one.pk in sites else 'нет статуса'}",
        )
        for one in sources.schools(period.ends_on)
    ]


def _shared(sources: Sources, period: Period, *, kinds: frozenset[DisseminationKind]) -> list[Fact]:
    return [_shared_fact(one) for one in sources.shared(period) if one.kind in kinds]


def _shared_fact(one: Dissemination) -> Fact:
    people = "число участников не указано" if one.people is None else counted(one.people, *PEOPLE)
    meets = f", {people}" if one.kind in MEETINGS else ""
    note = f"{one.on:%d.%m.%Y}, {one.organisation.short_name}{meets}"
    amount = None if one.people is None else Decimal(one.people)
    return _fact(one.title, one.organisation, note=note, amount=amount)


def _reports(sources: Sources, period: Period) -> list[Fact]:
    return [
        _fact(
            f"Отчёт {one.number}",
            one.organisation,
            is_met=is_in_time(one),
            note=f"{one.organisation.short_name}, срок {one.due_on:%d.%m.%Y}, {_sent(one)}",
        )
        for one in sources.reports(period)
    ]


def _sent(report: Report) -> str:
    at = report.submitted_at
    return "не отправлен" if at is None else f"отправлен {at.astimezone(MOSCOW):%d.%m.%Y}"


def _grants(sources: Sources, period: Period) -> list[Fact]:
    return [_grant_fact(one) for one in sources.grants(period.ends_on.year)]


def _grant_fact(one: Grant) -> Fact:
    amount = None if one.amount is None else Decimal(one.amount) / KOPECKS
    unknown = ", сумма не указана" if amount is None else ""
    note = f"{one.year} год, {one.organisation.short_name}{unknown}"
    return _fact(one.programme, one.organisation, note=note, amount=amount)


def _level(level: StatusKind.Level) -> Counter:
    return Counter(partial(_statuses, level=level.value), How.HOLDERS, is_state=True)


def _of_kinds(*kinds: DisseminationKind, how: How = How.COUNT) -> Counter:
    return Counter(partial(_shared, kinds=frozenset(kinds)), how, is_shared=False)


COUNTERS: Final[dict[str, Counter]] = {
    "sites": Counter(_statuses, How.HOLDERS, is_state=True),
    "sites-municipal": _level(StatusKind.Level.MUNICIPAL),
    "sites-regional": _level(StatusKind.Level.REGIONAL),
    "sites-interregional": _level(StatusKind.Level.INTERREGIONAL),
    "sites-federal": _level(StatusKind.Level.FEDERAL),
    "kip": Counter(partial(_statuses, kind="kip"), How.COUNT, is_state=True),
    "agreements": Counter(_agreements, How.SHARE, is_state=True),
    "municipalities": Counter(_municipalities, How.SHARE, is_state=True),
    "schools": Counter(_schools, How.SHARE, is_state=True),
    "events": _of_kinds(*MEETINGS),
    "participants": _of_kinds(*MEETINGS, how=How.SUM),
    "internships": _of_kinds(D.INTERNSHIP),
    "publications": _of_kinds(D.PUBLICATION),
    "products": _of_kinds(D.PRODUCT),
    "reports-in-time": Counter(_reports, How.SHARE, is_shared=False),
    "grants": Counter(_grants, How.SUM, is_state=True),
    "grant-winners": Counter(_grants, How.HOLDERS, is_state=True),
}

"""Reads of statuses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from innoset.network.models import Organisation, Status, StatusEvent, StatusKind
from innoset.network.pure.statuses import Fact, Phase, Standing, fold
from innoset.network.queries.organisations import folded_column, organisations_visible_to
from innoset.network.states import FactKind, StatusState


def public_statuses() -> QuerySet[Status]:
    """Return every status with what a line of the register shows; those granted by mistake are none."""
    return _every_status().exclude(state=StatusState.ANNULLED)


def statuses_visible_to(person: Any) -> QuerySet[Status]:
    """Return the statuses of the organisations that a person sees in the office."""
    return _every_status().filter(organisation__in=organisations_visible_to(person).values("pk"))


def _every_status() -> QuerySet[Status]:
    return Status.objects.select_related("organisation__municipality", "kind", "order")


@dataclass(frozen=True, slots=True)
class StandingOn:
    """What a status was on a day: whose, till when, and in which phase."""

    status: Status
    organisation_id: int
    kind_code: str
    theme: str
    starts_on: date
    ends_on: date
    phase: Phase


def facts_of(events: Iterable[StatusEvent]) -> list[Fact]:
    """Turn lines of a ledger into what the reckoning takes."""
    return [
        Fact(
            event.pk,
            FactKind(event.kind),
            event.on,
            holder=event.holder_id,
            ends_on=event.ends_on,
            annuls=event.annuls_id,
        )
        for event in events
    ]


def standing_of(status: Status, day: date) -> Standing | None:
    """Say what one status was on a day."""
    return fold(facts_of(status.events.all()), on=day)


def standings_on(day: date, organisations: Collection[Organisation | int] | None = None) -> list[StandingOn]:
    """Say what every status was on a day, by the facts alone; of these holders only, if they are named.

    Whatever had begun by then is here, also what had ended: look at `phase`.
    """
    statuses = _every_status().prefetch_related("events").order_by("kind__position", "starts_on", "pk")
    holders = None if organisations is None else {_key(one) for one in organisations}
    if holders is not None:
        statuses = statuses.filter(events__holder__in=holders).distinct()
    found = ((status, standing_of(status, day)) for status in statuses)
    return [
        StandingOn(
            status,
            standing.holder,
            status.kind.code,
            status.theme,
            standing.starts_on,
            standing.ends_on,
            standing.phase,
        )
        for status, standing in found
        if standing is not None
        and standing.phase != Phase.NOT_YET
        and (holders is None or standing.holder in holders)
    ]


def _key(one: Organisation | int) -> int:
    return one if isinstance(one, int) else one.pk


def statuses_matching(statuses: QuerySet[Status], words: str) -> QuerySet[Status]:
    """Return those whose theme, organisation or municipality hold every word; ё is е, case aside."""
    for word in words.casefold().replace("ё", "е").split():
        statuses = statuses.annotate(
            folded=folded_column("theme"),
            folded_name=folded_column("organisation__short_name"),
            folded_place=folded_column("organisation__municipality__name"),
        ).filter(
            Q(folded__contains=word)
            | Q(folded_name__contains=word)
            | Q(folded_place__contains=word)
            | Q(organisation__number__contains=word)
        )
    return statuses


def current_on(day: date) -> Q:
    """Say which statuses are in force on a day: not ended, begun, and within their term."""
    return Q(state=StatusState.ACTIVE, starts_on__lte=day, ends_on__gte=day)


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many statuses of a level are in force, and how many organisations hold them."""

    level: str
    title: str
    statuses: int
    organisations: int


def level_counts(day: date) -> list[LevelCount]:
    """Count the statuses in force by level; an organisation with several is counted once a level."""
    found = Status.objects.filter(current_on(day))
    rows = (
        found.order_by()
        .values("kind__level")
        .annotate(many=Count("pk"), holders=Count("organisation", distinct=True))
    )
    by_level = {row["kind__level"]: row for row in rows}
    return [
        LevelCount(level.value, str(level.label), row["many"], row["holders"])
        for level in StatusKind.Level
        if (row := by_level.get(level.value))
    ]


def level_counts_then(standings: Iterable[StandingOn]) -> list[LevelCount]:
    """Count the statuses that were in force by level, from what is known of a day."""
    held: dict[str, list[int]] = {}
    for standing in standings:
        if standing.phase == Phase.IN_FORCE:
            held.setdefault(standing.status.kind.level, []).append(standing.organisation_id)
    return [
        LevelCount(level.value, str(level.label), len(held[level.value]), len(set(held[level.value])))
        for level in StatusKind.Level
        if level.value in held
    ]

"""Reads of statuses."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from innoset.network.models import Status, StatusKind
from innoset.network.queries.organisations import folded_column, organisations_visible_to
from innoset.network.states import StatusState


def public_statuses() -> QuerySet[Status]:
    """Return every status with what a line of the register shows."""
    return Status.objects.select_related("organisation__municipality", "kind", "order")


def statuses_visible_to(person: Any) -> QuerySet[Status]:
    """Return the statuses of the organisations that a person sees in the office."""
    return public_statuses().filter(organisation__in=organisations_visible_to(person).values("pk"))


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

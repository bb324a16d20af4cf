"""Reads of what organisations have won: grants with their sums, places and titles."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from innoset.foundation.money import won_in_words
from innoset.network.models import Achievement, Grant
from innoset.network.queries.organisations import folded_column, sees_all
from innoset.network.queries.people import municipality_ids_of, organisation_ids_of
from innoset.network.states import Role


@dataclass(frozen=True, slots=True)
class Winnings:
    """How much was won by how many; `unknown` grants have no sum and are in no total."""

    organisations: int
    kopecks: int
    grants: int
    unknown: int

    @property
    def words(self) -> str:
        """Return «7 организаций, более 60 млн ₽»."""
        return won_in_words(self.organisations, self.kopecks)


@dataclass(frozen=True, slots=True)
class WinningsOfYear:
    """The winnings of one year."""

    year: int
    won: Winnings


def listed_grants() -> QuerySet[Grant]:
    """Return every grant with what a line of a list shows."""
    return Grant.objects.select_related("organisation__municipality", "file").order_by("-year", "-id")


def listed_achievements() -> QuerySet[Achievement]:
    """Return every honour with what a line of a list shows."""
    return Achievement.objects.select_related("organisation__municipality", "file").order_by("-year", "-id")


def grants_visible_to(person: Any) -> QuerySet[Grant]:
    """Return the grants of the organisations that a person sees."""
    return listed_grants().filter(_seen_by(person))


def achievements_visible_to(person: Any) -> QuerySet[Achievement]:
    """Return the honours of the organisations that a person sees."""
    return listed_achievements().filter(_seen_by(person))


def winnings_of(grants: QuerySet[Grant]) -> Winnings:
    """Add grants up; an organisation with several counts once."""
    found = grants.order_by().aggregate(
        organisations=Count("organisation", distinct=True),
        kopecks=Sum("amount", default=0),
        grants=Count("pk"),
        unknown=Count("pk", filter=Q(amount=None)),
    )
    return Winnings(**found)


def winnings_by_year(grants: QuerySet[Grant]) -> list[WinningsOfYear]:
    """Add grants up year by year, the newest first."""
    rows = (
        grants.order_by()
        .values("year")
        .annotate(
            organisations=Count("organisation", distinct=True),
            kopecks=Sum("amount", default=0),
            grants=Count("pk"),
            unknown=Count("pk", filter=Q(amount=None)),
        )
        .order_by("-year")
    )
    return [
        WinningsOfYear(
            row["year"], Winnings(row["organisations"], row["kopecks"], row["grants"], row["unknown"])
        )
        for row in rows
    ]


def grants_matching(grants: QuerySet[Grant], words: str) -> QuerySet[Grant]:
    """Return those whose programme, giver or organisation hold every word; ё is е, case aside."""
    return _matching(grants, words, ("programme", "source"))


def achievements_matching(honours: QuerySet[Achievement], words: str) -> QuerySet[Achievement]:
    """Return those whose contest, nomination, result or organisation hold every word; ё is е, case aside."""
    return _matching(honours, words, ("contest", "nomination", "result"))


def _matching(found: QuerySet[Any], words: str, columns: tuple[str, ...]) -> QuerySet[Any]:
    every = (*columns, "organisation__short_name", "organisation__municipality__name")
    found = found.annotate(**{f"folded_{place}": folded_column(name) for place, name in enumerate(every)})
    for word in words.casefold().replace("ё", "е").split():
        hit = Q()
        for place in range(len(every)):
            hit |= Q(**{f"folded_{place}__contains": word})
        found = found.filter(hit)
    return found


def _seen_by(person: Any) -> Q:
    if sees_all(person):
        return Q()
    own = Q(organisation__in=organisation_ids_of(person))
    return own | Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))

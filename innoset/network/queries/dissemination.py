"""Reads of what sites share: the one place where reports, checklists, figures and pictures count it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from innoset.foundation.policy import is_superuser
from innoset.network.models import Dissemination, Organisation, Status
from innoset.network.queries.organisations import folded_column, sees_all
from innoset.network.queries.people import holds, municipality_ids_of, organisation_ids_of
from innoset.network.states import DisseminationKind, Role


def disseminations_in(
    organisation: Organisation | None,
    since: date,
    until: date,
    *,
    kinds: Collection[DisseminationKind] = (),
    status: Status | None = None,
) -> QuerySet[Dissemination]:
    """Return what an organisation shared in a period, both days included; None is the whole network.

    An act of several days belongs to the day when it began.
    """
    found = Dissemination.objects.filter(on__gte=since, on__lte=until)
    if organisation is not None:
        found = found.filter(organisation=organisation)
    if kinds:
        found = found.filter(kind__in=list(kinds))
    return found.filter(status=status) if status is not None else found


def joint_disseminations_in(since: date, until: date) -> QuerySet[Dissemination]:
    """Return what was done together with other organisations or municipalities in a period."""
    together = Q(partners__isnull=False) | Q(municipalities__isnull=False)
    found = disseminations_in(None, since, until).filter(together).distinct()
    return found.select_related("organisation__municipality").prefetch_related("partners", "municipalities")


def disseminations_visible_to(person: Any) -> QuerySet[Dissemination]:
    """Return the records that a person may read: of their organisation, of the municipality they keep, or all."""
    every = listed_disseminations()
    if sees_all(person):
        return every
    own = Q(organisation__in=organisation_ids_of(person))
    places = municipality_ids_of(person, Role.COORDINATOR, Role.METHODIST)
    return every.filter(own | Q(organisation__municipality__in=places))


def disseminations_of(person: Any) -> QuerySet[Dissemination]:
    """Return the records of the organisations where a person works."""
    return listed_disseminations().filter(organisation__in=organisation_ids_of(person))


def published_disseminations() -> QuerySet[Dissemination]:
    """Return what everybody may read."""
    return listed_disseminations().filter(is_published=True)


def listed_disseminations() -> QuerySet[Dissemination]:
    """Return every record with what a line of a list shows."""
    return Dissemination.objects.select_related("organisation__municipality", "status__kind", "file")


def disseminations_matching(found: QuerySet[Dissemination], words: str) -> QuerySet[Dissemination]:
    """Return those whose title, place, authors or organisation hold every word; ё is е, case aside."""
    for word in words.casefold().replace("ё", "е").split():
        found = found.annotate(
            folded=folded_column("title"),
            folded_place=folded_column("place"),
            folded_authors=folded_column("authors"),
            folded_name=folded_column("organisation__short_name"),
        ).filter(
            Q(folded__contains=word)
            | Q(folded_place__contains=word)
            | Q(folded_authors__contains=word)
            | Q(folded_name__contains=word)
        )
    return found


def twin_of(record: Dissemination) -> Dissemination | None:
    """Return another record of the same act: one organisation, one kind, one day, one title."""
    same = Dissemination.objects.filter(
        organisation=record.organisation, kind=record.kind, on=record.on, title__iexact=record.title
    )
    return same.exclude(pk=record.pk).first()


def may_be_recorded_by(person: Any) -> QuerySet[Organisation]:
    """Return the organisations that a person may write records of."""
    every = Organisation.objects.filter(is_active=True).select_related("municipality")
    if is_superuser(person) or holds(person, Role.ORGANISER):
        return every
    own = Q(pk__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR))
    return every.filter(own | Q(municipality__in=municipality_ids_of(person, Role.COORDINATOR)))

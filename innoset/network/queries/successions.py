"""Reads of what became of organisations: their names by day, and which statuses pass where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from innoset.network.models import Organisation, OrganisationName, Reorganisation, Status
from innoset.network.pure.statuses import Phase
from innoset.network.queries.organisations import folded_column
from innoset.network.queries.statuses import standings_on
from innoset.network.states import ReorganisationKind

_LIVE = frozenset({Phase.NOT_YET, Phase.IN_FORCE, Phase.PAUSED, Phase.OVER})
# Whoever was before these is no more after them.
ENDING_KINDS = frozenset(
    {
        ReorganisationKind.MERGER,
        ReorganisationKind.ACCESSION,
        ReorganisationKind.SPLIT,
        ReorganisationKind.CLOSING,
    }
)


@dataclass(frozen=True, slots=True)
class Passing:
    """What a reorganisation does to one status: to whom it passes; without a successor it ends."""

    status: Status
    holder_id: int
    successor: Organisation | None
    stays: bool = False


def passings(
    kind: ReorganisationKind,
    *,
    before: Sequence[Organisation],
    after: Sequence[Organisation],
    on: date,
    chosen: Mapping[int, Organisation] | None = None,
) -> list[Passing]:
    """Return what happens to every unended status of the organisations, for a preview and for the deed.

    `chosen` names successors by status where there are several; else it is the only (or first) one.
    """
    chosen = chosen or {}
    found = []
    for status, holder in _unended(before, on):
        successor = chosen.get(status.pk)
        if successor is None and kind in ENDING_KINDS and after:
            successor = after[0]
        stays = kind not in ENDING_KINDS and (successor is None or successor.pk == holder)
        found.append(Passing(status, holder, None if stays else successor, stays))
    return found


def _unended(before: Collection[Organisation], on: date) -> list[tuple[Status, int]]:
    """Return the statuses that were held on the day, or are granted from a later one, and have not ended."""
    held = [
        (standing.status, standing.organisation_id)
        for standing in standings_on(on, before)
        if standing.phase in _LIVE
    ]
    later = Status.objects.filter(organisation__in=before, starts_on__gt=on, ended_on=None)
    return held + [(status, status.organisation_id) for status in later.select_related("kind", "order")]


def name_on(organisation: Organisation, day: date) -> str:
    """Return the short name of an organisation on a day."""
    former = sorted(organisation.former_names.all(), key=lambda name: name.until)
    return next((name.short_name for name in former if day < name.until), organisation.short_name)


def former_names_of(organisation: Organisation) -> QuerySet[OrganisationName]:
    """Return what an organisation was called before, latest first."""
    return organisation.former_names.order_by("-until")


def reorganisations_of(organisation: Organisation) -> QuerySet[Reorganisation]:
    """Return what an organisation went through, with all its sides."""
    found = Reorganisation.objects.filter(sides__organisation=organisation).distinct()
    return found.prefetch_related("sides__organisation").order_by("-on", "-pk")


def once_called(words: str) -> Q:
    """Say which organisations had a name with every one of these words before; ё is е, case aside."""
    names = OrganisationName.objects.annotate(folded=folded_column("short_name"), full=folded_column("name"))
    for word in words.casefold().replace("ё", "е").split():
        names = names.filter(Q(folded__contains=word) | Q(full__contains=word))
    return Q(pk__in=names.values("organisation"))

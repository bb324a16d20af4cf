"""What a status has to show before it is completed, and how long it has been held without a break."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from innoset.network.models import Dissemination, Organisation, ReorganisationSide, Status, StatusKind
from innoset.network.pure.statuses import Continuity, Phase, Standing, Term, continuity
from innoset.network.queries.statuses import standing_of
from innoset.network.states import DisseminationKind, ReorganisationKind

# п. о завершении МИП: an open event and a published product, both within the status.
_NEEDED = {
    "mip": (
        ("Открытое мероприятие", Q(kind=DisseminationKind.OPEN_EVENT)),
        ("Опубликованный продукт", Q(kind=DisseminationKind.PRODUCT, is_published=True)),
    )
}
# A separated organisation is a new one: only what is handed to it by name goes on with it.
_CONTINUES = (
    ReorganisationKind.RENAMING,
    ReorganisationKind.MERGER,
    ReorganisationKind.ACCESSION,
    ReorganisationKind.SPLIT,
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a status has to show: whether it is there, how many, and which."""

    title: str
    is_met: bool
    count: int
    rows: list[Dissemination]


def completion_checklist(status: Status) -> list[Check]:
    """Return what a status has to show to be completed; nothing for kinds that ask for nothing."""
    return [_check(status, title, what) for title, what in _NEEDED.get(status.kind.code, ())]


def _check(status: Status, title: str, what: Q) -> Check:
    # By the status, not by its holder: what a predecessor did within it counts.
    found = Dissemination.objects.filter(what, status=status, on__gte=status.starts_on)
    rows = list(found.order_by("on", "pk"))
    return Check(title, bool(rows), len(rows), rows)


def continuity_of(organisation: Organisation, kind: StatusKind, on: date) -> Continuity:
    """Count the unbroken terms of a kind up to a day, those of predecessors among them."""
    lineage = lineage_of(organisation, on)
    statuses = Status.objects.filter(kind=kind, events__holder__in=lineage).distinct()
    terms = []
    for status in statuses.prefetch_related("events").order_by("starts_on", "pk"):
        standing = standing_of(status, on)
        if standing is not None and standing.phase != Phase.NOT_YET and standing.holder in lineage:
            terms.append(_term(status, standing))
    return continuity(terms, on=on)


def _term(status: Status, standing: Standing) -> Term:
    last = standing.ends_on
    if standing.phase in {Phase.COMPLETED, Phase.TERMINATED}:
        last = min(last, standing.since)
    return Term(standing.starts_on, last, goes_on=status.renews_id is not None)


def lineage_of(organisation: Organisation, on: date) -> set[int]:
    """Return an organisation and all whose work it goes on with."""
    known, fresh = {organisation.pk}, {organisation.pk}
    while fresh:
        went_on = ReorganisationSide.objects.filter(
            organisation__in=fresh,
            side=ReorganisationSide.Side.AFTER,
            reorganisation__on__lte=on,
            reorganisation__kind__in=_CONTINUES,
        )
        before = ReorganisationSide.objects.filter(
            reorganisation__in=went_on.values("reorganisation"), side=ReorganisationSide.Side.BEFORE
        )
        fresh = set(before.values_list("organisation", flat=True)) - known
        known |= fresh
    return known

"""Reads of the efficiency index: what each site did in a year, by the version of the formula of that year."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from innoset.analytics.models import IndexFormula
from innoset.analytics.pure.index import Part, Reckoning, parts_of, ranking, reckon, version_for
from innoset.analytics.pure.indicators import Period, so_far, year_of
from innoset.analytics.queries.sources import Sources, is_in_time
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Dissemination, Organisation
from innoset.network.queries import organisations_visible_to
from innoset.network.states import MEETINGS, DisseminationKind
from innoset.projects.models import Report
from innoset.projects.states import ReportState


@dataclass(frozen=True, slots=True)
class Place:
    """A site in the ranking of a year."""

    organisation: Organisation
    reckoning: Reckoning
    place: str


def formula_of(year: int) -> IndexFormula:
    """Return the version by which a year is reckoned."""
    versions = {one.version: one for one in IndexFormula.objects.all()}
    days = {number: one.published_at.astimezone(MOSCOW).date() for number, one in versions.items()}
    return versions[version_for(days, year_of(year).ends_on)]


def ranking_of(year: int, today: date, *, person: Any) -> list[Place]:
    """Reckon every site of a year and put them in order; a person gets those that they see, places are of all."""
    period, sources = so_far(year, today), Sources()
    parts = parts_of(formula_of(year).parts)
    sites = {holder.pk: holder for _, holder in sources.sites(period.ends_on)}
    found = _reckonings(parts, sites, period, sources)
    seen = set(organisations_visible_to(person).order_by().values_list("pk", flat=True))
    order = sorted(sites, key=lambda pk: (sites[pk].short_name, pk))
    places = ranking({pk: found[pk].total for pk in order})
    return [Place(sites[pk], found[pk], place) for place, pk in places if pk in seen]


def reckoning_of(organisation: Organisation, year: int, today: date) -> Reckoning:
    """Reckon one site, step by step."""
    parts = parts_of(formula_of(year).parts)
    return _reckonings(parts, [organisation.pk], so_far(year, today), Sources())[organisation.pk]


def _reckonings(
    parts: tuple[Part, ...], sites: Iterable[int], period: Period, sources: Sources
) -> dict[int, Reckoning]:
    shared: dict[int, list[Dissemination]] = {pk: [] for pk in sites}
    due: dict[int, list[Report]] = {pk: [] for pk in shared}
    for record in sources.shared(period):
        if record.organisation_id in shared:
            shared[record.organisation_id].append(record)
    for report in sources.reports(period):
        if report.organisation_id in due:
            due[report.organisation_id].append(report)
    return {pk: reckon(parts, _values(shared[pk], due[pk], period.ends_on)) for pk in shared}


def _values(shared: list[Dissemination], due: list[Report], today: date) -> Mapping[str, Decimal | None]:
    """Return the values of one site; None where nobody knows, which is not nought."""
    # A report whose term is ahead says nothing yet, unless it has been sent.
    told = [one for one in due if one.submitted_at is not None or one.due_on < today]
    in_time = sum(is_in_time(one) for one in told)
    values: dict[str, Decimal | None] = {"reports": Decimal(in_time) / len(told) if told else None}
    # Without a record and without an accepted report nobody has told what the site shared.
    is_known = bool(shared) or any(one.state == ReportState.ACCEPTED for one in due)
    kinds = Counter(DisseminationKind(one.kind) for one in shared)
    meetings = sum(kinds[kind] for kind in MEETINGS)
    values["events"] = Decimal(meetings) if is_known else None
    values["publications"] = Decimal(kinds[DisseminationKind.PUBLICATION]) if is_known else None
    values["products"] = Decimal(kinds[DisseminationKind.PRODUCT]) if is_known else None
    values["people"] = _people(shared) if is_known else None
    return values


def _people(shared: list[Dissemination]) -> Decimal | None:
    counts = [one.people for one in shared if one.kind in MEETINGS]
    known = [Decimal(count) for count in counts if count is not None]
    return None if counts and not known else sum(known, Decimal(0))

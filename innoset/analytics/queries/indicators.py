"""Reads of indicators and of their values: whose, over which period, and who may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from innoset.analytics.models import Indicator, Measurement, ValueImport
from innoset.analytics.pure.indicators import Fact, Period, Reading, Tally, holders_of, so_far, tally
from innoset.analytics.queries.counters import COUNTERS
from innoset.analytics.queries.sources import Sources
from innoset.analytics.states import Scope, Source
from innoset.network.models import Municipality, Organisation
from innoset.network.queries import (
    holds,
    is_registry_keeper,
    municipality_ids_of,
    organisation_ids_of,
    organisations_visible_to,
)
from innoset.network.queries.organisations import sees_all
from innoset.network.states import Role

SERIES_YEARS = 5
Holder = Organisation | Municipality | None


def indicators_visible_to(person: Any) -> QuerySet[Indicator]:
    """Return the indicators in use: open ones for everybody, the others for those who run the network or a place."""
    every = Indicator.objects.filter(is_active=True)
    if sees_all(person) or holds(person, Role.COORDINATOR):
        return every
    return every.filter(is_public=True)


def public_indicators() -> QuerySet[Indicator]:
    """Return the indicators that everybody may see."""
    return Indicator.objects.filter(is_active=True, is_public=True)


def measurements_visible_to(person: Any) -> QuerySet[Measurement]:
    """Return the entered values that a person may see: of the network, of their own place and organisations."""
    every = Measurement.objects.select_related("indicator", "organisation", "municipality")
    if sees_all(person):
        return every
    places = municipality_ids_of(person, Role.COORDINATOR)
    own = Q(organisation__in=organisation_ids_of(person)) | Q(municipality__in=places)
    own |= Q(organisation__municipality__in=places)
    of_network = Q(organisation=None, municipality=None)
    return every.filter(of_network | own, indicator__in=indicators_visible_to(person).values("pk"))


def imports_visible_to(person: Any) -> QuerySet[ValueImport]:
    """Return the lists of values that a person may look at: their keepers all, others their own."""
    every = ValueImport.objects.select_related("file", "created_by")
    return every if is_registry_keeper(person) else every.filter(created_by=person.pk)


def of_holder(holder: Holder) -> Q:
    """Say which values are of an organisation, of a municipality, or of the whole network."""
    if isinstance(holder, Organisation):
        return Q(organisation=holder)
    return Q(organisation=None, municipality=holder)


def reading_of(measurement: Measurement) -> Reading:
    """Turn an entered value into a reading."""
    return Reading(
        Period(measurement.starts_on, measurement.ends_on),
        measurement.value,
        measurement.numerator,
        measurement.denominator,
        is_partial=measurement.is_partial,
        is_floor=measurement.is_floor,
        note=measurement.source_note,
    )


def counted_reading(indicator: Indicator, found: Tally, period: Period) -> Reading:
    """Turn what was counted into a reading; a year that goes on is a part of one."""
    is_state = COUNTERS[indicator.counter].is_state
    return Reading(
        period,
        found.value,
        found.numerator,
        found.denominator,
        is_partial=not is_state and not period.is_year,
        unknown=found.unknown,
        is_state=is_state,
    )


def facts_of(indicator: Indicator, period: Period, *, sources: Sources | None = None) -> list[Fact]:
    """Return the rows that a counted indicator counts over a period."""
    return COUNTERS[indicator.counter].facts(sources or Sources(), period)


def facts_visible_to(person: Any, indicator: Indicator, period: Period) -> list[Fact]:
    """Return the rows that a person may see one by one."""
    facts = facts_of(indicator, period)
    if COUNTERS[indicator.counter].is_shared or sees_all(person):
        return facts
    seen = set(organisations_visible_to(person).order_by().values_list("pk", flat=True))
    return [fact for fact in facts if fact.organisation in seen]


def facts_held(facts: Iterable[Fact], holder: Holder) -> list[Fact]:
    """Return the rows of an organisation or of a municipality; all of them for the network."""
    if isinstance(holder, Organisation):
        return [fact for fact in facts if fact.organisation == holder.pk]
    return [fact for fact in facts if holder is None or fact.municipality == holder.pk]


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an indicator for a holder."""

    holder: Holder
    reading: Reading


def values_of(
    indicator: Indicator, period: Period, by: Scope, *, person: Any, sources: Sources | None = None
) -> list[Value]:
    """Return the values of one period by organisations, by municipalities or of the network, as the person sees them."""
    if indicator.source != Source.COUNTED:
        return _entered_values(indicator, period, by, person)
    facts = facts_of(indicator, period, sources=sources)
    how = COUNTERS[indicator.counter].how
    if by == Scope.NETWORK:
        return [Value(None, counted_reading(indicator, tally(facts, how), period))]
    tallies: Mapping[int, Tally] = holders_of(
        facts, how, lambda fact: fact.organisation if by == Scope.ORGANISATION else fact.municipality
    )
    return [
        Value(holder, counted_reading(indicator, tallies[holder.pk], period))
        for holder in _holders(by, person, tallies, is_shared=COUNTERS[indicator.counter].is_shared)
    ]


def _holders(
    by: Scope, person: Any, keys: Iterable[int], *, is_shared: bool
) -> list[Organisation | Municipality]:
    ids = list(keys)
    if by == Scope.MUNICIPALITY:
        places = Municipality.objects.filter(pk__in=ids)
        if not (is_shared or sees_all(person)):
            places = places.filter(pk__in=municipality_ids_of(person, Role.COORDINATOR))
        return list(places.order_by("name", "pk"))
    return list(organisations_visible_to(person).filter(pk__in=ids).order_by("short_name", "pk"))


_HELD = {
    Scope.ORGANISATION: Q(organisation__isnull=False),
    Scope.MUNICIPALITY: Q(municipality__isnull=False),
    Scope.NETWORK: Q(organisation=None, municipality=None),
}


def _entered_values(indicator: Indicator, period: Period, by: Scope, person: Any) -> list[Value]:
    live = measurements_visible_to(person).filter(_HELD[by], indicator=indicator, replaced_at=None)
    within = live.filter(starts_on__gte=period.starts_on, starts_on__lte=period.ends_on)
    rows = within.order_by("organisation__short_name", "municipality__name", "starts_on", "pk")
    return [Value(row.organisation or row.municipality, reading_of(row)) for row in rows]


def series_of(
    indicator: Indicator, holder: Holder, today: date, *, person: Any, years: int = SERIES_YEARS
) -> list[Reading]:
    """Return the values of one holder over time: all that were entered, or the last years counted anew."""
    if indicator.source != Source.COUNTED:
        live = measurements_visible_to(person).filter(
            of_holder(holder), indicator=indicator, replaced_at=None
        )
        return [reading_of(row) for row in live.order_by("starts_on", "ends_on", "pk")]
    how, found = COUNTERS[indicator.counter].how, []
    for year in range(today.year - years + 1, today.year + 1):
        period = so_far(year, today)
        held = facts_held(facts_of(indicator, period), holder)
        found.append(counted_reading(indicator, tally(held, how), period))
    return found


def history_of(indicator: Indicator, person: Any) -> QuerySet[Measurement]:
    """Return every value that was entered, also those that others took the place of."""
    rows = measurements_visible_to(person).filter(indicator=indicator)
    return rows.select_related("recorded_by").order_by("-starts_on", "-recorded_at", "-pk")


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator and its value for the whole network in a year; none where nobody has entered any."""

    indicator: Indicator
    reading: Reading | None


def overview(indicators: Sequence[Indicator], period: Period) -> list[Line]:
    """Return the network's value of each indicator; of several entered within the period, the latest."""
    sources = Sources()
    entered = _network_values(indicators, period)
    lines = []
    for one in indicators:
        if one.source == Source.COUNTED:
            found = tally(facts_of(one, period, sources=sources), COUNTERS[one.counter].how)
            lines.append(Line(one, counted_reading(one, found, period)))
        else:
            lines.append(Line(one, entered.get(one.pk)))
    return lines


def _network_values(indicators: Sequence[Indicator], period: Period) -> dict[int, Reading]:
    rows = Measurement.objects.filter(
        of_holder(None),
        indicator__in=indicators,
        replaced_at=None,
        starts_on__gte=period.starts_on,
        starts_on__lte=period.ends_on,
    )
    return {row.indicator_id: reading_of(row) for row in rows.order_by("ends_on", "pk")}


def entered_series(indicators: Sequence[Indicator]) -> dict[int, list[Reading]]:
    """Return all network values of the entered indicators, asked at once."""
    found: dict[int, list[Reading]] = {one.pk: [] for one in indicators}
    rows = Measurement.objects.filter(of_holder(None), indicator__in=indicators, replaced_at=None)
    for row in rows.order_by("starts_on", "ends_on", "pk"):
        found[row.indicator_id].append(reading_of(row))
    return found


def years_with_values(today: date) -> list[int]:
    """Return the years that somebody has entered values for, and the last ones that are counted."""
    entered = Measurement.objects.filter(replaced_at=None).dates("starts_on", "year")
    counted = range(today.year - SERIES_YEARS + 1, today.year + 1)
    return sorted({day.year for day in entered} | set(counted), reverse=True)


def live_value(measurement: Measurement) -> Measurement | None:
    """Return the value that this one would take the place of."""
    holder = measurement.organisation or measurement.municipality
    same = Measurement.objects.filter(of_holder(holder), indicator=measurement.indicator, replaced_at=None)
    return same.filter(starts_on=measurement.starts_on, ends_on=measurement.ends_on).first()


def is_same(one: Measurement, other: Measurement) -> bool:
    """Tell whether two values say the same."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("value", "numerator", "denominator", "is_partial", "is_floor", "source_note")
    )


def decimal_or_none(text: str) -> Decimal | None:
    """Read a number that is kept as text; an empty one is unknown."""
    return Decimal(text) if text else None

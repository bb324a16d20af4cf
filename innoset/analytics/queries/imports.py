"""What a list of values is read against, asked of the database once a list."""

from datetime import date
from typing import Any

from innoset.analytics.models import Indicator, Measurement
from innoset.analytics.pure.value_rows import Known, folded
from innoset.network.models import Municipality, Organisation

Key = tuple[int, int | None, int | None, date, date]


class Registry:
    """Indicators, holders and live values in memory."""

    def __init__(self) -> None:
        self.indicators = {one.code: one for one in Indicator.objects.filter(is_active=True)}
        self.places = {one.pk: one for one in Municipality.objects.filter(valid_to=None)}
        self.organisations = {one.pk: one for one in Organisation.objects.filter(is_active=True)}
        self.live = {key_of(one): one for one in Measurement.objects.filter(replaced_at=None)}

    def known(self) -> Known:
        """Return by which names everything may be called; a name that two organisations have is nobody's."""
        indicators = {folded(one.code): one.code for one in self.indicators.values()}
        indicators |= {folded(one.title): one.code for one in self.indicators.values()}
        return Known(
            indicators,
            {folded(one.name): one.pk for one in self.places.values()},
            self._organisation_names(),
        )

    def _organisation_names(self) -> dict[str, int]:
        found: dict[str, set[int]] = {}
        for one in self.organisations.values():
            for name in {one.number, one.inn, one.ogrn, one.short_name, one.name} - {""}:
                found.setdefault(folded(name), set()).add(one.pk)
        return {name: min(keys) for name, keys in found.items() if len(keys) == 1}


def key_of(measurement: Any) -> Key:
    """Return what makes a value one: its indicator, its holder and its period."""
    return (
        measurement.indicator_id,
        measurement.organisation_id,
        measurement.municipality_id,
        measurement.starts_on,
        measurement.ends_on,
    )

"""Reads of imports."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from innoset.exchange.models import ImportBatch
from innoset.exchange.pure.columns import folded
from innoset.exchange.pure.rows import place_key
from innoset.network.models import Municipality, Organisation
from innoset.network.queries import is_registry_keeper, municipalities_on

_LINKS = ("municipality", "founder")


def batches_visible_to(person: Any) -> QuerySet[ImportBatch]:
    """Return the imports that a person may look at."""
    every = ImportBatch.objects.select_related("file", "created_by")
    return every if is_registry_keeper(person) else every.none()


def places_on(day: date) -> dict[str, str]:
    """Return ОКТМО by the comparable name of each municipality of a day."""
    return {place_key(place.name): place.oktmo for place in municipalities_on(day)}


def municipalities_by_oktmo(day: date) -> dict[str, Municipality]:
    """Return the municipalities of a day by ОКТМО."""
    return {place.oktmo: place for place in municipalities_on(day)}


class Registry:
    """The whole registry in memory, for finding each row of a list without asking the database."""

    def __init__(self) -> None:
        known = list(Organisation.objects.select_related("municipality", "founder"))
        self.by_inn = {(one.inn, one.kpp): one for one in known if one.inn}
        self.by_ogrn = {one.ogrn: one for one in known if one.ogrn}
        self.marks: dict[str, list[Organisation]] = defaultdict(list)
        for one in known:
            for mark in {one.number, one.inn, one.ogrn, folded(one.name), folded(one.short_name)} - {""}:
                self.marks[mark].append(one)

    def find(self, values: Mapping[str, str]) -> Organisation | None:
        """Return the organisation of a row: by ИНН and КПП, else by ОГРН."""
        found = self.by_inn.get((values.get("inn", ""), values.get("kpp", "")))
        return found or self.by_ogrn.get(values.get("ogrn", ""))

    def founder(self, text: str) -> Organisation | None:
        """Return the founder that a cell means: by ИНН, ОГРН, number or a name that only one has."""
        found = self.marks.get(text) or self.marks.get(folded(text), [])
        return found[0] if len(found) == 1 else None


def founder_mark(founder: Organisation | None) -> str:
    """Return by what a founder is known in a list."""
    return (founder.inn or founder.ogrn or founder.number) if founder else ""


def changes_of(organisation: Organisation, values: Mapping[str, str]) -> dict[str, str]:
    """Return what a row would change: an empty cell changes nothing."""
    held = {name: getattr(organisation, name) for name in values if name not in _LINKS}
    held["municipality"] = organisation.municipality.oktmo
    held["founder"] = organisation.founder.number if organisation.founder else ""
    return {name: value for name, value in values.items() if value and str(held[name]) != value}

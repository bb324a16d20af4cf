"""Reads of text reuse: the index over the kept texts, and what was found of each."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet

from innoset.review.models import ReuseReport, ReuseText
from innoset.review.pure.reuse import ReuseIndex, Shelf, Text, taken

SHELVES: Final = "reuse"
_AT_ONCE: Final = 50
"""So many texts are in memory at the same time while they are put in."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """The index ready for questions: how many texts it took from the disk and how many it read anew."""

    index: ReuseIndex
    shelved: int
    newer: int
    checksum: str


def folder() -> Path:
    """Return where the arrays lie: they can be made again at any time from the kept texts."""
    return Path(settings.VAR_DIR) / SHELVES


def fingerprint(sha256: str, printed: str) -> str:
    """Return what an arranged text depends on: its own words, and the printed words of its form."""
    return hashlib.sha256(f"{sha256}\n{printed}".encode()).hexdigest()


def wanted(templates: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprint of every kept text, in the order of keys."""
    rows = ReuseText.objects.order_by("key").values_list("key", "sha256", "template")
    return {key: fingerprint(sha256, templates.get(template, "")) for key, sha256, template in rows}


def checksum_of(fingerprints: Mapping[str, str]) -> str:
    """Return one checksum of the whole set: a stale index is known by it."""
    lines = "\n".join(f"{key} {value}" for key, value in fingerprints.items())
    return hashlib.sha256(lines.encode()).hexdigest()


def arranged(templates: Mapping[str, str]) -> Arranged:
    """Return the index over all kept texts: arrays from the disk, and anew whatever they lack or have otherwise.

    However old the arrays are, the answer is that of a fresh index.
    """
    known, shelf = wanted(templates), _newest_shelf()
    current = {one.key for one in shelf.labels if known.get(one.key) == one.sha256} if shelf else set()
    index = ReuseIndex(templates=templates, text_of=_text_of)
    if shelf is not None:
        index.shelves.append(shelf.without({one.key for one in shelf.labels} - current))
    newer = [key for key in known if key not in current]
    for one in texts_of(newer):
        index.add(one.key, one.text, one.template, family=one.family, sha256=known[one.key])
    return Arranged(index, len(current), len(newer), checksum_of(known))


def texts_of(keys: Collection[str]) -> Iterable[ReuseText]:
    """Yield the kept texts with these keys, a few at a time."""
    ordered = sorted(keys)
    for begin in range(0, len(ordered), _AT_ONCE):
        yield from ReuseText.objects.filter(key__in=ordered[begin : begin + _AT_ONCE]).order_by("key")


def _text_of(key: str) -> Text:
    one = ReuseText.objects.get(key=key)
    return Text(one.text, one.template)


def _newest_shelf() -> Shelf | None:
    found = sorted(folder().glob("*/labels.json"), key=lambda path: (path.stat().st_mtime, path.name))
    return taken(found[-1].parent) if found else None


def later_than(text: ReuseText) -> set[str]:
    """Return the keys of what cannot be its source: itself, and the texts of later years."""
    later = ReuseText.objects.filter(Q(year__gt=text.year) | Q(pk=text.pk))
    return set(later.values_list("key", flat=True))


def is_own(text: ReuseText, source: ReuseText) -> bool:
    """Tell whether both are works of one organisation, or versions of one project."""
    same_owner = text.organisation_id is not None and text.organisation_id == source.organisation_id
    return same_owner or bool(text.family and text.family == source.family)


def waiting_for_comparison(keys: Collection[str]) -> QuerySet[ReuseText]:
    """Return those of the texts that were kept since they were compared last."""
    return (
        ReuseText.objects.filter(key__in=keys)
        .annotate(compared_at=Max("reports__made_at"))
        .filter(Q(compared_at=None) | Q(compared_at__lt=F("kept_at")))
        .order_by("kept_at", "id")
    )


def latest_reports(keys: Collection[str]) -> dict[str, ReuseReport]:
    """Return the last report of each text by its key."""
    found = ReuseReport.objects.filter(text__key__in=keys).select_related("text").order_by("id")
    return {report.text.key: report for report in found.defer("text__text")}


def sources_of(report: ReuseReport) -> dict[str, ReuseText]:
    """Return the texts in which something was found, by key; one that is kept no more is missing."""
    keys: set[Any] = {one["source"] for one in report.passages}
    return {one.key: one for one in ReuseText.objects.filter(key__in=keys).select_related("organisation")}

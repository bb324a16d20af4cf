"""Keeping texts, comparing them with each other, arranging the index. Nothing here decides about a work."""

import hashlib
import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from innoset.network.models import Organisation
from innoset.review.models import ReuseReport, ReuseText
from innoset.review.pure.reuse import Findings, Label, Passage, put, shelve, threshold
from innoset.review.pure.reuse.own import own_words
from innoset.review.queries import reuse as queries

LONGEST: Final = 600_000
"""So many characters of a text are kept: some three hundred pages."""
_MANY: Final = 200
"""When so many texts are not in the arrays yet, they are arranged anew before the next comparison."""


def keep_text(
    *,
    key: str,
    title: str,
    text: str,
    template: str = "",
    organisation: Organisation | None = None,
    family: str = "",
    year: int,
    url: str = "",
    at: datetime,
) -> ReuseText:
    """Keep a text that others will be compared with; the same text again changes nothing.

    Called inside the deed or the job of whoever owns the text.
    """
    kept = text[:LONGEST]
    digest = hashlib.sha256(kept.encode()).hexdigest()
    known = ReuseText.objects.filter(key=key).defer("text").first()
    if known is not None and (known.sha256, known.template) == (digest, template):
        return known
    made, _ = ReuseText.objects.update_or_create(
        key=key,
        defaults={
            "title": title[:500],
            "text": kept,
            "template": template,
            "organisation": organisation,
            "family": family,
            "year": year,
            "url": url,
            "sha256": digest,
            "kept_at": at,
        },
    )
    return made


def queue(keys: Collection[str], *, at: datetime) -> None:
    """Ask for these texts to be compared, also if they were before."""
    ReuseText.objects.filter(key__in=keys).update(kept_at=at)


def compare(texts: Sequence[ReuseText], *, templates: Mapping[str, str], at: datetime) -> list[ReuseReport]:
    """Look for the passages of each text in all others and write the findings down."""
    arranged = queries.arranged(templates)
    if arranged.newer >= _MANY:
        rebuild(templates=templates)
        arranged = queries.arranged(templates)
    return [_compared(text, arranged, at=at) for text in texts]


def _compared(text: ReuseText, arranged: queries.Arranged, *, at: datetime) -> ReuseReport:
    later = queries.later_than(text)
    findings = arranged.index.find(text.text, text.template, without=later)
    sources = {one.key: one for one in queries.texts_of({one.source for one in findings.passages})}
    own = {key for key, source in sources.items() if queries.is_own(text, source)}
    total, others = findings.share(), findings.share(lambda one: one.source not in own)
    return ReuseReport.objects.create(
        text=text,
        share=_share(total),
        own_share=_share(total - others),
        passages=[_row(one, sources[one.source], is_own=one.source in own) for one in findings.passages],
        compared=findings.compared,
        parameters=_parameters(text, findings, arranged),
        made_at=at,
    )


def _share(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.0001"))


def _row(one: Passage, source: ReuseText, *, is_own: bool) -> dict[str, Any]:
    return {
        "source": one.source,
        "source_sha256": source.sha256,
        "start": one.start,
        "end": one.end,
        "source_start": one.source_start,
        "source_end": one.source_end,
        "score": one.score,
        "words": one.words,
        "matched": one.matched,
        "letters": one.letters,
        "moved": one.moved,
        "is_own": is_own,
    }


def _parameters(text: ReuseText, findings: Findings, arranged: queries.Arranged) -> dict[str, Any]:
    """Say by what the findings can be had again: the text, the set, the threshold."""
    return {
        "sha256": text.sha256,
        "set": arranged.checksum,
        "threshold": round(threshold(arranged.shelved + arranged.newer), 2),
        "own_words": findings.own_words,
    }


def rebuild(*, templates: Mapping[str, str]) -> str:
    """Write the arrays anew over all kept texts and drop the old ones; return the checksum of the set."""
    known = queries.wanted(templates)
    checksum, folder = queries.checksum_of(known), queries.folder()
    if (folder / checksum / "labels.json").exists():
        return checksum
    texts = (
        (
            Label(one.key, one.family, known[one.key]),
            own_words(one.text, template=templates.get(one.template, "")).ids,
        )
        for one in queries.texts_of(known)
    )
    half_done = folder / f"{checksum}.part"
    shutil.rmtree(half_done, ignore_errors=True)
    put(shelve(texts), half_done)
    half_done.rename(folder / checksum)
    for other in folder.iterdir():
        if other.name != checksum:
            shutil.rmtree(other, ignore_errors=True)
    return checksum

"""Wording that many works share: recommended phrases and common sources are nobody's copying."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from innoset.review.pure.reuse.passages import Span
from innoset.review.pure.reuse.searching import FEWEST, Found

_FEW: Final = 8
_SHARE: Final = 0.15
_GAP: Final = 20


def without_common(found: Sequence[Found], texts: int, least: float) -> list[Found]:
    """Return the passages without the words that stand in so many texts; what is left must still be no chance."""
    limit = max(_FEW, _SHARE * texts)
    common = _common(found, limit)
    if not common:
        return list(found)
    return [
        replace(one, span=span)
        for one in found
        for span in _split(one.span, common)
        if span.score >= least and len(span.pairs) >= FEWEST
    ]


def _common(found: Iterable[Found], limit: float) -> set[int]:
    """Return the places of the text that are found in that many other texts, each counted once."""
    seen = {(one.label.key, place) for one in found for place in one.span.pairs}
    counts = Counter(place for _, place in seen)
    return {place for place, count in counts.items() if count >= limit}


def _split(span: Span, common: set[int]) -> Iterator[Span]:
    """Yield the pieces of a passage between common words; each keeps its part of the score."""
    left = [place for place in span.pairs if place not in common]
    if len(left) == len(span.pairs):
        yield span
        return
    cuts = [0, *(n for n, (one, other) in enumerate(pairwise(left), 1) if other - one > _GAP), len(left)]
    for begin, end in pairwise(cuts):
        pairs = {place: span.pairs[place] for place in left[begin:end]}
        if pairs:
            yield replace(
                span,
                start=min(pairs),
                end=max(pairs) + 1,
                source_start=min(pairs.values()),
                source_end=max(pairs.values()) + 1,
                score=span.score * len(pairs) / len(span.pairs),
                pairs=pairs,
            )

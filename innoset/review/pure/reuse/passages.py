"""From a place in common to an exact passage: which words belong together, where it begins and ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from innoset.review.pure.reuse.alignment import BAND, DROP, Scores, worth_of
from innoset.review.pure.reuse.grams import Numbers

_JOIN: Final = 20
"""Pieces of one source no farther apart than this, in telling words of the text, are one passage."""
_JOIN_SOURCE: Final = 40
_SEAM: Final = 5.0
"""What a joined piece pays: there were many places where chance could have put it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A passage in telling words: where it stands in the text and in its source, which words are equal."""

    start: int
    end: int
    source_start: int
    source_end: int
    score: float
    pairs: dict[int, int]


@dataclass(frozen=True, slots=True)
class Closely:
    """A text beside one source, with what each word tells here.

    How often a word comes up in this very source counts: what both texts are about proves no copying.
    """

    words: Sequence[int]
    others: Sequence[int]
    found: Sequence[float]
    missing: Sequence[float]


def closely(query: Numbers, source: Numbers, frequencies: Scores) -> Closely:
    """Prepare a text and a source for being followed word by word."""
    worth = worth_of(np.minimum(frequencies + _repeated(query, source), 1.0))
    return Closely(query.tolist(), source.tolist(), worth.found.tolist(), worth.missing.tolist())


def _repeated(query: Numbers, source: Numbers) -> Scores:
    words, counts = np.unique(source, return_counts=True)
    spots = np.minimum(np.searchsorted(words, query), len(words) - 1)
    others: Scores = np.where(words[spots] == query, counts[spots] - 1, 0) / len(source)
    return others


def span_from(pair: Closely, start: int, at: int) -> Span | None:
    """Follow one seed both ways, each word of the source used once; None if nothing is left of it."""
    used: set[int] = set()
    right = _walked(pair, range(start, len(pair.words)), at, used)
    left = _walked(pair, range(start - 1, -1, -1), at - 1, used)
    pairs = dict(sorted([*left[1], *right[1]]))
    if not pairs:
        return None
    return Span(
        start=min(pairs),
        end=max(pairs) + 1,
        source_start=min(pairs.values()),
        source_end=max(pairs.values()) + 1,
        score=left[0] + right[0],
        pairs=pairs,
    )


def _walked(pair: Closely, way: range, centre: int, used: set[int]) -> tuple[float, list[tuple[int, int]]]:
    """Return the best score on the way and the equal words up to there; `used` learns their places."""
    score = best = 0.0
    kept, pairs = 0, list[tuple[int, int]]()
    for place in way:
        match = _nearest(pair, place, centre, used)
        if match is None:
            score += pair.missing[place]
        else:
            used.add(match)
            pairs.append((place, match))
            score += pair.found[place]
            centre += (match > centre) - (match < centre)
        if score > best:
            best, kept = score, len(pairs)
        elif score <= best - DROP:
            break
        centre += way.step
    used.difference_update(match for _, match in pairs[kept:])
    return best, pairs[:kept]


def _nearest(pair: Closely, place: int, centre: int, used: set[int]) -> int | None:
    word = pair.words[place]
    low, high = max(centre - BAND, 0), min(centre + BAND + 1, len(pair.others))
    there = [spot for spot in range(low, high) if pair.others[spot] == word and spot not in used]
    return min(there, key=lambda spot: abs(spot - centre), default=None)


def is_within(spans: Iterable[Span], start: int, at: int) -> bool:
    """Tell whether a place in common belongs to a passage that is known already."""
    return any(
        one.start <= start < one.end and one.source_start - BAND <= at < one.source_end + BAND
        for one in spans
    )


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join the pieces of one source that overlap or nearly touch in both texts."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.source_start, one.end)):
        near = [one for one in whole if _touch(one, span)]
        for one in near:
            whole.remove(one)
            span = _joined(one, span)  # noqa: PLW2901  # reason: it grows by each neighbour
        whole.append(span)
    return whole


def _touch(one: Span, other: Span) -> bool:
    in_text = max(one.start, other.start) - min(one.end, other.end)
    in_source = max(one.source_start, other.source_start) - min(one.source_end, other.source_end)
    return in_text <= _JOIN and in_source <= _JOIN_SOURCE


def _joined(one: Span, other: Span) -> Span:
    """Join two pieces; words that both claim count once, and the seam costs something."""
    strong, weak = (one, other) if one.score >= other.score else (other, one)
    known = set(strong.pairs.values())
    new = {
        place: match
        for place, match in weak.pairs.items()
        if place not in strong.pairs and match not in known
    }
    return replace(
        strong,
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        source_start=min(one.source_start, other.source_start),
        source_end=max(one.source_end, other.source_end),
        score=strong.score + max(weak.score * len(new) / len(weak.pairs) - _SEAM, 0.0),
        pairs=dict(sorted((new | strong.pairs).items())),
    )

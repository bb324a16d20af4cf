"""Looking for the passages of one text in all the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.reuse.alignment import Pairing, Scores, worth_of
from innoset.review.pure.reuse.candidates import LEAST, candidates_of
from innoset.review.pure.reuse.grams import Numbers
from innoset.review.pure.reuse.passages import Span, closely, is_within, merged, span_from
from innoset.review.pure.reuse.shelf import Label, Shelf

THRESHOLD: Final = 36.0
"""The score of a passage that is no chance among `_TEXTS` texts."""
_TEXTS: Final = 250
_RAREST: Final = 4e-5
"""Rarer than this no word counts: names come in heaps where they come at all."""
_IMAGINED: Final = 20_000
"""So many words of other texts are imagined beside the known ones: in a few pages every word looks common."""
FEWEST: Final = 6
"""So many words at least must be the same."""


def threshold(texts: int, base: float = THRESHOLD) -> float:
    """Return the score from which a passage is no chance: the more texts, the more chances (an E-value)."""
    return base + log(max(texts, 1) / _TEXTS)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and whose text it stands in."""

    label: Label
    span: Span


def found_in(
    shelves: Sequence[Shelf], query: Numbers, excluded: Sequence[NDArray[np.bool_]], base: float = THRESHOLD
) -> list[Found]:
    """Return the passages of the text in the texts that are not excluded, in the order of the text."""
    least = threshold(sum(len(shelf.labels) for shelf in shelves), base)
    frequencies = _frequencies(shelves, query)
    found = [
        one
        for shelf, without in zip(shelves, excluded, strict=True)
        for one in _found_on(shelf, query, without, frequencies, least)
    ]
    return sorted(found, key=lambda one: (one.span.start, one.span.end, one.label.key, one.span.source_start))


def _frequencies(shelves: Sequence[Shelf], query: Numbers) -> Scores:
    """Return how common each word of the text is; one never seen counts as seen half a time."""
    counts = sum((shelf.counts_of(query) for shelf in shelves), np.zeros(len(query), np.int64))
    total = _IMAGINED + sum(int(shelf.lengths.sum()) for shelf in shelves)
    return np.maximum((counts + 0.5) / total, _RAREST)


def _found_on(
    shelf: Shelf, query: Numbers, excluded: NDArray[np.bool_], frequencies: Scores, least: float
) -> Iterator[Found]:
    pair = Pairing(query, shelf.stream, worth_of(frequencies))
    likely = candidates_of(pair, shelf, excluded, least)
    numbers = shelf.numbers_at(likely.sources)
    order = np.argsort(numbers, kind="stable")
    for number, group in groupby(order.tolist(), key=lambda place: int(numbers[place])):
        start = int(shelf.starts[number])
        places = [(int(likely.starts[one]), int(likely.sources[one]) - start) for one in group]
        for span in _spans(query, shelf.text(number), frequencies, places):
            if span.score >= least and len(span.pairs) >= FEWEST:
                yield Found(shelf.labels[number], span)


def _spans(query: Numbers, source: Numbers, frequencies: Scores, places: list[tuple[int, int]]) -> list[Span]:
    pair = closely(query, source, frequencies)
    spans: list[Span] = []
    for start, at in places:
        if not is_within(spans, start, at):
            span = span_from(pair, start, at)
            if span is not None and span.score >= LEAST:
                spans.append(span)
    return merged(spans)

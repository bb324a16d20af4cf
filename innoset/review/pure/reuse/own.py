"""The author's own words: without the printed words of the form and without what is quoted from acts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.reuse.grams import GRAM, Numbers, grams_of, ids_of
from innoset.review.pure.reuse.quotations import quoted
from innoset.review.pure.words import Words, words_of


@dataclass(frozen=True, slots=True)
class Own:
    """Own words of a text as numbers; `kept` tells which telling word of the text each one is."""

    ids: Numbers
    kept: NDArray[np.int64]
    words: Words = field(repr=False)

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """Return from–to in the text of the own words from the first to the last one."""
        return self.words.starts[int(self.kept[first])], self.words.ends[int(self.kept[last])]

    def disguised(self, first: int, last: int) -> int:
        """Return how many words between two own ones have swapped letters or hidden signs in them."""
        low, high = int(self.kept[first]), int(self.kept[last])
        return sum(low <= place <= high for place in self.words.disguised)


def own_words(text: str, *, template: str = "", quotes: bool = True) -> Own:
    """Return the author's own words of a text that was written into the form with these printed words."""
    words = words_of(text)
    ids = ids_of(words.stems)
    printed = _printed(ids, _grams_of_form(template))
    if quotes:
        printed |= _inside(words.starts, quoted(text))
    kept = np.flatnonzero(~printed)
    return Own(ids[kept], kept, words)


@lru_cache(maxsize=64)
def _grams_of_form(template: str) -> Numbers:
    return np.unique(grams_of(ids_of(words_of(template).stems)))


def _printed(ids: Numbers, form: Numbers) -> NDArray[np.bool_]:
    """Tell which words stand in three in a row that the form has too."""
    printed = np.zeros(len(ids), bool)
    hits = np.flatnonzero(np.isin(grams_of(ids), form))
    for place in range(GRAM):
        printed[hits + place] = True
    return printed


def _inside(starts: Sequence[int], spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Tell which words begin inside one of the spans, which may overlap."""
    begins = np.array([begin for begin, _ in spans], np.int64)
    reached = np.array(list(accumulate((end for _, end in spans), max)), np.int64)
    places = np.array(starts, np.int64)
    last = np.searchsorted(begins, places, "right") - 1
    inside: NDArray[np.bool_] = (last >= 0) & (places < np.append(reached, 0)[last])
    return inside

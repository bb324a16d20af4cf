"""The measures of PAN by words: precision, recall, granularity, and all in one figure."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from tools.bench.reuse.plans import Set


@dataclass(frozen=True, slots=True)
class Area:
    """Words of a document beside words of its source."""

    document: str
    source: str
    words: range
    source_words: range

    @property
    def size(self) -> int:
        """Return the number of words on both sides."""
        return len(self.words) + len(self.source_words)


@dataclass(frozen=True, slots=True)
class Quality:
    """How well passages were found."""

    precision: float
    recall: float
    granularity: float

    @property
    def plagdet(self) -> float:
        """Return all in one figure."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total / log2(1 + self.granularity) if total else 0.0


class Rulers:
    """Turns characters into words, document by document."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._starts = {
            key: [found.start() for found in re.finditer(r"\w+", text)] for key, text in texts.items()
        }

    def words(self, key: str, start: int, end: int) -> range:
        """Return the words that begin between two characters."""
        return range(bisect_left(self._starts[key], start), bisect_left(self._starts[key], end))


def truth(given: Set, rulers: Rulers) -> list[Area]:
    """Return the hidden passages as areas."""
    return [
        Area(
            one.document,
            one.source,
            rulers.words(one.document, one.start, one.end),
            rulers.words(one.source, one.source_start, one.source_end),
        )
        for one in given.cases
    ]


def quality(cases: Sequence[Area], found: Sequence[Area]) -> Quality:
    """Measure what was found against what was hidden, every passage weighing the same."""
    detected = [[one for one in found if _meet(case, one)] for case in cases]
    granular = [len(ones) for ones in detected if ones]
    return Quality(
        precision=_mean([_covered(one, [case for case in cases if _meet(case, one)]) for one in found]),
        recall=_mean([_covered(case, ones) for case, ones in zip(cases, detected, strict=True)]),
        granularity=_mean([float(count) for count in granular]) if granular else 1.0,
    )


def recalls(cases: Sequence[Area], found: Sequence[Area]) -> list[float]:
    """Return how much of each hidden passage was found."""
    return [_covered(case, [one for one in found if _meet(case, one)]) for case in cases]


def _meet(case: Area, one: Area) -> bool:
    same = (case.document, case.source) == (one.document, one.source)
    return same and _overlap(case.words, one.words) > 0 and _overlap(case.source_words, one.source_words) > 0


def _overlap(one: range, other: range) -> int:
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def _covered(one: Area, others: Sequence[Area]) -> float:
    in_text = {word for other in others for word in other.words if word in one.words}
    in_source = {word for other in others for word in other.source_words if word in one.source_words}
    return (len(in_text) + len(in_source)) / max(one.size, 1)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0

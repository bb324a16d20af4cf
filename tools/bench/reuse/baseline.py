"""What is compared with: winnowed fingerprints of four sorted words, and clusters of those that are equal."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from innoset.review.pure.words import Words, words_of

GRAM: Final = 4
WINDOW: Final = 4
GAP: Final = 50
LEAST: Final = 3


@dataclass(slots=True)
class Cluster:
    """Equal fingerprints near each other in both texts."""

    start: int
    end: int
    source_start: int
    source_end: int
    count: int = 1

    def takes(self, place: int, source: int) -> bool:
        """Tell whether the fingerprint lies close enough; if so, grow by it."""
        near = place - self.end <= GAP and self.source_start - GAP <= source <= self.source_end + GAP
        if near:
            self.end, self.count = max(self.end, place), self.count + 1
            self.source_start, self.source_end = min(self.source_start, source), max(self.source_end, source)
        return near


def fingerprints(stems: list[str]) -> dict[int, int]:
    """Return the kept fingerprints by their places."""
    hashes = [_hash(sorted(stems[n : n + GRAM])) for n in range(len(stems) - GRAM + 1)]
    kept: dict[int, int] = {}
    for start in range(max(len(hashes) - WINDOW + 1, 0)):
        place = min(range(start, start + WINDOW), key=lambda n: (hashes[n], n))
        kept[place] = hashes[place]
    return kept


def _hash(stems: list[str]) -> int:
    return int.from_bytes(blake2b(" ".join(stems).encode(), digest_size=8).digest(), "little")


class Baseline:
    """An index of fingerprints; those of the form are left out."""

    def __init__(self, template: str, bank: Mapping[str, str]) -> None:
        self._form = set(_all_grams(words_of(template).stems))
        self._words = {key: words_of(text) for key, text in bank.items()}
        self._places: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for key, words in self._words.items():
            for place, value in fingerprints(words.stems).items():
                if value not in self._form:
                    self._places[value].append((key, place))

    def find(self, text: str) -> list[tuple[str, int, int, int, int]]:
        """Return the source and from–to in characters of both texts."""
        words = words_of(text)
        hits: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, value in fingerprints(words.stems).items():
            for key, source in self._places.get(value, ()):
                hits[key].append((place, source))
        return [
            (
                key,
                *_characters(words, one.start, one.end),
                *_characters(self._words[key], one.source_start, one.source_end),
            )
            for key, pairs in hits.items()
            for one in _clusters(pairs)
        ]


def _all_grams(stems: list[str]) -> list[int]:
    return [_hash(sorted(stems[n : n + GRAM])) for n in range(len(stems) - GRAM + 1)]


def _clusters(pairs: list[tuple[int, int]]) -> list[Cluster]:
    clusters: list[Cluster] = []
    for place, source in sorted(pairs):
        if not any(one.takes(place, source) for one in clusters):
            clusters.append(Cluster(place, place, source, source))
    return [one for one in clusters if one.count >= LEAST]


def _characters(words: Words, first: int, last: int) -> tuple[int, int]:
    return words.starts[first], words.ends[min(last + GRAM - 1, len(words.ends) - 1)]

"""The texts as arrays: one stream of words, and where each three words stand. In memory, or mapped from files."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.reuse.alignment import BAND
from innoset.review.pure.reuse.grams import Numbers, grams_of, pairs_of, winnowed

GAP: Final = np.zeros(BAND + 1, np.uint32)
"""Stands between two texts, so that no band reaches from one into the other."""
WINDOW: Final = 4
_DENSE_UP_TO: Final = 4_000_000
"""While there are no more words than this, every gram is kept: shorter passages are found."""
_PAIRS_UP_TO: Final = 1_000_000
"""While there are no more words than this, near pairs are kept too: even a retold sentence is found."""
_NAMES: Final = ("stream", "starts", "lengths", "grams", "places", "words", "counts")
_FORMAT: Final = 2


@dataclass(frozen=True, slots=True)
class Label:
    """Whose text it is: its key, the family of its versions, the fingerprint of what was put in."""

    key: str
    family: str = ""
    sha256: str = ""


_NOBODYS: Final = Label("")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Texts ready to be searched."""

    labels: Sequence[Label]
    stream: Numbers
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    grams: Numbers
    places: Numbers
    words: Numbers
    counts: Numbers

    def text(self, number: int) -> Numbers:
        """Return the words of one text."""
        start = int(self.starts[number])
        return self.stream[start : start + int(self.lengths[number])]

    def without(self, keys: Collection[str]) -> "Shelf":
        """Return the shelf with some texts taken off: they lose their labels, and are found no more."""
        return replace(self, labels=[_NOBODYS if one.key in keys else one for one in self.labels])

    def numbers_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in which text each place of the stream lies."""
        return np.searchsorted(self.starts, places, "right") - 1

    def counts_of(self, query: Numbers) -> NDArray[np.int64]:
        """Return how often each word comes up in all the texts together."""
        if not len(self.words):
            return np.zeros(len(query), np.int64)
        spots = np.minimum(np.searchsorted(self.words, query), len(self.words) - 1)
        return np.where(self.words[spots] == query, self.counts[spots], 0).astype(np.int64)


def shelve(texts: Iterable[tuple[Label, Numbers]]) -> Shelf:
    """Arrange texts; the memory it takes is about 16 bytes a telling word at its highest."""
    labels: list[Label] = []
    pieces: list[Numbers] = [GAP]
    for label, ids in texts:
        labels.append(label)
        pieces += [ids, GAP]
    lengths = np.array([len(piece) for piece in pieces[1::2]], np.int64)
    stream = np.concatenate(pieces)
    del pieces
    starts = len(GAP) + np.concatenate([[0], np.cumsum(lengths + len(GAP))[:-1]]).astype(np.int64)
    words, counts = _counted(stream)
    grams, places = _sorted_grams(stream, starts[: len(labels)], lengths)
    return Shelf(labels, stream, starts[: len(labels)], lengths, grams, places, words, counts)


def _counted(stream: Numbers) -> tuple[Numbers, Numbers]:
    """Return every word and how often it comes up; sorted in place, for the stream may be large."""
    present = stream[stream > 0]
    present.sort()
    first = np.flatnonzero(np.append(True, present[1:] != present[:-1])[: len(present)])
    counts = np.diff(np.append(first, len(present)))
    return present[first], counts.astype(np.uint32)


def _sorted_grams(
    stream: Numbers, starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[Numbers, Numbers]:
    """Return every kept gram with its place, in the order of the grams: both in one number while they are sorted."""
    total = int(lengths.sum())
    window = 1 if total <= _DENSE_UP_TO else WINDOW
    pieces: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
    for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
        ids = stream[start : start + length]
        grams = grams_of(ids)
        kept = winnowed(grams, window)
        pieces.append(_packed(grams[kept], kept + start))
        if total <= _PAIRS_UP_TO:
            pairs, places = pairs_of(ids)
            pieces.append(_packed(pairs, places + start))
    packed = np.concatenate(pieces)
    del pieces
    packed.sort()
    return (packed >> np.uint64(32)).astype(np.uint32), packed.astype(np.uint32)


def _packed(grams: Numbers, places: NDArray[np.int64]) -> NDArray[np.uint64]:
    return (grams.astype(np.uint64) << np.uint64(32)) | places.astype(np.uint64)


def put(shelf: Shelf, folder: Path) -> None:
    """Write the arrays into an empty folder; the list of labels comes last, and without it there is no shelf."""
    folder.mkdir(parents=True)
    for name in _NAMES:
        np.save(folder / f"{name}.npy", getattr(shelf, name), allow_pickle=False)
    labels = [[label.key, label.family, label.sha256] for label in shelf.labels]
    (folder / "labels.json").write_text(json.dumps({"format": _FORMAT, "labels": labels}, ensure_ascii=False))


def taken(folder: Path) -> Shelf | None:
    """Return the shelf of a folder with its arrays mapped, or None if there is none that can be used."""
    try:
        told: dict[str, Any] = json.loads((folder / "labels.json").read_text())
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _NAMES}
    except (OSError, ValueError):
        return None
    if told.get("format") != _FORMAT or len(arrays["starts"]) != len(told["labels"]):
        return None
    return Shelf([Label(*label) for label in told["labels"]], **arrays)

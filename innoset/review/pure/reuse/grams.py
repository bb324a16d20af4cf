"""Numbers that stand for words, for three words in a row, for two near each other; their order does not matter."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]

GRAM: Final = 3
NEAR: Final = 3
_FIRST_ID: Final = 16
"""Smaller numbers stand for no word: they part the texts from each other."""


@lru_cache(maxsize=300_000)
def _id_of(stem: str) -> int:
    return max(int.from_bytes(blake2b(stem.encode(), digest_size=4).digest(), "little"), _FIRST_ID)


def ids_of(stems: Sequence[str]) -> Numbers:
    """Return a number for each stem: the same in every text, year and process."""
    return np.fromiter(map(_id_of, stems), dtype=np.uint32, count=len(stems))


def grams_of(ids: Numbers) -> Numbers:
    """Return a number for each three words in a row; their order does not matter."""
    if len(ids) < GRAM:
        return np.empty(0, np.uint32)
    rows = np.sort(np.stack([ids[:-2], ids[1:-1], ids[2:]], axis=1).astype(np.uint64), axis=1)
    mixed = _mixed(_mixed(_mixed(rows[:, 0]) ^ rows[:, 1]) ^ rows[:, 2])
    return (mixed >> np.uint64(32)).astype(np.uint32)


def pairs_of(ids: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """Return a number for each two words with at most two others between, and the place of the first one.

    Where a word is put in after every other one, no three of them stand in a row any more.
    """
    grams, places = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
    for step in range(1, min(NEAR + 1, len(ids))):
        rows = np.sort(np.stack([ids[:-step], ids[step:]], axis=1).astype(np.uint64), axis=1)
        mixed = _mixed(_mixed(rows[:, 0]) + rows[:, 1])
        grams.append((mixed >> np.uint64(32)).astype(np.uint32))
        places.append(np.arange(len(rows)))
    return np.concatenate(grams), np.concatenate(places)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the values over all 64 bits (the finisher of splitmix64)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def winnowed(grams: Numbers, window: int) -> NDArray[np.int64]:
    """Return the places of the least gram of every window: of a long enough copy at least one is kept."""
    if window < 2 or len(grams) <= window:  # noqa: PLR2004  # reason: a window of one keeps all
        return np.arange(len(grams))
    views = np.lib.stride_tricks.sliding_window_view(grams, window)
    return np.unique(views.argmin(axis=1) + np.arange(len(views)))

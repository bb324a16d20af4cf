"""What is worth a closer look: seeds that lead far by themselves, or together with others beside them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.reuse.alignment import BAND, Pairing, Places, Scores, follow
from innoset.review.pure.reuse.grams import Numbers
from innoset.review.pure.reuse.shelf import Shelf

EVERYWHERE: Final = 256
"""A gram that stands in more places is a turn of speech, not a trace."""
LEAST: Final = 12.0
"""What a piece must score to be looked at in company."""
_THIN: Final = 6
# Pieces of one passage lie within such a cell, in telling words of the text and of the source.
_CELL: Final = 48


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of places with something in common, the strongest first."""

    starts: Places
    sources: Places


def candidates_of(
    pair: Pairing, grams: Numbers, shelf: Shelf, excluded: NDArray[np.bool_], least: float
) -> Candidates:
    """Return the places from which a passage of at least this score may be followed. None is lost by it:
    what is counted here is never less than what the closer look finds.
    """
    starts, sources = _seeds(grams, shelf, excluded)
    right, left = follow(pair, starts, sources, 1), follow(pair, starts - 1, sources - 1, -1)
    scores = right.score + left.score
    likely = np.flatnonzero(scores >= LEAST)
    starts, sources, scores = starts[likely], sources[likely], scores[likely]
    begins, ends = starts - left.length[likely], starts + right.length[likely]
    pieces = np.stack([begins, ends, (sources - starts) // BAND])
    first = np.unique(pieces, axis=1, return_index=True)[1]
    starts, sources, scores = starts[first], sources[first], scores[first]
    kept = np.flatnonzero(_in_company(starts, sources, scores) >= least)
    kept = kept[np.argsort(-scores[kept], kind="stable")]
    return Candidates(starts[kept], sources[kept])


def _seeds(grams: Numbers, shelf: Shelf, excluded: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Return the pairs of equal grams outside the excluded texts; of many in a row on one diagonal, a few."""
    first = np.searchsorted(shelf.grams, grams, "left")
    count = np.searchsorted(shelf.grams, grams, "right") - first
    count[count > EVERYWHERE] = 0
    starts = np.repeat(np.arange(len(grams)), count)
    within = np.arange(len(starts)) - np.repeat(np.cumsum(count) - count, count)
    sources = shelf.places[np.repeat(first, count) + within].astype(np.int64)
    allowed = ~excluded[shelf.numbers_at(sources)]
    starts, sources = starts[allowed], sources[allowed]
    cells = np.stack([(sources - starts) // (BAND // 4), starts // _THIN])
    kept = np.sort(np.unique(cells, axis=1, return_index=True)[1])
    return starts[kept], sources[kept]


def _in_company(starts: Places, sources: Places, scores: Scores) -> Scores:
    """Return for each piece the most that it and its neighbours score together, over four grids of cells."""
    most = scores.copy()
    for shift in (0, _CELL // 2):
        for other in (0, _CELL // 2):
            cells = np.stack([(starts + shift) // _CELL, (sources + other) // _CELL])
            inverse = np.unique(cells, axis=1, return_inverse=True)[1].reshape(-1)
            most = np.maximum(most, np.bincount(inverse, weights=scores, minlength=1)[inverse])
    return most

"""What is worth a closer look: seeds that lead far by themselves, or together with others beside them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.reuse.alignment import BAND, Pairing, Places, Scores, follow
from innoset.review.pure.reuse.grams import Numbers, grams_of, pairs_of, winnowed
from innoset.review.pure.reuse.shelf import WINDOW, Shelf

EVERYWHERE: Final = 256
"""A gram that stands in more places is a turn of speech, not a trace."""
_PAIRS_EVERYWHERE: Final = 24
LEAST: Final = 12.0
"""What a piece must score to be looked at in company."""
_PLENTY: Final = 40_000
"""With more seeds than this a share of the grams is enough: in a large set the shelf keeps a share only."""
_THIN: Final = 6
# Pieces of one passage lie within such a cell, in telling words of the text and of the source.
_CELL: Final = 48


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of places with something in common, the strongest first."""

    starts: Places
    sources: Places


def candidates_of(pair: Pairing, shelf: Shelf, excluded: NDArray[np.bool_], least: float) -> Candidates:
    """Return the places from which a passage of at least this score may be followed. None is lost by it:
    what is counted here is never less than what the closer look finds.
    """
    starts, sources = _seeds(_traces(pair.query), shelf, excluded)
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


@dataclass(frozen=True, slots=True)
class _Traces:
    """Grams of a text: where each stands, in how many places of others it may stand, whether it is kept for sure."""

    grams: Numbers
    places: Places
    most: Places
    is_sure: NDArray[np.bool_]


def _traces(query: Numbers) -> _Traces:
    grams, (pairs, places) = grams_of(query), pairs_of(query)
    sure = np.zeros(len(grams) + len(pairs), bool)
    sure[winnowed(grams, WINDOW)] = True
    return _Traces(
        np.concatenate([grams, pairs]),
        np.concatenate([np.arange(len(grams)), places]),
        np.repeat([EVERYWHERE, _PAIRS_EVERYWHERE], [len(grams), len(pairs)]),
        sure,
    )


def _seeds(traces: _Traces, shelf: Shelf, excluded: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Return the pairs of equal grams outside the excluded texts; of many in a row on one diagonal, a few."""
    first = np.searchsorted(shelf.grams, traces.grams, "left")
    count = np.searchsorted(shelf.grams, traces.grams, "right") - first
    count[count > traces.most] = 0
    if count.sum() > _PLENTY:
        count[~traces.is_sure] = 0
    starts = np.repeat(traces.places, count)
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

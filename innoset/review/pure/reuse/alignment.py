"""From three equal words to more: both texts are followed side by side as long as they keep agreeing."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.reuse.grams import Numbers

Places = NDArray[np.int64]
Scores = NDArray[np.float64]

BAND: Final = 12
"""How far, in telling words, a word may have moved."""
WIDTH: Final = 2 * BAND + 1
AGREEING: Final = 0.65
"""How many of the words of a disguised passage are found in its source."""
DROP: Final = 8.0
"""A passage ends where it has lost so much of its score."""
# The nearest place first: a repeated word is held against the one beside it.
_OFFSETS: Final = np.array(sorted(range(-BAND, BAND + 1), key=abs))


@dataclass(frozen=True, slots=True)
class Worth:
    """What each word of a text tells: when it is found in the other text, and when it is not."""

    found: Scores
    missing: Scores


def worth_of(frequencies: Scores) -> Worth:
    """Return the log-likelihood of copying against chance for words of these frequencies."""
    chance = np.minimum(1 - (1 - frequencies) ** WIDTH, AGREEING)
    return Worth(np.log(AGREEING / chance), np.log((1 - AGREEING) / (1 - chance)))


@dataclass(slots=True)
class Reach:
    """How far each seed could be followed in one direction, and for what score."""

    score: Scores
    length: Places


@dataclass(frozen=True, slots=True)
class Pairing:
    """A text beside the stream of all texts, which are parted by numbers of no word."""

    query: Numbers
    stream: Numbers
    worth: Worth


def follow(pair: Pairing, starts: Places, sources: Places, step: int) -> Reach:
    """Follow many seeds at once, one word at a time, until each has lost `DROP` of its best score.

    The band goes along with the words found, so that what is left out or put in ends no passage.
    """
    count = len(starts)
    reach = Reach(np.zeros(count), np.zeros(count, np.int64))
    running, live = np.zeros(count), np.arange(count)
    places, centres = starts.copy(), sources.copy()
    length = 0
    while len(live):
        length += 1
        live = live[(places[live] >= 0) & (places[live] < len(pair.query))]
        running[live] += _step(pair, places, centres, live)
        better = live[running[live] > reach.score[live]]
        reach.score[better], reach.length[better] = running[better], length
        places[live] += step
        centres[live] += step
        live = live[running[live] > reach.score[live] - DROP]
    return reach


def _step(pair: Pairing, places: Places, centres: Places, live: Places) -> Scores:
    """Return what one word more gives each seed; the centre moves a step towards the word found."""
    near = np.clip(centres[live, None] + _OFFSETS, 0, len(pair.stream) - 1)
    equal = pair.stream[near] == pair.query[places[live], None]
    nearest = equal.argmax(axis=1)
    is_found = equal[np.arange(len(live)), nearest]
    centres[live] += np.where(is_found, np.sign(_OFFSETS[nearest]), 0)
    return np.where(is_found, pair.worth.found[places[live]], pair.worth.missing[places[live]])

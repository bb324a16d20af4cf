"""How well an expert suits a dossier: subject, texts, own wish. Each part is told, an unknown one is left out.

Texts and wishes are counted as a place in the expert's own list (the share of dossiers that lie lower, ties
halved), so who marks everything «Хочу» gains nothing, and neither does who writes long.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.foundation.russian import joined

Floats = NDArray[np.float64]

WEIGHTS: Final = {"directions": 0.4, "texts": 0.3, "wishes": 0.3}
UNKNOWN: Final = 0.5
"""What a pair is worth of which nothing is known."""

_UNANSWERED: Final = 1
"""An unanswered dossier stands in the expert's list as one that the expert can judge."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the expert said of a dossier: unwanted (0), possible (1), wanted (2), and the word for it."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A dossier: its subject directions by title, and its words."""

    key: int
    directions: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judge:
    """An expert: subject directions by title, words of the passport and of works judged before, wishes."""

    key: int
    directions: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    wishes: Mapping[int, Wish] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Affinity:
    """How well the two suit each other, from 0 to 1, and why."""

    value: float
    why: str


def affinities(judges: Sequence[Judge], topics: Sequence[Topic]) -> dict[tuple[int, int], Affinity]:
    """Return the affinity of every (judge, topic)."""
    likeness = _likeness(judges, topics)
    found: dict[tuple[int, int], Affinity] = {}
    for judge, row in zip(judges, likeness, strict=True):
        near = _places(row) if row is not None else [None] * len(topics)
        keen = _keenness(judge, topics)
        for topic, text, wish in zip(topics, near, keen, strict=True):
            parts = {"directions": _overlap(judge, topic), "texts": text, "wishes": wish}
            found[judge.key, topic.key] = Affinity(_mean(parts), _why(judge, topic, parts))
    return found


def _mean(parts: Mapping[str, float | None]) -> float:
    known = {name: value for name, value in parts.items() if value is not None}
    if not known:
        return UNKNOWN
    weight = sum(WEIGHTS[name] for name in known)
    return round(sum(WEIGHTS[name] * value for name, value in known.items()) / weight, 4)


def _overlap(judge: Judge, topic: Topic) -> float | None:
    """Return the share of the dossier's directions that the expert knows."""
    if not judge.directions or not topic.directions:
        return None
    return len(judge.directions & topic.directions) / len(topic.directions)


def _places(values: Sequence[float]) -> list[float | None]:
    """Return for each value the share of the list that lies lower, ties halved."""
    order = sorted(values)
    return [(bisect_left(order, one) + bisect_right(order, one)) / (2 * len(order)) for one in values]


def _keenness(judge: Judge, topics: Sequence[Topic]) -> list[float | None]:
    """Return the place of each answered wish in the expert's list; the unanswered stand in its middle."""
    told = [judge.wishes.get(topic.key) for topic in topics]
    places = _places([_UNANSWERED if one is None else one.level for one in told])
    return [place if topic.key in judge.wishes else None for topic, place in zip(topics, places, strict=True)]


def _why(judge: Judge, topic: Topic, parts: Mapping[str, float | None]) -> str:
    said = [_of_directions(judge, topic), _of_texts(parts["texts"]), _of_wish(judge, topic)]
    return ". ".join(one for one in said if one) or "О соответствии ничего не известно"


def _of_directions(judge: Judge, topic: Topic) -> str:
    if not judge.directions or not topic.directions:
        return ""
    common = sorted(judge.directions & topic.directions)
    if not common:
        return "Направления работы эксперт не указал своими"
    return f"Общие направления: {joined([f'«{one}»' for one in common])}"


def _of_texts(place: float | None) -> str:
    if place is None:
        return ""
    return f"По тексту ближе к опыту эксперта, чем {round(100 * place)} % дел тура"


def _of_wish(judge: Judge, topic: Topic) -> str:
    wish = judge.wishes.get(topic.key)
    return f"Ответ эксперта: «{wish.words}»" if wish else ""


def _likeness(judges: Sequence[Judge], topics: Sequence[Topic]) -> list[list[float] | None]:
    """Return for each judge the cosines of TF-IDF with every topic; None for one of whom there is no text."""
    counts = [Counter(words) for words in (*(one.words for one in judges), *(one.words for one in topics))]
    rarity = _rarity(counts)
    shared = _shared(counts[: len(judges)], counts[len(judges) :])
    rows = np.array([_vector(one, rarity, shared) for one in counts]).reshape(len(counts), len(shared))
    cosines = rows[: len(judges)] @ rows[len(judges) :].T
    return [
        [round(float(one), 9) for one in line] if judge.words and topics else None
        for judge, line in zip(judges, cosines, strict=True)
    ]


def _rarity(counts: Sequence[Counter[str]]) -> dict[str, float]:
    seen = Counter(word for one in counts for word in one)
    return {word: math.log((1 + len(counts)) / (1 + number)) + 1 for word, number in seen.items()}


def _shared(judges: Sequence[Counter[str]], topics: Sequence[Counter[str]]) -> dict[str, int]:
    """Number the words that stand on both sides: no others can make two texts alike."""
    ours = {word for one in judges for word in one}
    theirs = {word for one in topics for word in one}
    return {word: place for place, word in enumerate(sorted(ours & theirs))}


def _vector(counts: Counter[str], rarity: Mapping[str, float], shared: Mapping[str, int]) -> Floats:
    weights = {word: (1 + math.log(number)) * rarity[word] for word, number in counts.items()}
    norm = math.sqrt(sum(one * one for one in weights.values())) or 1.0
    row = np.zeros(len(shared))
    for word, weight in weights.items():
        if word in shared:
            row[shared[word]] = weight / norm
    return row

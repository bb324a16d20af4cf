"""All the spellings of all the labels of one form, and how well a text fits each."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from innoset.projects.pure.forms import Field, Form, Part, fields_of
from innoset.projects.pure.matching.similarity import grams_of, letters_ratio, same_word, words_of

LIKELY: Final = 0.7
POSSIBLE: Final = 0.46
CLEAR_LEAD: Final = 0.05
_UNKNOWN_WORD: Final = 1.0
_LEAST_WEIGHT: Final = 0.1
_PARTICLE: Final = 2  # letters of «и», «по»
_DAMAGED: Final = 0.88
_RIVALS_COST: Final = 5
_LONG_LABEL: Final = 11
_WITHOUT_HEAD: Final = 0.6
_SHARED_GRAMS: Final = 0.3
_SHORT: Final = 8  # letters
_MOST_KNOWN: Final = 4_096


@dataclass(frozen=True, slots=True)
class Claim:
    """A guess which field a label belongs to; `part` marks the parts of a stage."""

    key: str
    score: float
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    key: str
    part: Part | None
    words: tuple[str, ...]
    letters: str
    factor: float
    grams: frozenset[str]


class Spellings:
    """What the labels of a form look like; the same text gets the same guesses in every document."""

    def __init__(self, form: Form) -> None:
        plain = list(fields_of(form, stages=0))
        parts = [part for part in form.stages.parts if part.part is not Part.NAME] if form.stages else []
        self.order = {field.key: place for place, field in enumerate(plain)}
        self.numbers = {field.key: field.printed_number for field in plain}
        self.weights = _weights([*plain, *parts])
        self.variants = tuple(variant for field in (*plain, *parts) for variant in _variants(field))
        self.heads = frozenset(variant.words[0] for variant in self.variants)
        self.known: dict[str, tuple[tuple[Claim, ...], int]] = {}

    def guesses(self, text: str) -> tuple[tuple[Claim, ...], int]:
        """Return the guesses for a label text, the best first, one a key, and how many comparisons they cost."""
        if text not in self.known:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[text] = self.guessed(text)
        return self.known[text]

    def guessed(self, text: str) -> tuple[tuple[Claim, ...], int]:
        """Compare a text with every spelling that may be meant."""
        words = words_of(text)
        letters = "".join(words)
        grams, cost = grams_of(letters), 0
        best: dict[tuple[str, Part | None], float] = {}
        for variant in self.variants if letters else ():
            if not _related(letters, grams, variant):
                continue
            score, spent = self.score(words, letters, variant)
            name, cost = (variant.key, variant.part), cost + spent
            if score > best.get(name, POSSIBLE):
                best[name] = score
        found = (Claim(key, score, part) for (key, part), score in best.items())
        return tuple(sorted(found, key=lambda claim: -claim.score)), cost

    def score(self, words: tuple[str, ...], letters: str, variant: Variant) -> tuple[float, int]:
        """Return how well words fit a spelling, by letters and by the telling words, and what it cost."""
        if letters == variant.letters:
            return variant.factor, 0
        ratio = letters_ratio(letters, variant.letters)
        if len(letters) >= _LONG_LABEL and variant.letters.startswith(letters):
            ratio = max(ratio, 0.9)
        if ratio < POSSIBLE:
            return 0.0, 1
        score = (0.5 * ratio + 0.5 * self.telling(words, variant.words)) * variant.factor
        if ratio >= _DAMAGED and ratio > self.rival(letters, variant) + CLEAR_LEAD:
            return max(score, ratio * variant.factor), 1 + _RIVALS_COST
        return score if _has_head(words, letters, variant) else min(score, _WITHOUT_HEAD), 1

    def rival(self, letters: str, variant: Variant) -> float:
        """Return how well the letters fit other fields: to be taken, a damaged label must beat them."""
        name = (variant.key, variant.part)
        others = (one.letters for one in self.variants if (one.key, one.part) != name)
        return max((letters_ratio(letters, one) for one in others), default=0.0)

    def telling(self, words: tuple[str, ...], label: tuple[str, ...]) -> float:
        """Return the F-measure of shared words; words that many labels share weigh little."""
        known = sum(self.weight(word) for word in label)
        shared = sum(self.weight(word) for word in label if any(same_word(word, one) for one in words))
        common = sum(
            self.weight(next((word for word in label if same_word(word, one)), one))
            for one in words
            if any(same_word(word, one) for word in label)
        )
        given = common + sum(
            self.weight(one) for one in words if not any(same_word(word, one) for word in label)
        )
        if not shared or not given:
            return 0.0
        recall, precision = shared / known, common / given
        return 2 * recall * precision / (recall + precision)

    def weight(self, word: str) -> float:
        """Return how much a word tells one label from another."""
        return self.weights.get(word, _UNKNOWN_WORD if len(word) > _PARTICLE else _LEAST_WEIGHT)


def _related(letters: str, grams: frozenset[str], label: Variant) -> bool:
    """Tell cheaply whether it is worth comparing; a misprint leaves a short word few runs of letters."""
    least, most = sorted((len(letters), len(label.letters)))
    begins = len(letters) >= _LONG_LABEL and label.letters.startswith(letters)
    if 2 * least < POSSIBLE * (least + most) and not begins:
        return False
    if len(label.letters) <= _SHORT and abs(len(label.letters) - len(letters)) <= _SHORT // 4:
        return letters[0] == label.letters[0] or letters[-1] == label.letters[-1]
    return _share(grams, label.grams)


def _share(grams: frozenset[str], label: frozenset[str]) -> bool:
    return len(grams & label) >= _SHARED_GRAMS * min(len(grams), len(label))


def _has_head(words: tuple[str, ...], letters: str, variant: Variant) -> bool:
    """Tell whether the first word of the label, the telling one, is there."""
    head = variant.words[0]
    return any(same_word(head, word) for word in words) or (len(head) > _PARTICLE + 1 and head in letters)


def _variants(field: Field) -> list[Variant]:
    full = field.label
    bare = re.sub(r"\([^)]*\)", " ", full)
    texts = dict.fromkeys(field.synonyms, 0.95) | {bare: 0.97, full: 1.0}
    found: dict[str, Variant] = {}
    for text, factor in texts.items():
        words = words_of(text)
        letters = "".join(words)
        found.setdefault(letters, Variant(field.key, field.part, words, letters, factor, grams_of(letters)))
    return [one for letters, one in found.items() if letters]


def _weights(fields: list[Field]) -> dict[str, float]:
    counts = Counter(word for field in fields for word in set(words_of(field.label)))
    total = len(fields) + 1
    top = math.log(total)
    found = {word: max(0.12, math.log(total / count) / top) for word, count in counts.items()}
    return {word: weight if len(word) > _PARTICLE else _LEAST_WEIGHT for word, weight in found.items()}


@lru_cache(maxsize=8)
def spellings_of(form: Form) -> Spellings:
    """Return the spellings of a form, made once."""
    return Spellings(form)

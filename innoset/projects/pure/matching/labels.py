"""The labels of a form, ready to be compared with what stands in a document."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Final

from innoset.projects.pure.forms import Field, Form, Part, fields_of
from innoset.projects.pure.matching.similarity import (
    LOOKALIKES,
    grams_of,
    letters_ratio,
    number_of,
    same_word,
    unspaced,
    words_of,
)

SURE: Final = 0.86
LIKELY: Final = 0.7
POSSIBLE: Final = 0.46
_CLEAR_LEAD: Final = 0.05
_UNKNOWN_WORD: Final = 1.0
_LEAST_WEIGHT: Final = 0.1
_PARTICLE: Final = 2  # letters of «и», «по»
_DAMAGED: Final = 0.88
_ALMOST: Final = 0.74
_RIVALS_COST: Final = 5
_MOST_COMPARISONS: Final = 5_000  # a form takes a thousand; beyond, somebody wants to keep us busy
_LONGEST_HEAD: Final = 600
_LONG_LABEL: Final = 11
_WITHOUT_HEAD: Final = 0.6
_SHARED_GRAMS: Final = 0.3
_SHORT: Final = 8  # letters

_ORDINALS: Final = {
    "i": 1, "1": 1, "перв": 1, "ii": 2, "2": 2, "п": 2, "втор": 2,
    "iii": 3, "3": 3, "ш": 3, "трет": 3, "iv": 4, "4": 4, "четв": 4,
    "v": 5, "5": 5, "пят": 5, "vi": 6, "6": 6, "шест": 6, "vii": 7, "7": 7, "седьм": 7,
    "viii": 8, "8": 8, "восьм": 8, "ix": 9, "9": 9, "девят": 9,
}  # fmt: skip
_ORDINAL: Final = r"(?P<{0}>viii|vii|vi|iv|ix|v|i{{1,3}}|п|ш|[1-9]|перв|втор|трет|четв|пят|шест|седьм|восьм|девят)(?:[-–]?(?:ый|ой|ий|й|го|ого|ым)|ерт\w+)?"
_STAGE: Final = re.compile(
    rf"^\W*(?:{_ORDINAL.format('before')}[\s.)]*(?:этап)(?![а-я])"
    rf"|этап\s*(?:№\s*)?{_ORDINAL.format('after')}(?![\wа-я]))",
    re.IGNORECASE,
)
_MIXED: Final = 40  # letters that may hold the head itself
_SPACED_ROMAN: Final = re.compile(r"^\W*[IVX](?: [IVX]){1,2}(?=\s+\S)")
_ROMAN_LOOKALIKES: Final = str.maketrans(
    {"І": "I", "і": "i", "Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "1": "1"}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A guess which field a label belongs to; `part` marks the parts of a stage."""

    key: str
    score: float
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class _Variant:
    key: str
    part: Part | None
    words: tuple[str, ...]
    letters: str
    factor: float
    grams: frozenset[str]


@dataclass(frozen=True, slots=True)
class StageHead:
    """«II этап: Основной»: the ordinal and the name if it stands there."""

    ordinal: int
    name: str


class Labels:
    """All the spellings of all the labels of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        plain = list(fields_of(form, stages=0))
        parts = [part for part in form.stages.parts if part.part is not Part.NAME] if form.stages else []
        self.order = {field.key: place for place, field in enumerate(plain)}
        self.numbers = {field.key: field.printed_number for field in plain}
        self.weights = _weights([*plain, *parts])
        self.variants = tuple(variant for field in (*plain, *parts) for variant in _variants(field))
        self.spent = 0
        self.known: dict[str, tuple[Claim, ...]] = {}
        self.heads = frozenset(variant.words[0] for variant in self.variants)

    def claims(self, text: str) -> tuple[Claim, ...]:
        """Return the guesses for a label text, the best first, one a key."""
        words = words_of(text)
        letters = "".join(words)
        if not letters:
            return ()
        if text in self.known:
            return self.known[text]
        if self.spent > _MOST_COMPARISONS:
            return ()
        grams = grams_of(letters)
        best: dict[tuple[str, Part | None], float] = {}
        for variant in self.variants:
            if not _related(letters, grams, variant):
                continue
            name = (variant.key, variant.part)
            score = self.score(words, letters, variant)
            if score > best.get(name, POSSIBLE):
                best[name] = score
        found = (Claim(key, score, part) for (key, part), score in best.items())
        self.known[text] = tuple(sorted(found, key=lambda claim: -claim.score))
        return self.known[text]

    def score(self, words: tuple[str, ...], letters: str, variant: "_Variant") -> float:
        """Return how well words fit a spelling of a label: letters and the telling words."""
        if letters == variant.letters:
            return variant.factor
        if len(letters) > 3 * len(variant.letters) or self.spent > _MOST_COMPARISONS:
            return 0.0
        self.spent += 1
        ratio = letters_ratio(letters, variant.letters)
        if len(letters) >= _LONG_LABEL and variant.letters.startswith(letters):
            ratio = max(ratio, 0.9)
        if ratio < POSSIBLE:
            return 0.0
        score = (0.5 * ratio + 0.5 * self.telling(words, variant.words)) * variant.factor
        if ratio >= _DAMAGED and ratio > self.rival(letters, variant) + _CLEAR_LEAD:
            return max(score, ratio * variant.factor)
        return score if _has_head(words, letters, variant) else min(score, _WITHOUT_HEAD)

    def rival(self, letters: str, variant: "_Variant") -> float:
        """Return how well the letters fit other fields: to be taken, a damaged label must beat them."""
        self.spent += _RIVALS_COST
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

    def may_begin(self, text: str) -> bool:
        """Tell cheaply whether a text begins with the first word of some label."""
        words = words_of(text[:60])
        return bool(words) and any(same_word(words[0], head) for head in self.heads)

    def best(self, text: str) -> Claim | None:
        """Return the one clear guess, None when there is none or two are close."""
        claims = self.claims(text)
        if not claims or claims[0].score < LIKELY:
            return None
        if len(claims) > 1 and claims[0].score - claims[1].score < _CLEAR_LEAD and claims[0].score < SURE:
            return None
        return claims[0]


def _related(letters: str, grams: frozenset[str], label: _Variant) -> bool:
    """Tell cheaply whether it is worth comparing; a misprint leaves a short word few runs of letters."""
    if len(label.letters) <= _SHORT and abs(len(label.letters) - len(letters)) <= _SHORT // 4:
        return letters[0] == label.letters[0] or letters[-1] == label.letters[-1]
    return _share(grams, label.grams)


def _share(grams: frozenset[str], label: frozenset[str]) -> bool:
    return len(grams & label) >= _SHARED_GRAMS * min(len(grams), len(label))


def _has_head(words: tuple[str, ...], letters: str, variant: _Variant) -> bool:
    """Tell whether the first word of the label, the telling one, is there."""
    head = variant.words[0]
    return any(same_word(head, word) for word in words) or (len(head) > _PARTICLE + 1 and head in letters)


def _variants(field: Field) -> list[_Variant]:
    full = field.label
    bare = re.sub(r"\([^)]*\)", " ", full)
    texts = dict.fromkeys(field.synonyms, 0.95) | {bare: 0.97, full: 1.0}
    found: dict[str, _Variant] = {}
    for text, factor in texts.items():
        words = words_of(text)
        letters = "".join(words)
        found.setdefault(letters, _Variant(field.key, field.part, words, letters, factor, grams_of(letters)))
    return [one for letters, one in found.items() if letters]


def _weights(fields: list[Field]) -> dict[str, float]:
    counts = Counter(word for field in fields for word in set(words_of(field.label)))
    total = len(fields) + 1
    top = math.log(total)
    found = {word: max(0.12, math.log(total / count) / top) for word, count in counts.items()}
    return {word: weight if len(word) > _PARTICLE else _LEAST_WEIGHT for word, weight in found.items()}


def labels_of(form: Form) -> Labels:
    """Return the labels of a form; what one document asked is remembered while it is read."""
    return Labels(form)


def stage_head(text: str, *, damaged: bool = False) -> StageHead | None:
    """Return the ordinal and the name of «I этап: Вводный», None for other text.

    `damaged` forgives a misprint in the word itself; only a label cell may ask for it.
    """
    numbered = not re.match(r"\s*\d\s*[-–]?(?:ый|ой|ий|й)?\s*этап", text, re.IGNORECASE)
    rest = number_of(text)[1] if numbered else text
    rest, far = rest[:_LONGEST_HEAD], rest[_LONGEST_HEAD:]
    rest = _SPACED_ROMAN.sub(lambda hit: hit[0].replace(" ", ""), unspaced(rest).translate(_ROMAN_LOOKALIKES))
    rest = _one_alphabet(rest[:_MIXED]) + rest[_MIXED:]
    hit = _STAGE.match(rest) or (_STAGE.match(_mended(rest)) if damaged else None)
    if hit is None:
        return _by_number(text[:_LONGEST_HEAD]) if damaged and not far else None
    word = (hit["before"] or hit["after"] or "").lower()
    name = (re.sub(r"^[\s:.–—-]+", "", hit.string[hit.end() :]) + far).strip()
    return StageHead(_ORDINALS[word], name if re.search(r"\w", name) else "")


def _one_alphabet(text: str) -> str:
    """Return a text with Cyrillic letters in its mixed words: «этaп» with a Latin letter is «этап»."""
    return re.sub(r"\b[a-zA-Z]*[а-яёА-ЯЁ]+[a-zA-Zа-яёА-ЯЁ]*", lambda hit: hit[0].translate(LOOKALIKES), text)


def _by_number(text: str) -> StageHead | None:
    """Return the stage that «11.2. л этап» names by its number when the ordinal is damaged."""
    hit = re.match(
        r"\s*\d{1,2}\s*\.\s*(\d)[\s.)]+\S{0,4}\s*этап(?![а-яё])[\s:.–—-]*", _mended(text), re.IGNORECASE
    )
    return StageHead(int(hit[1]), hit.string[hit.end() :].strip()) if hit else None


def _mended(text: str) -> str:
    """Return the text with its first or second word put right if it is nearly «этап»."""
    for hit in islice(re.finditer(r"[А-Яа-яёЁA-Za-z]{3,6}", text), 2):
        if letters_ratio("".join(words_of(hit[0])), "этап") >= _ALMOST:
            return f"{text[: hit.start()]}этап{text[hit.end() :]}"
    return text

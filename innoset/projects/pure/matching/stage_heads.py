"""Heads of stages as people print them: «II этап: Основной», «Этап 2», «III  э т а п»."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from innoset.projects.pure.matching.similarity import (
    LOOKALIKES,
    letters_ratio,
    number_of,
    unspaced,
    words_of,
)

_ALMOST: Final = 0.74
_LONGEST_HEAD: Final = 600
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
class StageHead:
    """«II этап: Основной»: the ordinal and the name if it stands there."""

    ordinal: int
    name: str


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

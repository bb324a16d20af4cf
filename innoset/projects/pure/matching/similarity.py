"""How alike two labels are, however they were typed."""

import difflib
import re
import unicodedata
from collections import Counter
from copy import copy
from functools import lru_cache
from typing import Final

# Latin letters that look Cyrillic: typists and scanners mix them.
LOOKALIKES: Final = str.maketrans("abcehkmoptxyuABCEHKMOPTXY", "авсенкмортхуиАВСЕНКМОРТХУ")
_SCANNED: Final = LOOKALIKES | str.maketrans("3", "з")
_NUMBER: Final = re.compile(
    r"^\s*(?:(?:№\s*)?(?:п\s*/\s*п\s*)?(?:[IVX]+\s*\.\s*)?\d{1,2}(?:\s?[.,]\d{1,2}){0,2}\s*[.)]*(?=\s|[А-ЯЁA-Zа-яё«\"(]|$))\s*"
)
_SPACED: Final = re.compile(r"(?<!\w)(?:[^\W\d_][ \u00a0]){2,}[^\W\d_](?!\w)")
_LEAST_STEM: Final = 4
_ALIKE_WORDS: Final = 0.74
_ALIKE_STARTS: Final = 0.5
_HOPELESS: Final = 0.5


def unspaced(text: str) -> str:
    """Close letter-spaced words: «Н о в и з н а» is «Новизна»."""
    return (
        text
        if _SPACED.search(text) is None
        else _SPACED.sub(lambda hit: re.sub(r"[ \u00a0]", "", hit[0]), text)
    )


def number_of(text: str) -> tuple[str, str]:
    """Return the number printed before a label and the rest."""
    hit = _NUMBER.match(text)
    if hit is None:
        return "", text
    digits = re.findall(r"[IVX]+|\d+", hit[0].replace("п/п", ""))
    return ".".join(digits), text[hit.end() :]


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words to compare: lower case, one alphabet, no punctuation."""
    plain = unicodedata.normalize("NFKC", unspaced(text)).lower().replace("ё", "е")
    plain = re.sub(r"(?<=\w)[-‐‑­\u00ad]\s*(?=\w)", "", plain)
    if re.search(r"[a-z3]", plain) and re.search(r"[а-я]", plain):
        plain = plain.translate(_SCANNED)
    return tuple(re.findall(r"[^\W_]+", plain))


@lru_cache(maxsize=65536)
def same_word(one: str, other: str) -> bool:
    """Tell whether two words are one, misprints and endings forgiven."""
    if one == other:
        return True
    least = min(len(one), len(other))
    if least < _LEAST_STEM:
        return False
    if one.startswith(other) or other.startswith(one):
        return True
    if abs(len(one) - len(other)) > max(2, least // 2):
        return False
    if one[:3] != other[:3] and difflib.SequenceMatcher(None, one[:4], other[:4]).ratio() < _ALIKE_STARTS:
        return False
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE_WORDS


@lru_cache(maxsize=65536)
def letters_ratio(one: str, other: str) -> float:
    """Return how alike two runs of letters are, 0 … 1."""
    if one == other:
        return 1.0
    if 2 * min(len(one), len(other)) < _HOPELESS * (len(one) + len(other)):
        return 0.0
    if 2 * _shared_letters(one, other) < _HOPELESS * (len(one) + len(other)):
        return 0.0
    matcher = copy(_matcher(other))
    matcher.set_seq1(one)
    return matcher.ratio()


def _shared_letters(one: str, other: str) -> int:
    """Return how many letters two runs share, whatever their order."""
    return (_letters_of(one) & _letters_of(other)).total()


@lru_cache(maxsize=1024)
def _letters_of(text: str) -> Counter[str]:
    return Counter(text)


@lru_cache(maxsize=1024)
def _matcher(other: str) -> "difflib.SequenceMatcher[str]":
    """Return what a matcher learns of its second text; copy it before use."""
    return difflib.SequenceMatcher(None, "", other, autojunk=False)


def grams_of(letters: str) -> frozenset[str]:
    """Return the runs of three letters: texts that share few are not alike."""
    return frozenset(letters[place : place + 3] for place in range(max(1, len(letters) - 2)))

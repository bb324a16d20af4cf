"""Where a label ends and its answer begins when both stand in one text."""

import re
from collections.abc import Iterator
from typing import Final

from innoset.projects.pure.matching.labels import Labels
from innoset.projects.pure.matching.similarity import same_word, words_of

LONGEST_LABEL: Final = 420
_COMPLETE: Final = 0.98
_TELLING: Final = 4  # letters: «да» and «нет» are answers as well as words of a label
_SEPARATOR: Final = re.compile(r"\s*[:\t]\s*|\s+[–—-]+\s+|\.\s+")
_LEADING: Final = re.compile(r"^[ \t]*(?:[:.]+\s*|[–—-](?:[ \t]+|$))?")
_TABBED_DASH: Final = re.compile(r"^ *\t\s*([-–—])\s*$")
_LONE_DASH: Final = re.compile(r"(?:[:.\t]|\s[–—-](?=\s)|\s*\n)\s*([-–—])\s*$")
_CLOSING: Final = re.compile(r"(?:[ \t]*[)\].,;*]|[»\"])+")
_WORD: Final = re.compile(r"[\w/]+")
_STOP: Final = re.compile(r"[\s)\]»\".,;*]*(?:$|\n|:|\t|(?<=\s)[–—-]\s)")


def beginnings(text: str, words: int) -> list[tuple[str, bool]]:
    """Return the beginnings of a text that have about as many words as a label, and which close a line."""
    ends = [hit.end() for hit in _WORD.finditer(text[:LONGEST_LABEL])]
    chosen = [ends[at - 1] for at in range(words - 3, words + 3) if 0 < at <= len(ends)]
    return [(text[:end], _STOP.match(text, end) is not None) for end in chosen]


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a label from its answer: at line ends and at separators."""
    head = text[: LONGEST_LABEL + 60]
    for hit in [*re.finditer(r"\s*\n\s*", head)][:4]:
        yield text[: hit.start()], text[hit.end() :].strip()
    for hit in [*_SEPARATOR.finditer(head)][:6]:
        yield text[: hit.start()], text[hit.end() :].strip()


def after_label(text: str) -> str:
    """Return an answer without the sign that parts it from the label; a bullet after a colon stays."""
    told = _TABBED_DASH.match(text)
    return told[1] if told else _LEADING.sub("", text, count=1).strip()


def lone_dash(text: str) -> tuple[str, str] | None:
    """Return a label and the dash that answers it, None when the text ends otherwise."""
    hit = _LONE_DASH.search(text)
    return (text[: hit.start()], hit[1]) if hit else None


def whole_label(labels: Labels, key: str, score: float, text: str, end: int) -> int:
    """Return where a label really ends: words of its full wording that follow belong to it.

    A damaged label may fit a shorter spelling; what it has more stands before the line's end or a colon.
    """
    if score >= _COMPLETE or re.match(r"\s*:", text[end:]):
        return end
    taken = words_of(text[:end])
    fuller = (one.words for one in labels.variants if one.key == key and len(one.words) > len(taken))
    return max(
        (_grown(text, end, missing) for words in fuller if (missing := _missing(words, taken))), default=end
    )


def _missing(words: tuple[str, ...], taken: tuple[str, ...]) -> list[str]:
    """Return the words of a wording that a shorter label lacks, none if the label is not a part of it."""
    left = list(words)
    for word in taken:
        own = next((one for one in left if same_word(word, one)), None)
        if own is None:
            return []
        left.remove(own)
    return left


def _grown(text: str, end: int, missing: list[str]) -> int:
    """Return the end of a label with the missing words that follow it."""
    best, told, left = end, False, list(missing)
    for token in _WORD.finditer(text, end):
        for word in words_of(token[0]):
            own = next((one for one in left if same_word(word, one)), None)
            if own is None:
                return best
            left.remove(own)
        told = told or len(token[0]) >= _TELLING
        stop = _STOP.match(text, token.end())
        if stop and told:
            best = token.end()
        if stop and ":" in stop[0]:
            break
    return best


def closing(text: str, end: int) -> int:
    """Return the end of a label together with the brackets and stops that close it."""
    hit = _CLOSING.match(text, end)
    return hit.end() if hit else end

"""People named in a form: their names out of lines such as «Соколова Вера Петровна, директор»."""

import re
from typing import Final

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_FULL: Final = re.compile(rf"{_WORD} {_WORD}(?: {_WORD} (?:оглы|кызы)| {_WORD})?")
_SHORT: Final = re.compile(rf"{_WORD} [А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?")
_REVERSED: Final = re.compile(rf"([А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?)({_WORD})")
_PATRONYMIC: Final = re.compile(r"(?:вич|вна|ична|кызы|оглы)$")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in the order of the text, each once; a line without a name gives none."""
    found = (_name_in(piece) for line in text.split("\n") for piece in re.split(r"[,;()–—]| - ", line))
    return tuple(dict.fromkeys(name for name in found if name))


def _name_in(piece: str) -> str:
    plain = re.sub(r"^\W*(?:\d+[.)])?\s*", "", " ".join(piece.split()))
    if full := _FULL.search(plain):
        words = full[0].split()
        # «Управление образования» is no person: a full name ends in a patronymic or is all there is.
        if _PATRONYMIC.search(words[-1]) or full[0] == plain:
            return full[0]
    if reversed_ := _REVERSED.fullmatch(plain):
        return f"{reversed_[2]} {reversed_[1].strip()}"
    short = _SHORT.fullmatch(plain)
    return short[0] if short else ""

"""People named in a form: their names out of lines such as «Соколова Вера Петровна, директор»."""

import re
from typing import Final

_WORD: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS: Final = r"[А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?"
# A patronymic tells a person from «Управление образования» and from a post before the name.
_WITH_PATRONYMIC: Final = re.compile(
    rf"{_WORD} {_WORD} (?:[А-ЯЁ][а-яё]+(?:[вьмкт]ич|[вчш]на)\b|{_WORD} (?:оглы|кызы)\b)"
)
_WHOLE: Final = re.compile(rf"{_WORD} {_WORD}(?: {_WORD})?")
_SHORT: Final = re.compile(rf"{_WORD} {_INITIALS}")
_REVERSED: Final = re.compile(rf"({_INITIALS}) ?({_WORD})")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in the order of the text, each once; a line without a name gives none."""
    found = (_name_in(piece) for line in text.split("\n") for piece in re.split(r"[,;()–—]| - ", line))
    return tuple(dict.fromkeys(name for name in found if name))


def _name_in(piece: str) -> str:
    plain = re.sub(r"^\W*(?:\d+[.)])?\s*", "", " ".join(piece.split())).rstrip(" :")
    found = _WITH_PATRONYMIC.search(plain) or _WHOLE.fullmatch(plain) or _SHORT.search(plain)
    if found:
        return found[0].strip()
    turned = _REVERSED.search(plain)
    return f"{turned[2]} {turned[1].strip()}" if turned else ""

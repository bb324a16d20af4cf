"""What a value says before anybody reads it: nothing, a dash, «нет», or words."""

import re
from enum import StrEnum
from typing import Final

_DASH: Final = re.compile(r"[\W_]*")
_NONE: Final = re.compile(
    r"\W*(?:нет|не[тт]у|отсутству\w+|не\s+(?:имеется|имеются|имеем|требуется|требуются|предусмотрен\w*|планиру\w+))"
    r"(?:\s+(?:научного руководителя|статуса|разработок))?\W*",
    re.IGNORECASE,
)


class Meaning(StrEnum):
    """What sort of answer a value is."""

    EMPTY = "empty"
    DASH = "dash"
    NONE = "none"
    TEXT = "text"


def meaning_of(value: str) -> Meaning:
    """Tell what a value means; «нет» and a dash are answers, an empty field is not."""
    if not value.strip():
        return Meaning.EMPTY
    if _DASH.fullmatch(value):
        return Meaning.DASH
    return Meaning.NONE if _NONE.fullmatch(value) else Meaning.TEXT


def says_none(value: str) -> bool:
    """Tell whether the answer is that there is nothing: «нет» in any words, or a dash."""
    return meaning_of(value) in (Meaning.NONE, Meaning.DASH)

"""What may stand in a printed text, whatever was typed or pasted."""

import re
import unicodedata
from typing import Final

REPLACEMENT: Final = "□"

# Control, surrogate, private, unassigned: PDF/A and XML both refuse them.
_REFUSED: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
# Direction marks can make a printed line read otherwise than the stored one.
_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NEW_LINE: Final = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_COMMON: Final = re.compile(r"[ -~\u00a0«»°±§·½¼¾²³×÷–—‘’“”„•…′″№€₽□−\nЀ-ҁ\u0301]")


def tidy(text: str) -> str:
    """Compose letters, drop what no document may carry, keep every line break."""
    text = _NEW_LINE.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return "".join(
        sign
        for sign in _DIRECTION.sub("", text)
        if sign == "\n" or unicodedata.category(sign) not in _REFUSED
    )


def rare(text: str) -> set[str]:
    """Name the characters outside the everyday Russian set: a font may lack them."""
    return set(_COMMON.sub("", text))


def without(text: str, signs: set[str]) -> str:
    """Put a visible box where a character cannot be printed."""
    return "".join(REPLACEMENT if sign in signs else sign for sign in text)


_LONG_RUN: Final = re.compile(r"\S{41,}")
_PIECE: Final = re.compile(r".{8}(?=.)")


def breakable(text: str) -> str:
    """Let a run of signs longer than any word part at the end of a line."""
    return _LONG_RUN.sub(lambda run: _PIECE.sub("\\g<0>\u200b", run.group()), text)


def in_fours(digest: str) -> tuple[str, ...]:
    """Cut a digest into groups of four, so that two people can compare it aloud."""
    return tuple(digest[place : place + 4] for place in range(0, len(digest), 4))

"""Names of files: any is accepted, none may lie about what the file is or where it lies."""

import re
import unicodedata

LONGEST = 255
NAMELESS = "файл"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control marks, marks that turn the direction of writing, halves of letters."""
_SAME = {".jpg": (".jpg", ".jpeg"), ".sig": (".sig", ".p7s", ".sgn")}
"""Endings that one kind is known by."""


def clean_name(name: str) -> str:
    """Return the name without folders and unseen marks; one that is too long keeps its ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    spaced = " ".join(last.split())
    seen = "".join(letter for letter in spaced if unicodedata.category(letter) not in _UNSEEN)
    short = " ".join(seen.split()).strip(". ")
    return short[-LONGEST:].lstrip(". ") or NAMELESS


def name_with(ending: str, name: str) -> str:
    """Return the name with the ending that tells what the file is, whatever ending it came with."""
    known = name.lower().endswith(_SAME.get(ending, ending))
    return name if known else f"{name}{ending}"

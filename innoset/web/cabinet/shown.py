"""What a page showed of a field: its version and a mark of its text, carried by the form and back.

With the mark the server knows whether the person changed the field at all: a text that nobody touched
on this page must not clash with what a colleague has written meanwhile.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from innoset.projects.models import Answer
from innoset.projects.pure.forms import clean

PREFIX = "seen-"


def mark_of(text: str) -> str:
    """Return a short mark of a text as it is kept."""
    return hashlib.sha256(clean(text).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Shown:
    """The version of a field that a page showed, and the mark of the text it had."""

    version: int = 0
    mark: str = ""

    @classmethod
    def of(cls, answer: Answer | None) -> Self:
        """Describe an answer; nothing written yet is version 0 of an empty text."""
        return cls(answer.version, mark_of(answer.text)) if answer else cls(0, mark_of(""))

    @classmethod
    def parsed(cls, value: str) -> Self:
        """Read what the form carried; damage counts as having seen nothing."""
        version, _, mark = value.partition(":")
        return cls(int(version), mark) if re.fullmatch(r"[0-9]{1,9}", version) else cls()

    def is_touched(self, text: str) -> bool:
        """Tell whether the text differs from the one that the page showed."""
        return mark_of(text) != self.mark

    def __str__(self) -> str:
        return f"{self.version}:{self.mark}"

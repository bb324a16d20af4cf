"""Whether two names may be one person's: ё is е, case and spelling of initials aside."""

import re
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"[a-zа-я]+(?:-[a-zа-я]+)*")
_FULL = 2
"""A given name and a patronymic beside the surname: enough to tell people apart."""


class Likeness(StrEnum):
    """How much two names agree."""

    SAME = "same"
    POSSIBLE = "possible"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: the surname, then what stands after it."""

    surname: str
    given: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Tell whether nothing is shortened or left out."""
        return len(self.given) >= _FULL and all(len(word) > 1 for word in self.given)


def name_of(text: str) -> Name:
    """Take a name apart; initials glued together count apart."""
    plain = re.sub(r"[‐‑–—]", "-", text.casefold().replace("ё", "е"))
    surname, *given = _WORD.findall(plain) or [""]
    return Name(surname, tuple(given))


def likeness(one: Name, two: Name) -> Likeness:
    """Return SAME for equal full names, POSSIBLE where initials or a missing patronymic allow it."""
    pairs = list(zip(one.given, two.given, strict=False))
    if not one.surname or one.surname != two.surname or not pairs:
        return Likeness.DIFFERENT
    if not all(_agree(left, right) for left, right in pairs):
        return Likeness.DIFFERENT
    return Likeness.SAME if one == two and one.is_full else Likeness.POSSIBLE


def _agree(left: str, right: str) -> bool:
    return left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])

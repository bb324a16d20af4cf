"""Dates and numbers of acts as they stand in a text, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from innoset.foundation.calendar import parse_date
from innoset.projects.pure.acts.words import ASIDE, CODE, DATE, INCOMPLETE, NOT_OF_ACT, NUMBER

_GLUE = re.compile(r"[\s,.()]*(?:(?:от|за|г\.?|года)(?!\w))?[\s,.(]*")
_DASHES = re.compile(r"\s?[-‐‑–—]\s?")
_LEFT = 60


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date, a number, or both side by side: what tells one act from another."""

    start: int
    end: int
    signed_on: date | None = None
    date_text: str = ""
    number: str = ""


def levelled(text: str) -> str:
    """Return the text of the same length in which every blank is a space, except the ends of lines."""
    return re.sub(r"[^\S\n]", " ", text.replace("\r", "\n"))


def without_asides(text: str) -> str:
    """Return the text of the same length without notes on editions and registration."""
    return ASIDE.sub(lambda found: " " * len(found[0]), text)


def anchors_in(text: str) -> tuple[Anchor, ...]:
    """Return the dates and numbers in their order, neighbours joined into one."""
    flat = text.replace("\n", " ")
    found = sorted([*_dates(flat), *_numbers(flat)], key=lambda one: one.start)
    joined: list[Anchor] = []
    for anchor in found:
        if joined and _belong(joined[-1], anchor, flat):
            joined[-1] = _joined(joined[-1], anchor)
        else:
            joined.append(anchor)
    return tuple(one for one in joined if one.number or _is_said_of_act(one, flat))


def _dates(text: str) -> Iterator[Anchor]:
    for found in DATE.finditer(text):
        yield Anchor(found.start(), found.end(), parse_date(found[0]), found[0].strip())
    for found in INCOMPLETE.finditer(text):
        yield Anchor(found.start(), found.end(), None, found[0].strip())


def _numbers(text: str) -> Iterator[Anchor]:
    for found in NUMBER.finditer(text):
        before = text[max(0, found.start() - _LEFT) : found.start()]
        if not NOT_OF_ACT.search(before):
            yield Anchor(found.start(), found.end(), number=_number(found))
    for found in CODE.finditer(text):
        yield Anchor(found.start("code"), found.end(), number=found["code"])


def _number(found: re.Match[str]) -> str:
    if found["turned"]:
        return f"{found['turned']}-ФЗ"
    number = _DASHES.sub("-", found["signed"] or found["bare"]).rstrip(".-")
    if law := re.fullmatch(r"(\d+)[ -](ф[кз]?з|кз|оз)", number, re.IGNORECASE):
        return f"{law[1]}-{law[2].upper()}"
    return number


def _belong(left: Anchor, right: Anchor, text: str) -> bool:
    """Tell whether a date and a number stand side by side."""
    if bool(left.number) == bool(right.number) or bool(left.date_text) == bool(right.date_text):
        return False
    return bool(_GLUE.fullmatch(text, left.end, right.start))


def _joined(left: Anchor, right: Anchor) -> Anchor:
    dated, numbered = (left, right) if left.date_text else (right, left)
    return Anchor(left.start, right.end, dated.signed_on, dated.date_text, numbered.number)


def _is_said_of_act(anchor: Anchor, text: str) -> bool:
    """Tell whether a date without a number says when an act was issued: «от 12.03.2024», «— 08.06.2016»."""
    before = text[max(0, anchor.start - _LEFT) : anchor.start]
    return bool(re.search(r"(?:(?<!\w)от|[—–-]) ?$", before))

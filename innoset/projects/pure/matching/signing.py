"""What is printed around a form: the title, the statements, the signature and its date."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from innoset.foundation.calendar import parse_date
from innoset.projects.pure.forms import Form
from innoset.projects.pure.matching.frame import Frame, frame_of
from innoset.projects.pure.matching.units import Line, Row, Unit

_SEAL: Final = re.compile(r"(?<![А-Яа-яё])М\s?\.\s?П\s?\.|^\s*МП\s*$", re.MULTILINE)
_PLACE: Final = re.compile(r"_{3,}|\((?:подпись|ф\.?\s?и\.?\s?о|расшифровка)", re.IGNORECASE)
_POST: Final = re.compile(
    r"^\W*(?:и\.?\s?о\.?\s+)?(?:директор|заведующ|начальник|руководитель\s+(?:организации|учреждения|оо)|"
    r"заместитель|председатель|подпись|дата\b)",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(
    r"электронн\w+\s+(?:цифров\w+\s+)?подпис|цифров\w+\s+подпис|сертификат|действител|владелец|"
    r"усиленн\w+\s+квалиф|(?<!\d)\d{1,2}:\d\d(?!\d)|\+0\d'",
    re.IGNORECASE,
)
_INCOMING: Final = re.compile(
    r"(?<![а-я])(?:вх|исх)(?:\.|одящ|одн)|приказ|протокол|рег(?:\.|истрац)|принят[аоы]?\b|получен|"
    r"№\s*\S+\s+от(?![а-я])|^\W*№",
    re.IGNORECASE,
)
_DATE_LINE: Final = re.compile(
    r"^\W*(?:дата\W*)?\d{1,2}[\W_]*(?:[а-яё]+|\d{1,2})[\W_]*(?:20\s?)?\d\d\s*(?:г\.?|года)?[\W_]*$",
    re.IGNORECASE,
)
_STAMPED: Final = re.compile(
    r"^\W*(?:дата|время|владел|сертиф|кем|серийн|статус|dn\b|организац|должност|подпис[аь]|фио|ф\.)",
    re.IGNORECASE,
)
_APPROVED: Final = re.compile(r"^\W*(?:согласован|утвержд)", re.IGNORECASE)
_APPROVAL: Final = 4  # lines
_INITIALS: Final = re.compile(
    r"^\W*(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.?)\W*$"
)
_LONGEST_SIGNATURE: Final = 300


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The units of the form itself, the day it was signed, and what else stood around."""

    body: list[Unit]
    signed_on: dt.date | None
    printed: list[Line]
    others: list[Line]


def split_off(form: Form, units: list[Unit], last_question: int) -> Surroundings:
    """Part the printed frame and the signature from the answers."""
    frame = frame_of(form)
    start = _tail_start(frame, units, last_question)
    first = next((place for place, unit in enumerate(units) if isinstance(unit, Row)), 0)
    body: list[Unit] = []
    printed: list[Line] = []
    for place, unit in enumerate(units[:start]):
        if _is_frame(frame, unit, only_long=place > first):
            printed += _as_lines(unit)
        else:
            body.append(unit)
    others: list[Line] = []
    tail = [line for unit in units[start:] for line in _as_lines(unit) if line.text.strip()]
    written = [line for line in tail if not frame.prints(line.text)]
    printed += [line for line in tail if line not in written]
    own = list(_own(written))
    for line in written:
        (printed if line in own and _is_signature(line.text) else others).append(line)
    return Surroundings(body, _signed_on([line.text for line in own]), printed, others)


def _as_lines(unit: Unit) -> list[Line]:
    return [Line(text, at=unit.at) for text in _lines(unit)]


def _own(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines of the tail that are neither an electronic stamp nor somebody's approval."""
    in_stamp, approval = False, 0
    for line in lines:
        in_stamp = bool(_STAMP.search(line.text)) or (in_stamp and bool(_STAMPED.match(line.text)))
        if _APPROVED.match(line.text):
            approval = _APPROVAL
        approval = 0 if _SEAL.search(line.text) else max(0, approval - 1)
        if not in_stamp and not approval:
            yield line


def _is_signature(line: str) -> bool:
    """Tell whether a line under the form is its signature: a post, a place for the pen, the seal, the date."""
    if len(line) >= _LONGEST_SIGNATURE or _STAMP.search(line) or _INCOMING.search(line):
        return False
    return any(mark.search(line) for mark in (_SEAL, _PLACE, _POST, _DATE_LINE, _INITIALS))


def _is_frame(frame: Frame, unit: Unit, *, only_long: bool) -> bool:
    """Tell whether nothing of a unit is an answer; a row is printed only if each of its cells is."""
    if isinstance(unit, Line):
        return unit.text.strip() in frame.sections or frame.prints(unit.text, only_long=only_long)
    numbers = [unit.number, *(cell.strip() for cell in unit.cells)]
    if numbers == [str(place) for place in range(1, len(numbers) + 1)]:
        return True  # the row that counts the columns
    return all(frame.prints(cell) for cell in unit.cells if cell.strip())


def _lines(unit: Unit) -> list[str]:
    if isinstance(unit, Row):
        return ["\t".join(cell.replace("\n", " ") for cell in (unit.number, *unit.cells) if cell)]
    return unit.text.split("\n")


def _tail_start(frame: Frame, units: list[Unit], last_question: int) -> int:
    """Return where the answers end: at the statements, the seal or the signature line."""
    for place in range(last_question + 1, len(units)):
        unit = units[place]
        if isinstance(unit, Line) and isinstance(units[place - 1], Row):
            return place
        if isinstance(unit, Line) and (frame.prints(unit.text) or _begins_signature(units, place)):
            return place
        if isinstance(unit, Row) and _begins_signature(units, place):
            return place
    return len(units)


def _begins_signature(units: list[Unit], place: int) -> bool:
    text = " ".join(_lines(units[place]))
    if _SEAL.search(text) or (_PLACE.search(text) and len(text) < _LONGEST_SIGNATURE):
        return True
    if _STAMP.search(text) and len(text) < _LONGEST_SIGNATURE and place > len(units) - 12:
        return True
    if len(text) >= _LONGEST_SIGNATURE or not _POST.match(text):
        return False
    near = "\n".join(line for unit in units[place : place + 6] for line in _lines(unit))
    return bool(_SEAL.search(near) or _PLACE.search(near))


def _signed_on(tail: list[str]) -> dt.date | None:
    """Return the date of the signature: at the seal, alone on its line, or beside the name."""
    sealed = [line for line in tail if _SEAL.search(line)]
    alone = [line for line in tail if _DATE_LINE.match(line)]
    beside = [line for line in tail if _PLACE.search(line) or _POST.match(line)]
    for line in (*sealed, *alone, *beside):
        if not _STAMP.search(line) and not _INCOMING.search(line) and (day := parse_date(line)):
            return day
    return None

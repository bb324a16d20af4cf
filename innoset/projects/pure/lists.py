"""Lists in running text: tasks, products, measures as items, with what is nested in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from innoset.projects.pure.meaning import Meaning, meaning_of

_BULLET: Final = r"[·•▪●○◦*➢✓\u2713\u2022\uf0b7\uf0d8]"
_DASH: Final = r"[-‐‑–—]"
_LEAD: Final = re.compile(
    rf"(?P<indent>[ \t\u00a0]*)(?:(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*[.)](?!\d)|\d{{1,2}}\.\d{{1,2}}(?=\s))|(?P<letter>[а-яa-z]\))|(?P<bullet>{_BULLET})"
    rf"|(?P<dash>{_DASH}(?=\s|[А-Яа-яЁё«])))[ \t\u00a0]*",
)
# Numbers that stand in the middle of a line: «…: 1. Анализ … 2. Выявление …».
_INLINE: Final = re.compile(r"(?<=[.;:,])\s+(?=(\d{1,2})[.)]\s+[А-ЯЁа-яё«])")
_PAGE_NUMBER: Final = re.compile(r"\s*\d{1,3}\s*")
_INDENTED: Final = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its words without the mark, and how deep it lies."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    kind: str
    indent: int


def items_in(text: str) -> tuple[Item, ...]:
    """Return the items; a heading before the marks is not one, lines without marks are items by themselves."""
    if meaning_of(text) is not Meaning.TEXT:
        return ()
    lines = [_line(line) for line in _split(text) if line.strip() and not _PAGE_NUMBER.fullmatch(line)]
    base = next((line for line in lines if line.kind), None)
    return tuple(_of_marked(lines, base)) if base else tuple(_of_plain(lines))


def tasks_in(text: str) -> tuple[str, ...]:
    """Return the items of the first level as words."""
    return tuple(item.text for item in items_in(text) if item.level == 0)


def _split(text: str) -> Iterator[str]:
    """Yield the lines; a line that counts 1, 2, 3 inside itself is several."""
    for line in text.split("\n"):
        joints = [*_INLINE.finditer(line)]
        own = _LEAD.match(line)
        first = 2 if own and own["number"] in ("1.", "1)") else 1
        numbers = [int(found[1]) for found in joints]
        cuts = (
            [0, *(found.end() for found in joints), len(line)] if _counts(numbers, first) else [0, len(line)]
        )
        yield from (line[at:to] for at, to in pairwise(cuts))


def _counts(numbers: list[int], first: int) -> bool:
    """Tell whether the numbers inside a line go on from the first; a single «1.» may be anything."""
    return len(numbers) > (first == 1) and numbers == [*range(first, first + len(numbers))]


def _line(line: str) -> _Line:
    found = _LEAD.match(line)
    if found is None:
        return _Line(_neat(line), "", len(line) - len(line.lstrip()))
    kind = found.lastgroup or ""
    if kind == "number" and re.search(r"\d\.\d", found["number"]):
        kind = "subnumber"
    return _Line(_neat(line[found.end() :]), kind, len(found["indent"].expandtabs(4)))


def _neat(text: str) -> str:
    return " ".join(text.split()).rstrip(" ;,.")


def _of_plain(lines: list[_Line]) -> Iterator[Item]:
    """Yield the lines after the heading, if there is one."""
    heading = len(lines) > 1 and lines[0].text.endswith(":")
    for line in lines[1:] if heading else lines:
        yield Item(line.text)


def _of_marked(lines: list[_Line], base: _Line) -> Iterator[Item]:
    """Yield the marked lines, with those that only go on with the one above joined to it."""
    kept: list[Item] = []
    for line in lines:
        if line.kind:
            kept.append(Item(line.text, _level(line, base) if kept else 0))
        elif kept and _goes_on(kept[-1].text, line.text):
            kept[-1] = Item(_joined(kept[-1].text, line.text), kept[-1].level)
        elif kept and not line.text.endswith(":"):
            kept.append(Item(line.text))
    yield from (item for item in kept if item.text)


def _level(line: _Line, base: _Line) -> int:
    """Return 0 for the marks of the first sort and indent, 1 for what is nested."""
    deeper = line.indent >= base.indent + _INDENTED
    return int(deeper or line.kind != base.kind)


def _goes_on(above: str, line: str) -> bool:
    """Tell whether a line without a mark is the rest of the item above it."""
    return line[:1].islower() or above.endswith(("-", ":")) or line[:1] in '(«"'


def _joined(above: str, line: str) -> str:
    """Join a wrapped line; a word cut by a hyphen needs no blank."""
    return f"{above}{line}" if re.search(r"\w-$", above) else f"{above} {line}"

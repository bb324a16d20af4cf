"""Lines of the table, and what becomes of each when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from innoset.review.pure.scoring import NOT_APPLICABLE, Mark, Rule

CONCLUSION = 0
"""The number of the line that holds the conclusion of a sheet."""
COMMENT = 5000
_NOT_APPLICABLE = frozenset({"н/п", "нп", "н\\п", "не применимо", "неприменимо"})


class Verdict(StrEnum):
    """What becomes of a line."""

    EMPTY = "empty"
    SAME = "same"
    NEW = "new"
    NEWER = "newer"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class PackLine:
    """A line as it was read: its place in the file, whose it is, what was written into it."""

    place: int
    code: str
    number: int
    answer: str
    comment: str
    # The sequence of the mark, and of its comment, when the table was made.
    stamp: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the system has in the place of a line now; `closed` says why nothing may be written there."""

    rule: Rule | None
    mark: Mark
    stamp: int
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line beside what the system has: what will be written, and why or why not."""

    line: PackLine
    verdict: Verdict
    before: Mark
    after: Mark
    reason: str = ""

    @property
    def key(self) -> str:
        """Return how a form calls the line."""
        return f"{self.line.code}:{self.line.number}"

    @property
    def title(self) -> str:
        """Return «К2» or «Общий вывод»."""
        return f"К{self.line.number}" if self.line.number else "Общий вывод"


def weigh(lines: list[PackLine], known: Mapping[tuple[str, int], Known]) -> list[Weighed]:
    """Say of each line what becomes of it; of two lines about the same thing the second is refused."""
    seen: set[tuple[str, int]] = set()
    found = []
    for line in lines:
        key = (line.code, line.number)
        if key in seen:
            found.append(_bad(line, Mark(), f"Дело {line.code}, {_called(line)} есть в таблице дважды."))
            continue
        seen.add(key)
        found.append(_weighed(line, known.get(key)))
    return found


def _called(line: PackLine) -> str:
    return f"К{line.number}" if line.number else "общий вывод"


def _bad(line: PackLine, before: Mark, reason: str) -> Weighed:
    return Weighed(line, Verdict.BAD, before, before, reason)


def _weighed(line: PackLine, known: Known | None) -> Weighed:
    is_empty = not line.answer and not line.comment
    if known is None:
        reason = f"Дела {line.code} или его критерия {_called(line)} у вас нет. Скачайте таблицу заново."
        return _bad(line, Mark(), reason)
    if is_empty:
        return Weighed(line, Verdict.EMPTY, known.mark, known.mark)
    after = _written(line, known)
    if isinstance(after, str):
        return _bad(line, known.mark, after)
    if after == known.mark:
        return Weighed(line, Verdict.SAME, known.mark, after)
    if known.closed:
        return _bad(line, known.mark, known.closed)
    is_newer = known.stamp > line.stamp
    return Weighed(line, Verdict.NEWER if is_newer else Verdict.NEW, known.mark, after)


def _written(line: PackLine, known: Known) -> Mark | str:
    """Return the mark as it would stand, or why it cannot."""
    if len(line.comment) > COMMENT:
        return f"Пояснение длиннее {COMMENT} знаков: сейчас их {len(line.comment)}. Сократите его."
    mark = replace(known.mark, comment=line.comment) if line.comment else known.mark
    if known.rule is None:
        return "У общего вывода балла нет. Оставьте столбец «Балл» пустым." if line.answer else mark
    if not line.answer:
        return mark
    if line.answer.lower() in _NOT_APPLICABLE:
        return (
            Mark(None, mark.comment, is_not_applicable=True)
            if known.rule.may_not_apply
            else f"Критерий К{line.number} применим к каждой работе. Поставьте балл."
        )
    value = _whole(line.answer)
    if value not in known.rule.values:
        return f"«{line.answer[:20]}» — такого балла у К{line.number} нет. Допустимо: {allowed(known.rule)}."
    return Mark(value, mark.comment)


def allowed(rule: Rule) -> str:
    """Return what may be written as the mark: «0, 1, 2 или не применимо»."""
    values = ", ".join(map(str, rule.values))
    return f"{values} или {NOT_APPLICABLE}" if rule.may_not_apply else values


def _whole(text: str) -> int | None:
    number = text.replace(",", ".").removesuffix(".0")
    return int(number) if number.isascii() and number.isdigit() else None

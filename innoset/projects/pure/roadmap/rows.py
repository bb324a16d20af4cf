"""Rows of a table as measures, or the reasons why not; beside what the roadmap has already."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from innoset.foundation.calendar import parse_date
from innoset.projects.pure.roadmap.columns import COLUMNS, TITLES, Header, folded
from innoset.projects.pure.roadmap.measures import WHOLE
from innoset.projects.pure.roadmap.terms import term_in

MOST_ROWS: Final = 300
_MOST: Final = 2_000_000_000
_STAGE: Final = re.compile(r"(?:[ivx\d]+\s+)?(?:этап|раздел|направление|модуль)\b|[ivx]+\.\s")
_YES: Final = frozenset({"да", "выполнено", "исполнено", "готово", "сделано", "проведено", "+"})


class Verdict(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BAD = "bad"


VERDICT_LABELS: Final = {
    Verdict.NEW: "Новое",
    Verdict.CHANGED: "Изменится",
    Verdict.SAME: "Без изменений",
    Verdict.BAD: "Ошибка",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its line in the file: what it says, what it would do, why it cannot."""

    line: int
    values: dict[str, Any]
    verdict: Verdict = Verdict.BAD
    reasons: tuple[str, ...] = ()
    number: int = 0
    changes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the row as it is kept with the import."""
        return {
            "line": self.line,
            "verdict": self.verdict.value,
            "reasons": list(self.reasons),
            "number": self.number,
            "changes": list(self.changes),
            "values": self.values,
        }


Known = Mapping[int, Mapping[str, Any]]
"""What the roadmap has: the values of each measure by its number, dates as ISO text."""


def judged(table: Sequence[Sequence[str]], header: Header, known: Known) -> list[Row]:
    """Judge the rows under the header; a row of one cell over the table names the stage of those below."""
    rows: list[Row] = []
    by_title = {_mark(one): number for number, one in known.items()}
    seen: dict[int | tuple[str, str], int] = {}
    stage = ""
    for line, cells in enumerate(table[header.line + 1 :], start=header.line + 2):
        raw = {name: cells[place] for name, place in header.places.items() if place < len(cells)}
        if _is_band(cells, raw):
            stage = next(cell for cell in cells if cell)[: _limit("stage")]
        elif any(raw.values()):
            row = _row(line, raw if raw.get("stage") or not stage else {**raw, "stage": stage})
            rows.append(_once(_compared(row, known, by_title), seen))
    return rows


def _is_band(cells: Sequence[str], raw: Mapping[str, str]) -> bool:
    """Tell a heading over rows from a measure that lacks its term: the latter must not vanish."""
    filled = [cell for cell in cells if cell]
    named = {name for name, text in raw.items() if text}
    if len(filled) != 1 or filled[0].isdigit() or not named <= {"number", "stage", "title"}:
        return False
    return "title" not in named or _STAGE.match(filled[0].casefold()) is not None


def _limit(name: str) -> int:
    return next(one.limit for one in COLUMNS if one.name == name)


def _mark(values: Mapping[str, Any]) -> tuple[str, str]:
    """Return by what two rows without a number are one measure."""
    return folded(str(values.get("stage", ""))), folded(str(values.get("title", "")))


def _row(line: int, raw: Mapping[str, str]) -> Row:
    values: dict[str, Any] = {}
    reasons: list[str] = []
    for name, text in raw.items():
        if text:
            try:
                values |= _READERS.get(name, _text)(name, text)
            except ValueError as error:
                reasons.append(str(error))
    if not reasons:
        reasons = _contradictions(values)
    return Row(line, values, reasons=tuple(reasons))


def _contradictions(values: Mapping[str, Any]) -> list[str]:
    start, end = values.get("starts_on"), values.get("ends_on")
    found = []
    if start and end and start > end:
        found.append("Начало позже срока: поменяйте даты местами.")
    if values.get("done_on") and values.get("done_percent", WHOLE) < WHOLE:
        found.append("Есть дата выполнения, но выполнено меньше 100 %: исправьте одно из двух.")
    return found


def _compared(row: Row, known: Known, by_title: Mapping[tuple[str, str], int]) -> Row:
    if row.reasons:
        return row
    given = row.values.pop("number", 0)
    if given and given not in known:
        gone = f"Мероприятия с кодом {code_of(given)} в карте нет. Очистите ячейку, чтобы добавить новое."
        return Row(row.line, row.values, reasons=(gone,))
    number = given or by_title.get(_mark(row.values), 0)
    if not number:
        return _new(row)
    before = known[number]
    values = {name: value for name, value in row.values.items() if before.get(name) != value}
    verdict = Verdict.CHANGED if values else Verdict.SAME
    return Row(row.line, row.values, verdict, (), number, tuple(sorted(values)))


def _new(row: Row) -> Row:
    lacking = [
        f"Столбец «{TITLES[name]}» пуст: впишите {what}."
        for name, what in (("title", "мероприятие"), ("ends_on", "срок, например 15.12.2026"))
        if not row.values.get(name)
    ]
    return Row(row.line, row.values, Verdict.BAD if lacking else Verdict.NEW, tuple(lacking))


def _once(row: Row, seen: dict[int | tuple[str, str], int]) -> Row:
    if row.verdict is Verdict.BAD:
        return row
    first = seen.setdefault(row.number or _mark(row.values), row.line)
    if first == row.line:
        return row
    return Row(
        row.line, row.values, Verdict.BAD, (f"Строка повторяет строку {first}. Оставьте одну из них.",)
    )


def _text(name: str, text: str) -> dict[str, Any]:
    limit = _limit(name)
    if len(text) > limit:
        raise ValueError(f"Столбец «{TITLES[name]}» длиннее {limit} знаков: сократите его.")
    return {name: text}


def code_of(number: int) -> str:
    """Return by what a measure is known in a table: «М12»."""
    return f"М{number}"


def _code(name: str, text: str) -> dict[str, Any]:
    found = re.fullmatch(r"\s*[МмMm]?\s*(\d{1,6})\s*", text)
    if found is None:
        raise ValueError(
            f"Столбец «{TITLES[name]}»: «{text[:40]}» не понят. Нужен вид М12 или пустая ячейка."
        )
    return {name: int(found[1])}


def _count(name: str, text: str) -> dict[str, Any]:
    bare = re.sub(r"[\s\u00a0]", "", text)
    if not bare.isdecimal() or int(bare) > _MOST:
        raise ValueError(f"Столбец «{TITLES[name]}»: «{text[:40]}» — не целое число. Впишите число цифрами.")
    return {name: int(bare)}


def _percent(name: str, text: str) -> dict[str, Any]:
    if folded(text) in _YES:
        return {name: WHOLE}
    found = re.fullmatch(r"(\d{1,3})(?:[.,](\d+))?\s*%?", text.strip())
    value = float(f"{found[1]}.{found[2] or 0}") if found else -1.0
    # A cell of Excel that shows 50 % holds 0.5.
    value = value * WHOLE if 0 < value < 1 and "%" not in text else value
    if not 0 <= value <= WHOLE:
        raise ValueError(f"Столбец «{TITLES[name]}»: «{text[:40]}» не понято. Впишите число от 0 до 100.")
    return {name: round(value)}


def _day(name: str, text: str) -> dict[str, Any]:
    day = parse_date(text)
    if day is None and (term := term_in(text)):
        day = term.starts_on or term.ends_on.replace(day=1) if name == "starts_on" else term.ends_on
    if day is None:
        raise ValueError(_unclear(name, text))
    return {name: day.isoformat()}


def _term(name: str, text: str) -> dict[str, Any]:
    term = term_in(text)
    if term is None:
        raise ValueError(_unclear(name, text))
    begun = {"starts_on": term.starts_on.isoformat()} if term.starts_on else {}
    return {name: term.ends_on.isoformat(), **begun}


def _unclear(name: str, text: str) -> str:
    return f"Столбец «{TITLES[name]}»: «{text[:60]}» не понят. Впишите дату, например 15.12.2026, или месяц и год."


_READERS: Final[Mapping[str, Callable[[str, str], dict[str, Any]]]] = {
    "number": _code,
    "ends_on": _term,
    "starts_on": _day,
    "done_on": _day,
    "done_percent": _percent,
    "planned": _count,
    "actual": _count,
}

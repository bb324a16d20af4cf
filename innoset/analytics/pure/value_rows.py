"""Rows of somebody's list of values as the site would have them, or the reasons why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

COLUMNS: Final = {
    "indicator": ("Показатель", "код показателя", "код"),
    "starts_on": ("Период с", "начало периода", "с"),
    "ends_on": ("Период по", "конец периода", "по"),
    "municipality": ("Муниципалитет", "район", "территория"),
    "organisation": ("Организация", "номер организации", "инн"),
    "value": ("Значение", "факт"),
    "numerator": ("Числитель",),
    "denominator": ("Знаменатель",),
    "is_partial": ("Часть периода", "неполный период"),
    "is_floor": ("Не меньше", "не менее", "более"),
    "source_note": ("Источник", "откуда значение"),
}
"""Our columns: the title first, then how else people call them."""
REQUIRED: Final = ("indicator", "starts_on", "ends_on", "source_note")
NUMBERS: Final = ("value", "numerator", "denominator")
MOST_SOURCE: Final = 300
LARGEST: Final = Decimal(10) ** 13
_HEADER_REACH: Final = 15
_UNKNOWN: Final = frozenset({"", "-", "—", "нет данных", "не указано", "неизвестно", "н/д"})
_YES: Final = frozenset({"да", "1", "часть", "неполный"})
_NO: Final = frozenset({"", "нет", "0", "целый", "полный"})
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y")
TITLES: Final = {name: titles[0] for name, titles in COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What the site knows: indicators, municipalities and organisations by any of their comparable names."""

    indicators: Mapping[str, str]
    municipalities: Mapping[str, int]
    organisations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row: its line in the file, plain values ready to be kept as text, what is wrong, the cells as they were."""

    line: int
    values: dict[str, str]
    reasons: tuple[str, ...]
    cells: tuple[str, ...] = field(default=())


def folded(text: str) -> str:
    """Make a text comparable: case, ё, signs and spaces aside."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("ё", "е")).split())


_NAMES: Final = {folded(title): name for name, titles in COLUMNS.items() for title in titles}


def header_of(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return the line of the header and where each of our columns stands in it."""
    best: tuple[int, dict[str, int]] = (0, {})
    for line, cells in enumerate(table[:_HEADER_REACH]):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            name = _NAMES.get(folded(cell))
            if name is not None:
                places.setdefault(name, place)
        if len(places) > len(best[1]):
            best = (line, places)
    return best


def lacking_columns(places: Mapping[str, int]) -> list[str]:
    """Return the titles of the columns without which nothing can be read."""
    lacking = [TITLES[name] for name in REQUIRED if name not in places]
    return lacking if set(NUMBERS) & places.keys() else [*lacking, TITLES["value"]]


def rows_of(table: Sequence[Sequence[str]], known: Known) -> list[ValueRow]:
    """Read the rows under the header; a row that repeats another's indicator, holder and period is bad."""
    line, places = header_of(table)
    rows = [
        _row(number, cells, places, known)
        for number, cells in enumerate(table[line + 1 :], start=line + 2)
        if any(cells)
    ]
    return _without_twins(rows)


def _row(line: int, cells: Sequence[str], places: Mapping[str, int], known: Known) -> ValueRow:
    raw = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
    values, reasons = dict.fromkeys(COLUMNS, ""), []
    for name, text in raw.items():
        try:
            values[name] = _READERS[name](text, known)
        except ValueError as error:
            reasons.append(f"Столбец «{TITLES[name]}»: {error}")
    if values["municipality"] and values["organisation"]:
        reasons.append("Заполнены и муниципалитет, и организация. Оставьте что-то одно.")
    return ValueRow(line, values, tuple(reasons), tuple(cells))


def _without_twins(rows: list[ValueRow]) -> list[ValueRow]:
    first: dict[tuple[str, ...], int] = {}
    kept = []
    for row in rows:
        key = tuple(
            row.values[name] for name in ("indicator", "municipality", "organisation", "starts_on", "ends_on")
        )
        line = row.line if row.reasons else first.setdefault(key, row.line)
        twin = () if line == row.line else (f"Строка повторяет строку {line}. Оставьте одну из них.",)
        kept.append(ValueRow(row.line, row.values, (*row.reasons, *twin), row.cells))
    return kept


def _indicator(text: str, known: Known) -> str:
    if not text:
        raise ValueError("он пуст. Впишите название или код показателя.")
    code = known.indicators.get(folded(text))
    if code is None:
        raise ValueError(f"«{text[:80]}» не найден. Впишите название, как на сайте.")
    return code


def _municipality(text: str, known: Known) -> str:
    return _holder(text, known.municipalities)


def _organisation(text: str, known: Known) -> str:
    return _holder(text, known.organisations)


def _holder(text: str, keys: Mapping[str, int]) -> str:
    if not text:
        return ""
    key = keys.get(folded(text))
    if key is None:
        raise ValueError(f"«{text[:80]}» не найден. Впишите название или номер, как на сайте.")
    return str(key)


def _day(text: str, known: Known) -> str:
    del known
    for pattern in _DAYS:
        try:
            return _parsed(text, pattern).isoformat()
        except ValueError:
            continue
    raise ValueError(f"«{text[:40]}» — не дата. Впишите день, месяц и год, например 01.01.2021.")


def _parsed(text: str, pattern: str) -> date:
    # A day has no zone: only its three numbers are taken.
    return datetime.strptime(text, pattern).date()  # noqa: DTZ007  # reason: only the day is taken


def _number(text: str, known: Known) -> str:
    del known
    if text.casefold() in _UNKNOWN:
        return ""
    try:
        value = Decimal(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))
    except InvalidOperation:
        raise ValueError(
            f"«{text[:40]}» — не число. Впишите только число, а вместо слова «более» поставьте «да» в столбце «Не меньше»."
        ) from None
    if not value.is_finite() or value < 0 or value >= LARGEST:
        raise ValueError(f"«{text[:40]}» не подходит. Впишите число от нуля, не длиннее 13 знаков.")
    if value != round(value, 2):
        raise ValueError(f"«{text[:40]}»: оставьте после запятой не больше двух знаков.")
    return f"{value:f}"


def _tick(text: str, known: Known) -> str:
    del known
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError(f"«{text[:40]}» не подходит. Впишите «да» или «нет».")
    return "да" if word in _YES else ""


def _source(text: str, known: Known) -> str:
    del known
    if not text:
        raise ValueError("он пуст. Впишите, откуда взято значение.")
    if len(text) > MOST_SOURCE:
        raise ValueError(f"текст длиннее {MOST_SOURCE} знаков. Сократите его.")
    return text


_READERS: Final[Mapping[str, Callable[[str, Known], str]]] = {
    "indicator": _indicator,
    "starts_on": _day,
    "ends_on": _day,
    "municipality": _municipality,
    "organisation": _organisation,
    "value": _number,
    "numerator": _number,
    "denominator": _number,
    "is_partial": _tick,
    "is_floor": _tick,
    "source_note": _source,
}

"""Reading a filled table: bytes that nobody vouches for in, plain lines out. Runs in a process apart."""

import io
from typing import Any

# The process apart opens no library once it has given up its rights.
from python_calamine import CalamineWorkbook  # noqa: TID253  # reason: only the process apart imports this

from innoset.review.pure.packs.book import SHEET, TITLES

MOST_ROWS = 5000
LONGEST = 20_000
DIGITS = 16
_NEEDED = ("Дело", "№", "Балл", "Пояснение")


def read(data: bytes) -> dict[str, Any]:
    """Return {"fault": words} or {"lines": [[place, code, number, answer, comment, stamp], …]}."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    name = SHEET if SHEET in book.sheet_names else book.sheet_names[0]
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    if len(rows) > MOST_ROWS:
        return {
            "fault": f"В таблице больше {MOST_ROWS} строк. Загрузите таблицу, скачанную на этой странице."
        }
    for place, row in enumerate(rows):
        titles = [_text(cell) for cell in row]
        if all(title in titles for title in _NEEDED):
            return _lines(rows[place + 1 :], titles, place + 2)
    return {
        "fault": (
            "Это не та таблица: не найдены столбцы «Дело», «№», «Балл» и «Пояснение». "
            "Скачайте таблицу на этой странице и заполните её."
        )
    }


def _lines(rows: list[list[Any]], titles: list[str], first: int) -> dict[str, Any]:
    columns = {title: titles.index(title) for title in TITLES if title in titles}

    def cell(row: list[Any], title: str) -> str:
        place = columns.get(title, len(row))
        return _text(row[place]) if place < len(row) else ""

    return {
        "lines": [
            [
                place,
                cell(row, "Дело"),
                _number(cell(row, "№")),
                cell(row, "Балл"),
                cell(row, "Пояснение"),
                _number(cell(row, "Отметка")),
            ]
            for place, row in enumerate(rows, first)
            if cell(row, "Дело")
        ]
    }


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()[:LONGEST]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0

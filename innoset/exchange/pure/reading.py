"""A table out of a file: XLSX or CSV, whatever the code page and the separator."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

MAX_BYTES: Final = 5 * 2**20
MAX_UNPACKED: Final = 100 * 2**20
MAX_ROWS: Final = 5000
MAX_COLUMNS: Final = 60
MAX_CELL: Final = 2000
_SEPARATORS: Final = (";", ",", "\t")
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
Cell = str | int | float | bool | date | datetime | time | timedelta | None

BAD_BOOK: Final = (
    "Файл повреждён: таблица в нём не открывается. Сохраните его ещё раз как XLSX и загрузите снова."
)


class UnreadableError(ValueError):
    """The file is no table that can be read; the text is a sentence with the cure."""


def read_table(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet as clean text, or raise UnreadableError."""
    if not data.strip(b"\x00\r\n\t "):
        raise UnreadableError("Файл пустой. Выберите другой файл.")
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"Файл больше {MAX_BYTES // 2**20} МБ. Разделите список на части.")
    if data.startswith(_OLD_EXCEL):
        raise UnreadableError(
            "Это таблица старого вида или файл с паролем. Сохраните её как XLSX без пароля и загрузите снова."
        )
    rows = _from_book(data) if data.startswith(_ZIP) else _from_text(data)
    return _checked([[_clean(cell) for cell in row] for row in rows])


def _checked(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise UnreadableError("В файле нет ни одной заполненной строки. Выберите другой файл.")
    if len(rows) > MAX_ROWS + 1:
        raise UnreadableError(f"В файле больше {MAX_ROWS} строк. Разделите список на части.")
    if max(len(row) for row in rows) > MAX_COLUMNS:
        raise UnreadableError(f"В файле больше {MAX_COLUMNS} столбцов. Оставьте только нужные.")
    return rows


def _from_book(data: bytes) -> Iterable[Iterable[Cell]]:
    # Imported here: only an import of a list needs it.
    from python_calamine import CalamineError, CalamineWorkbook  # reason: reads a large library

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if "xl/workbook.xml" not in archive.namelist():
                raise UnreadableError(
                    "Это не таблица XLSX. Сохраните список как XLSX или CSV и загрузите снова."
                )
    except zipfile.BadZipFile as error:
        raise UnreadableError(BAD_BOOK) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableError("Таблица внутри файла слишком велика. Разделите список на части.")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False) if book.sheet_names else []
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise UnreadableError(BAD_BOOK) from error


def _from_text(data: bytes) -> Iterable[Iterable[Cell]]:
    if b"\x00" in data:
        raise UnreadableError("Это не таблица. Сохраните список как XLSX или CSV и загрузите снова.")
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    if separator not in first:
        raise UnreadableError(
            "В первой строке нет названий столбцов. Разделите их точкой с запятой или сохраните список как XLSX."
        )
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False))
    except csv.Error as error:
        raise UnreadableError(
            "Строки файла не разбираются. Сохраните список как XLSX и загрузите снова."
        ) from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # A byte that the Russian code page lacks becomes a sign that a person sees in the preview.
        return data.decode("cp1251", errors="replace")


def _clean(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    text = "" if cell is None else str(cell)
    seen = "".join(" " if char.isspace() else char for char in text if char.isprintable() or char.isspace())
    return " ".join(seen.split())[:MAX_CELL]

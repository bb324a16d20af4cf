"""Tables out of files, whatever people save them as; hostile ones are refused in words."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter  # noqa: TID253  # reason: tests make what comes in
from hypothesis import given
from hypothesis import strategies as st

from innoset.exchange.pure.reading import MAX_ROWS, UnreadableError, read_table

TABLE = [["Краткое наименование", "ИНН"], ["МБОУ СОШ № 7; «Родник»", "2340018182"]]


def book(rows: Any) -> Any:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def lines(separator: Any, rows: Any = TABLE) -> Any:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_text_in_any_dress(separator: Any, encoding: Any) -> None:
    assert read_table(lines(separator).encode(encoding)) == TABLE


def test_a_book_keeps_identifiers_whole() -> None:
    rows = [["ИНН", "КПП", "Дата"], [2340018182, 234001001.0, "x"], [None, True, 1.5]]
    assert read_table(book(rows)) == [
        ["ИНН", "КПП", "Дата"],
        ["2340018182", "234001001", "x"],
        ["", "True", "1.5"],
    ]


def test_a_day_is_written_as_a_day() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as made:
        made.add_worksheet().write_datetime(0, 0, datetime.fromisoformat("2026-11-21T09:30:00"))
    assert read_table(target.getvalue()) == [["2026-11-21"]]


def test_invisible_signs_go_and_long_cells_are_cut() -> None:
    text = "Название;ИНН\nМБОУ\u00a0\u200bСОШ  №\t7;" + "1" * 3000
    assert read_table(text.encode()) == [["Название", "ИНН"], ["МБОУ СОШ № 7", "1" * 2000]]


def bomb() -> Any:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (101 * 2**20))
    return target.getvalue()


def other_archive() -> Any:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "text")
    return target.getvalue()


def broken_book() -> Any:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Файл пустой."),
        (b" \r\n ", "Файл пустой."),
        (b"x" * (5 * 2**20 + 1), "Файл больше 5 МБ."),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "Это таблица старого вида или файл с паролем."),
        (b"PK\x03\x04garbage", "Файл повреждён: таблица в нём не открывается."),
        (other_archive(), "Это не таблица XLSX."),
        (broken_book(), "Файл повреждён: таблица в нём не открывается."),
        (bomb(), "Таблица внутри файла слишком велика."),
        (b"%PDF-1.7\x00\x01", "Это не таблица."),
        ("Просто письмо".encode(), "В первой строке нет названий столбцов."),
        (book([]), "В файле нет ни одной заполненной строки."),
        (("a;b\n" * (MAX_ROWS + 2)).encode(), "В файле больше 5000 строк."),
        (("a;b\n" + "я" * 140_000 + ";1\n").encode(), "Строки файла не разбираются."),
        ((";".join("x" * 61) + "\n").encode(), "В файле больше 60 столбцов."),
    ],
    ids=[
        "empty",
        "blank",
        "large",
        "old or locked",
        "cut",
        "another archive",
        "broken book",
        "bomb",
        "pdf",
        "letter",
        "no rows",
        "too many rows",
        "wide line",
        "too many columns",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_cure(data: Any, said: Any) -> None:
    with pytest.raises(UnreadableError) as no:
        read_table(data)
    assert str(no.value).startswith(said)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_sentence(data: Any) -> None:
    table, said = told(data)
    assert (
        said.endswith(".") if table is None else all(isinstance(cell, str) for row in table for cell in row)
    )


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=4), min_size=1, max_size=5))
def test_a_book_of_any_words_is_read_or_refused(rows: Any) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    table, said = told(target.getvalue())
    assert said.endswith(".") if table is None else len(table) <= len(rows)


def told(data: Any) -> Any:
    """The table, or the sentence instead of it."""
    try:
        return read_table(data), ""
    except UnreadableError as no:
        return None, str(no)

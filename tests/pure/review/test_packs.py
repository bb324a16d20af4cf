"""The table for work without a network: what is printed, read back, and said of each cell."""

import io
from decimal import Decimal
from typing import Any

import pytest

from innoset.review.pure.packs import CONCLUSION, PackLine, Verdict, Weighed, weigh
from innoset.review.pure.packs.book import TITLES, BookLine, workbook
from innoset.review.pure.packs.lines import Known
from innoset.review.pure.packs.reading import MOST_ROWS, read
from innoset.review.pure.scoring import Mark, Rule

RULE = Rule(1, 1, "Новизна", Decimal(2), (0, 1, 2), comment_at_most=0, may_not_apply=True)
PLAIN = Rule(2, 2, "Ресурсы", Decimal(1), (0, 1, 2))
LEVELS = ((0, "нет"), (1, "отчасти"), (2, "да"))
LINES = [
    BookLine("Д-1", "=Школа", RULE, LEVELS, Mark(1, "Мало"), 7),
    BookLine("Д-1", "=Школа", PLAIN, LEVELS, Mark(), 0),
    BookLine("Д-2", "Сад", RULE, LEVELS, Mark(is_not_applicable=True), 9),
    BookLine("Д-1", "=Школа", None, (), Mark(comment="Вывод"), 5),
]


def _rows(data: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook  # reason: slow to load, and few need it

    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Баллы").to_python()


def test_the_table_carries_criteria_levels_and_what_is_there() -> None:
    assert _rows(workbook(LINES)) == [
        list(TITLES),
        ["Д-1", "=Школа", 1.0, "Новизна", 1.0, "Мало", "0 — нет\n1 — отчасти\n2 — да",
         "Балл: 0, 1, 2 или не применимо. Пояснение: обязательно при балле 0.", 7.0],
        ["Д-1", "=Школа", 2.0, "Ресурсы", "", "", "0 — нет\n1 — отчасти\n2 — да", "Балл: 0, 1, 2.", 0.0],
        ["Д-2", "Сад", 1.0, "Новизна", "н/п", "", "0 — нет\n1 — отчасти\n2 — да",
         "Балл: 0, 1, 2 или не применимо. Пояснение: обязательно при балле 0.", 9.0],
        ["Д-1", "=Школа", 0.0, "Общий вывод (балл не нужен)", "", "Вывод", "", "", 5.0],
    ]  # fmt: skip


def test_the_table_comes_back_as_it_went() -> None:
    assert read(workbook(LINES)) == {
        "lines": [
            [2, "Д-1", 1, "1", "Мало", 7],
            [3, "Д-1", 2, "", "", 0],
            [4, "Д-2", 1, "н/п", "", 9],
            [5, "Д-1", 0, "", "Вывод", 5],
        ]
    }


def _book(rows: list[list[object]], name: str = "Лист1") -> bytes:
    from xlsxwriter import Workbook  # reason: slow to load, and few need it

    target = io.BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def test_a_table_that_was_moved_about_is_still_read_and_another_one_is_refused() -> None:
    moved = _book(
        [["Мои баллы"], ["№", "Дело", "Пояснение", "Балл"], ["2x", "", "", ""], [1, "Д-1", "Да", 2.5]]
    )
    assert read(moved) == {"lines": [[4, "Д-1", 1, "2.5", "Да", 0]]}
    assert read(_book([["Дело", "Балл"]]))["fault"].startswith("Это не та таблица")
    assert read(_book([[1]] * (MOST_ROWS + 1)))["fault"].startswith("В таблице больше 5000 строк")


def _line(number: int, answer: str = "", comment: str = "", stamp: int = 0, code: str = "Д-1") -> PackLine:
    return PackLine(2, code, number, answer, comment, stamp)


@pytest.mark.parametrize(
    ("line", "known", "verdict", "after", "reason"),
    [
        (_line(1), Known(RULE, Mark(1), 0), Verdict.EMPTY, Mark(1), ""),
        (_line(1, "1"), Known(RULE, Mark(1), 0), Verdict.SAME, Mark(1), ""),
        (_line(1, "2"), Known(RULE, Mark(1, "Да"), 0), Verdict.NEW, Mark(2, "Да"), ""),
        (_line(1, "2,0"), Known(RULE, Mark(), 0), Verdict.NEW, Mark(2), ""),
        (_line(1, "Н/П"), Known(RULE, Mark(1, "Да"), 0), Verdict.NEW, Mark(None, "Да", is_not_applicable=True), ""),
        (_line(1, "", "Так"), Known(RULE, Mark(1, "Да"), 0), Verdict.NEW, Mark(1, "Так"), ""),
        (_line(1, "2", stamp=7), Known(RULE, Mark(1), 8), Verdict.NEWER, Mark(2), ""),
        (_line(1, "2", stamp=8), Known(RULE, Mark(1), 8), Verdict.NEW, Mark(2), ""),
        (_line(CONCLUSION, "", "Вывод"), Known(None, Mark(), 0), Verdict.NEW, Mark(comment="Вывод"), ""),
        (_line(1, "7"), Known(RULE, Mark(1), 0), Verdict.BAD, Mark(1),
         "«7» — такого балла у К1 нет. Допустимо: 0, 1, 2 или не применимо."),
        (_line(2, "2.5"), Known(PLAIN, Mark(), 0), Verdict.BAD, Mark(), "«2.5» — такого балла у К2 нет. Допустимо: 0, 1, 2."),
        (_line(2, "н/п"), Known(PLAIN, Mark(), 0), Verdict.BAD, Mark(), "Критерий К2 применим к каждой работе. Поставьте балл."),
        (_line(1, "1", "а" * 5001), Known(RULE, Mark(), 0), Verdict.BAD, Mark(),
         "Пояснение длиннее 5000 знаков: сейчас их 5001. Сократите его."),
        (_line(CONCLUSION, "3"), Known(None, Mark(), 0), Verdict.BAD, Mark(),
         "У общего вывода балла нет. Оставьте столбец «Балл» пустым."),
        (_line(1, "2"), Known(RULE, Mark(1), 0, "Лист завершён."), Verdict.BAD, Mark(1), "Лист завершён."),
        (_line(1, "1"), Known(RULE, Mark(1), 0, "Лист завершён."), Verdict.SAME, Mark(1), ""),
        (_line(3, "2"), None, Verdict.BAD, Mark(), "Дела Д-1 или его критерия К3 у вас нет. Скачайте таблицу заново."),
    ],
)  # fmt: skip
def test_each_line_is_weighed(
    line: PackLine, known: Known | None, verdict: Verdict, after: Mark, reason: str
) -> None:
    before = known.mark if known else Mark()
    there = {(line.code, line.number): known} if known else {}
    assert weigh([line], there) == [Weighed(line, verdict, before, after, reason)]


def test_the_second_line_about_the_same_thing_is_refused() -> None:
    known = {("Д-1", 1): Known(RULE, Mark(), 0), ("Д-1", 0): Known(None, Mark(), 0)}
    lines = [_line(1, "1"), _line(1, "2"), _line(0, "", "а"), _line(0, "", "б")]
    found = weigh(lines, known)
    assert [(one.verdict, one.reason, one.title, one.key) for one in found] == [
        (Verdict.NEW, "", "К1", "Д-1:1"),
        (Verdict.BAD, "Дело Д-1, К1 есть в таблице дважды.", "К1", "Д-1:1"),
        (Verdict.NEW, "", "Общий вывод", "Д-1:0"),
        (Verdict.BAD, "Дело Д-1, общий вывод есть в таблице дважды.", "Общий вывод", "Д-1:0"),
    ]

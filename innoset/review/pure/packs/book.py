"""The table that an expert fills without a network: criteria and levels in words, open cells for the marks."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from innoset.review.pure.packs.lines import CONCLUSION, allowed
from innoset.review.pure.scoring import Mark, Rule, demand

TITLES = ("Дело", "Тема", "№", "Критерий", "Балл", "Пояснение", "Что значит балл", "Правило", "Отметка")
WIDTHS = (14, 34, 6, 34, 10, 60, 60, 34, 0)
SHEET = "Баллы"
FIRST_ROW = 1
_OPEN, _MARK = {"Балл", "Пояснение"}, TITLES.index("Балл")
_COMMON = {"text_wrap": True, "valign": "top", "border": 1}
_LOOKS: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bg_color": "#E8E4D9"},
    "shut": {},
    "open": {"locked": False, "bg_color": "#FFFBE6"},
}
_HELP = (
    "Как заполнить таблицу",
    "Балл ставьте в столбце «Балл»: число из списка или «н/п», если критерий можно не применять.",
    "Пояснение пишите в столбце «Пояснение». Когда оно обязательно, сказано в столбце «Правило».",
    "Пустая ячейка ничего не меняет: прежний балл останется.",
    "Другие столбцы не меняйте и строки не удаляйте.",
    "Вернитесь на страницу «Работа без сети» и загрузите файл. Сначала вы увидите, что изменится.",
)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the table: a criterion of a work, or the conclusion of its sheet."""

    code: str
    theme: str
    rule: Rule | None
    levels: tuple[tuple[int, str], ...]
    mark: Mark
    stamp: int

    def cells(self) -> tuple[str | int, ...]:
        """Return the cells in the order of the columns."""
        rule, answer = self.rule, self.mark.shown
        return (
            self.code,
            self.theme,
            rule.number if rule else CONCLUSION,
            rule.title if rule else "Общий вывод (балл не нужен)",
            int(answer) if answer.isdigit() else answer and "н/п",
            self.mark.comment,
            "\n".join(f"{value} — {text}" for value, text in self.levels),
            _rule(rule) if rule else "",
            self.stamp,
        )


def _rule(rule: Rule) -> str:
    said = f"Балл: {allowed(rule)}."
    return f"{said} Пояснение: {demand(rule).lower()}" if demand(rule) else said


def workbook(lines: Sequence[BookLine]) -> bytes:
    """Return the table; only the cells for marks and explanations are open."""
    from xlsxwriter import Workbook  # reason: slow to load, and few need it

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = {name: book.add_format({**_COMMON, **look}) for name, look in _LOOKS.items()}
    sheet = book.add_worksheet(SHEET)
    _lay_out(sheet, looks["head"])
    for row, line in enumerate(lines, FIRST_ROW):
        for column, cell in enumerate(line.cells()):
            sheet.write(row, column, cell, looks["open" if TITLES[column] in _OPEN else "shut"])
        if line.rule:
            sheet.data_validation(row, _MARK, row, _MARK, _choices(line.rule))
    notes = book.add_worksheet("Как заполнить")
    notes.set_column(0, 0, 100)
    for row, words in enumerate(_HELP):
        notes.write(row, 0, words, looks["shut" if row else "head"])
    book.close()
    return target.getvalue()


def _lay_out(sheet: Any, head: Any) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True})
    for column, (title, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        sheet.set_column(column, column, width, None, {"hidden": not width})
        sheet.write(0, column, title, head)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _choices(rule: Rule) -> dict[str, object]:
    return {
        "validate": "list",
        "source": [*map(str, rule.values), *(["н/п"] if rule.may_not_apply else [])],
        "error_title": "Балл",
        "error_message": f"Допустимо: {allowed(rule)}"[:255],
    }

"""Lists, links, «нет» and dashes."""

import os
from pathlib import Path

import pytest
from docx import Document  # noqa: TID253  # reason: the test is about such a file
from hypothesis import given
from hypothesis import strategies as st

from innoset.projects.pure.links import links_in, shown
from innoset.projects.pure.lists import Item, items_in, tasks_in
from innoset.projects.pure.meaning import Meaning, meaning_of, says_none


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ("нет", []),
        ("—", []),
        ("разработать программу\nобучить наставников", ["разработать программу", "обучить наставников"]),
        ("Задачи:\nпервая;\nвторая.", ["первая", "вторая"]),
        ("· первая,\n· вторая;\n· третья.", ["первая", "вторая", "третья"]),
        ("Нужно:\n- первая\n–  вторая\n—третья", ["первая", "вторая", "третья"]),
        ("1. Первая\n2) Вторая\n3. Третья", ["Первая", "Вторая", "Третья"]),
        ("а) первая;\nб) вторая", ["первая", "вторая"]),
        ("1. Первая\nдлинная задача\n2. Вторая", ["Первая длинная задача", "Вторая"]),
        ("1. Организационно-\nметодическая\n9\n2. Вторая", ["Организационно-методическая", "Вторая"]),
        ("1. Первая\nЕщё одна\nИтоги:\n2. Вторая", ["Первая", "Ещё одна", "Вторая"]),
        (
            "Задачи: 1. Анализ сети. 2. Выявление условий. 3. Модель.",
            ["Анализ сети", "Выявление условий", "Модель"],
        ),
        ("1. Анализ сети. 2. Выявление условий.", ["Анализ сети", "Выявление условий"]),
        ("до 15.05. Одна задача, 1. класс", ["до 15.05. Одна задача, 1. класс"]),
        ("•\n• вторая", ["вторая"]),
        ("одна задача", ["одна задача"]),
    ],
)
def test_items_of_a_list(text: str, items: list[str]) -> None:
    assert [*tasks_in(text)] == items


def test_what_is_nested_lies_deeper() -> None:
    text = "1. Провести:\n- диагностику;\n- анкетирование.\n1.1. ещё глубже\n2. Обучить\n    3. учителей"
    assert items_in(text) == (
        Item("Провести:"),
        Item("диагностику", 1),
        Item("анкетирование", 1),
        Item("ещё глубже", 1),
        Item("Обучить"),
        Item("учителей", 1),
    )


MARKS = st.sampled_from(["· ", "- ", "– ", "— ", "• ", "\uf0b7\t", "  - "])
TASKS = st.lists(st.from_regex(r"\A[а-я]{3,9} [а-я]{3,9}\Z"), min_size=1, max_size=7)


@given(TASKS, MARKS, st.sampled_from(["", ";", ",", "."]))
def test_every_task_is_counted_once(tasks: list[str], mark: str, end: str) -> None:
    assert [*tasks_in("\n".join(f"{mark}{task}{end}" for task in tasks))] == tasks


@given(TASKS, st.sampled_from(["{}. ", "{}) ", "{}.\t"]))
def test_numbered_tasks_are_counted(tasks: list[str], mark: str) -> None:
    assert [*tasks_in("\n".join(f"{mark.format(at)}{task}" for at, task in enumerate(tasks, 1)))] == tasks


@given(st.text(max_size=200))
def test_any_list_may_be_asked(text: str) -> None:
    assert all(item.text for item in items_in(text))


def test_tasks_of_the_documents_beside_the_repository(samples: Path) -> None:
    """Seven, six and four, as counted by hand."""
    rows = [row.cells for row in Document(os.fspath(samples / "passport_vyselki.docx")).tables[0].rows]
    [passport] = [cells[-1].text for cells in rows if cells[0].text.strip() == "5"]
    programme, report = (
        "\n".join(one.text for one in Document(os.fspath(samples / f"{name}.docx")).paragraphs)
        for name in ("programme_krc", "report_kip")
    )
    texts = [
        passport,
        programme[programme.index("В рамках исполнения") : programme.index("2.2 Основная цель")],
        report[report.index("Задачи отчётного") : report.index("Планируемые задачи")],
    ]
    assert [len(tasks_in(text)) for text in texts] == [7, 6, 4]


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("http://wiki.example/?title=%D0%9A%D0%98%D0%9F", "http://wiki.example/?title=КИП"),
        ("см. www.example.ru/%D0%BF%D0%BB%D0%B0%D0%BD.", "см. www.example.ru/план."),
        ("https://example.ru/a%20b%2Fc%26d?e=%3D", "https://example.ru/a%20b%2Fc%26d?e=%3D"),
        ("https://example.ru/%D0", "https://example.ru/%D0"),
        ("100%D0%9A без ссылки", "100%D0%9A без ссылки"),
        ("", ""),
    ],
)
def test_links_are_shown_readable(text: str, readable: str) -> None:
    assert shown(text) == readable


def test_links_are_found_as_they_are_written() -> None:
    text = "(см. https://example.ru/%D0%9A, www.example.ru; a@www.example.ru)"
    assert links_in(text) == ("https://example.ru/%D0%9A", "www.example.ru")


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("", Meaning.EMPTY),
        ("  \n", Meaning.EMPTY),
        ("-", Meaning.DASH),
        ("___", Meaning.DASH),
        ("нет", Meaning.NONE),
        ("Нет.", Meaning.NONE),
        ("не имеется", Meaning.NONE),
        ("Отсутствует", Meaning.NONE),
        ("нет научного руководителя", Meaning.NONE),
        ("нет, но будет", Meaning.TEXT),
        ("да", Meaning.TEXT),
    ],
)
def test_what_a_value_means(value: str, meaning: Meaning) -> None:
    assert meaning_of(value) is meaning
    assert says_none(value) is (meaning in (Meaning.DASH, Meaning.NONE))

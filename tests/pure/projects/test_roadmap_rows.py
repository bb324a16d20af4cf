"""Tables of measures: whichever columns, whichever spelling, each row has a verdict and a reason."""

from typing import Any

import pytest

from innoset.projects.pure.roadmap.columns import COLUMNS, Header, find_header, folded
from innoset.projects.pure.roadmap.rows import Row, Verdict, code_of, judged

HEAD = [
    "Код",
    "Этап",
    "Мероприятия",
    "Ответственные",
    "Сроки реализации",
    "Выполнено",
    "Дата выполнения",
    "Факт",
]
UNCLEAR = "Столбец «{}»: «{}» не понят. Впишите дату, например 15.12.2026, или месяц и год."
KNOWN = {3: {"stage": "Этап 1", "title": "Семинар", "ends_on": "2026-12-21", "done_percent": 0}}


def rows(*lines: list[str], head: list[str] | None = None, known: Any = None) -> list[Row]:
    """Judge lines under a header."""
    table = [["Дорожная карта"], head or HEAD, *lines]
    return judged(table, find_header(table), KNOWN if known is None else known)


def line(**cells: str) -> list[str]:
    """Return one line of the table above."""
    names = ("code", "stage", "title", "who", "term", "done", "day", "fact")
    return [cells.get(name, "") for name in names]


def test_columns_are_known_by_many_names() -> None:
    found = find_header([["Дорожная карта"], HEAD])
    names = ("number", "stage", "title", "responsible", "ends_on", "done_percent", "done_on", "actual")
    assert (found.line, dict(found.places)) == (1, {name: place for place, name in enumerate(names)})
    assert find_header([]) == Header(0, {})
    assert find_header([["Что", "Мероприятие", "Мероприятия"]]).missing == ("Срок",)
    assert len({folded(word) for one in COLUMNS for word in (one.title, *one.synonyms)}) == sum(
        1 + len(one.synonyms) for one in COLUMNS
    )


def test_new_changed_same_and_bad_rows() -> None:
    found = rows(
        line(code="М3", title="Семинар", term="21.12.2026", done="60 %"),
        line(stage="Этап 1", title="семинар!", term="21.12.2026"),
        line(stage="Этап 2", title="Слёт", term="сентябрь–декабрь 2026 г.", fact="1 200"),
        line(code="М9", title="Чужое", term="21.12.2026"),
        line(title="Без срока", term="в течение года"),
        line(who="Ивняк О. П."),
    )
    assert [(one.line, one.verdict, one.number, one.changes) for one in found] == [
        (3, Verdict.CHANGED, 3, ("done_percent",)),
        (4, Verdict.BAD, 0, ()),
        (5, Verdict.NEW, 0, ()),
        (6, Verdict.BAD, 0, ()),
        (7, Verdict.BAD, 0, ()),
        (8, Verdict.BAD, 0, ()),
    ]
    assert found[2].values == {
        "stage": "Этап 2", "title": "Слёт", "ends_on": "2026-12-31", "starts_on": "2026-09-01", "actual": 1200,
    }  # fmt: skip
    assert [one.reasons for one in found] == [
        (),
        ("Строка повторяет строку 3. Оставьте одну из них.",),
        (),
        ("Мероприятия с кодом М9 в карте нет. Очистите ячейку, чтобы добавить новое.",),
        ("Столбец «Срок»: «в течение года» не понят. Впишите дату, например 15.12.2026, или месяц и год.",),
        (
            "Столбец «Мероприятие» пуст: впишите мероприятие.",
            "Столбец «Срок» пуст: впишите срок, например 15.12.2026.",
        ),
    ]
    same = rows(line(stage="Этап 1", title="Семинар", term="до 21 декабря 2026 г."))
    assert [(one.verdict, one.number) for one in same] == [(Verdict.SAME, 3)]
    assert code_of(3) == "М3"
    assert found[0].as_json() == {
        "line": 3,
        "verdict": "changed",
        "reasons": [],
        "number": 3,
        "changes": ["done_percent"],
        "values": {"title": "Семинар", "ends_on": "2026-12-21", "done_percent": 60},
    }


def test_a_band_over_rows_names_their_stage_and_empty_lines_are_none() -> None:
    found = rows(
        ["Этап 2. Основной"],
        line(title="Слёт", term="1.12.2026"),
        line(),
        line(stage="Этап 3", title="Итог", term="1.12.2027"),
        ["1"],
        known={},
    )
    assert [(one.values.get("stage"), one.values.get("title")) for one in found[:2]] == [
        ("Этап 2. Основной", "Слёт"),
        ("Этап 3", "Итог"),
    ]
    assert [one.verdict for one in found] == [Verdict.NEW, Verdict.NEW, Verdict.BAD]
    numbered = rows(["1"], head=["Мероприятие", "Срок"], known={})
    lone = rows(["II этап (основной)"], ["Слёт"], head=["Мероприятие", "Срок"], known={})
    assert [(one.values, one.verdict) for one in lone] == [
        ({"title": "Слёт", "stage": "II этап (основной)"}, Verdict.BAD)
    ]
    assert numbered[0].reasons == ("Столбец «Срок» пуст: впишите срок, например 15.12.2026.",)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ({"done": "Выполнено"}, {"done_percent": 100}),
        ({"done": "0,5"}, {"done_percent": 50}),
        ({"done": "99,6 %"}, {"done_percent": 100}),
        ({"done": "100", "day": "01.11.2026"}, {"done_percent": 100, "done_on": "2026-11-01"}),
        ({"day": "ноябрь 2026"}, {"done_on": "2026-11-30"}),
    ],
)
def test_marks_are_read(cells: dict[str, str], values: dict[str, Any]) -> None:
    found = rows(line(title="Слёт", term="1.12.2026", **cells))[0]
    assert (found.verdict, found.values) == (
        Verdict.NEW,
        {"title": "Слёт", "ends_on": "2026-12-01", **values},
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"done": "101"}, "Столбец «Выполнено, %»: «101» не понято. Впишите число от 0 до 100."),
        ({"done": "почти"}, "Столбец «Выполнено, %»: «почти» не понято. Впишите число от 0 до 100."),
        ({"fact": "много"}, "Столбец «Факт»: «много» — не целое число. Впишите число цифрами."),
        ({"fact": "9999999999"}, "Столбец «Факт»: «9999999999» — не целое число. Впишите число цифрами."),
        ({"code": "семь"}, "Столбец «Код»: «семь» не понят. Нужен вид М12 или пустая ячейка."),
        ({"who": "я" * 301}, "Столбец «Ответственный» длиннее 300 знаков: сократите его."),
        (
            {"day": "когда-то"},
            UNCLEAR.format("Дата выполнения", "когда-то"),
        ),
        (
            {"done": "50", "day": "1.11.2026"},
            "Есть дата выполнения, но выполнено меньше 100 %: исправьте одно из двух.",
        ),
    ],
)
def test_a_bad_cell_is_named_with_its_cure(cells: dict[str, str], reason: str) -> None:
    found = rows(line(title="Слёт", term="1.12.2026", **cells))[0]
    assert (found.verdict, found.reasons) == (Verdict.BAD, (reason,))


def test_the_beginning_has_a_column_of_its_own() -> None:
    head = ["Мероприятие", "Начало", "Срок"]
    found = rows(
        ["Слёт", "сентябрь 2026 г.", "1.12.2026"],
        ["Итог", "сентябрь–октябрь 2026 г.", "1.12.2026"],
        ["Наоборот", "2.12.2026", "1.12.2026"],
        head=head,
    )
    assert [(one.values.get("starts_on"), one.reasons) for one in found] == [
        ("2026-09-01", ()),
        ("2026-09-01", ()),
        ("2026-12-02", ("Начало позже срока: поменяйте даты местами.",)),
    ]

"""A form is data: fields, progress, findings, canonical bytes, differences."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation.calendar import Month
from innoset.projects.pure.catalogue import FORMS
from innoset.projects.pure.forms import (
    Change,
    Finding,
    Form,
    Kind,
    Level,
    Piece,
    Progress,
    Stage,
    WeightedText,
    blank,
    canonical,
    check,
    clean,
    completeness,
    diff,
    digest,
    errors,
    field_by_key,
    fields_for,
    fields_of,
    hints,
    json_schema,
    lines_of,
    search_document,
    stage_count,
    stages_of,
    with_stages,
    word_diff,
)
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.programme_form import PROGRAMME
from innoset.projects.pure.report_form import REPORT
from tests.pure.projects.layouts import answers

KEYS = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "11",
    "11.1",
    "11.1.1",
    "11.1.2",
    "11.1.3",
    "11.2",
    "11.2.1",
    "11.2.2",
    "11.2.3",
    "11.3",
    "11.3.1",
    "11.3.2",
    "11.3.3",
    "12",
    "13",
    "14",
    "15",
    "16",
    "16.1",
    "16.2",
    "16.3",
]


def test_passport_has_its_thirty_one_rows() -> None:
    assert [field.key for field in fields_of(PASSPORT)] == KEYS
    assert list(blank(PASSPORT)) == KEYS
    assert [field.label for field in fields_of(PASSPORT) if field.stage] == [
        "I этап:", "Сроки", "Задачи", "Полученный результат",
        "II этап:", "Сроки", "Задачи", "Полученный результат",
        "III этап:", "Сроки", "Задачи", "Конечный результат",
    ]  # fmt: skip
    assert len(PASSPORT.guarantees) == 3


def test_other_forms() -> None:
    assert [field.key for field in fields_of(PROGRAMME)] == [
        "1",
        "1.1",
        "1.2",
        "1.3",
        "1.4",
        "2",
        "2.1",
        "2.2",
        "2.3",
        "2.4",
        "3",
        "3.1",
        "3.2",
        "3.3",
        "4",
        "4.1",
        "4.2",
        "4.3",
        "4.4",
        "4.5",
        "4.6",
        "5",
    ]
    assert [field.printed_number for field in fields_of(REPORT)] == [*"123456789", *"1234"]
    assert stages_of(REPORT, {}) == ()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_every_form_is_whole(form: Form) -> None:
    fields = fields_of(form)
    sections = {section.code for section in form.sections}
    assert len({field.key for field in fields}) == len(fields)
    assert {field.section for field in fields} <= sections
    assert [field.key for field in fields if not field.hint] == []
    assert [field.key for field in fields if field.soft and field.hard and field.soft > field.hard] == []


def test_number_of_stages_follows_the_values() -> None:
    assert stage_count(PASSPORT, {}) == 3
    assert stage_count(PASSPORT, {"11.2": "", "11.1.1": ""}) == 2
    assert stage_count(PASSPORT, {"11.4.1": ""}) == 4
    assert [field.key for field in fields_for(PASSPORT, {"11.1": ""})][11:15] == [
        "11.1",
        "11.1.1",
        "11.1.2",
        "11.1.3",
    ]
    assert list(with_stages(PASSPORT, answers(3), 1))[10:16] == [
        "11",
        "11.1",
        "11.1.1",
        "11.1.2",
        "11.1.3",
        "12",
    ]
    assert field_by_key(PASSPORT, "11.5.3").label == "Конечный результат"
    with pytest.raises(KeyError):
        field_by_key(PASSPORT, "99")


def test_stages_are_understood() -> None:
    assert stages_of(PASSPORT, answers(2))[1] == Stage(
        number=2,
        name="Основной",
        period="Январь 2025 г. – май 2025 г.",
        start=Month(2025, 1),
        end=Month(2025, 5),
        tasks="Вести совместные уроки",
        result="Сто двадцать уроков",
    )
    assert [stage.is_empty for stage in stages_of(PASSPORT, {})] == [True, True, True]


def test_progress_by_section() -> None:
    assert {one.progress for one in completeness(PASSPORT, {}).sections} == {Progress.NOT_STARTED}
    begun = completeness(PASSPORT, {"1": "Тема", "3": "нет", "11.1": "Начало"})
    assert [
        (one.section.code, one.progress, one.filled, one.total, one.percent) for one in begun.sections
    ] == [
        ("who", Progress.IN_PROGRESS, 1, 2, 50),
        ("idea", Progress.NOT_STARTED, 0, 3, 0),
        ("grounds", Progress.NOT_STARTED, 0, 4, 0),
        ("stages", Progress.IN_PROGRESS, 1, 4, 25),
        ("spread", Progress.NOT_STARTED, 0, 3, 0),
        ("resources", Progress.NOT_STARTED, 0, 3, 0),
    ]
    assert (begun.filled, begun.total, begun.percent, begun.is_done) == (2, 19, 10, False)
    done = completeness(PASSPORT, answers())
    assert (done.percent, done.is_done, {one.progress for one in done.sections}) == (
        100,
        True,
        {Progress.DONE},
    )
    assert Progress.IN_PROGRESS.label == "Заполняется"


def codes(values: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(one.key, one.level.value, one.code) for one in check(PASSPORT, values)]


def test_full_form_has_no_errors() -> None:
    assert errors(check(PASSPORT, answers())) == ()
    assert [(one.key, one.code) for one in hints(check(PASSPORT, answers()))] == [
        ("6", "short"),
        ("9", "short"),
    ]


def test_empty_required_field_is_an_error_that_names_it() -> None:
    values = answers() | {"4": " \n"}
    assert errors(check(PASSPORT, values)) == (
        Finding("4", Level.ERROR, "empty", "Заполните поле 4 «Цели»."),
    )


def test_too_long_text_says_by_how_much() -> None:
    values = answers() | {"1": "а" * 521}
    assert errors(check(PASSPORT, values)) == (
        Finding(
            "1",
            Level.ERROR,
            "too_long",
            "Сократите поле 1 «Название проекта» на 21 знак: сейчас 521 знак, можно не больше 500 знаков.",
        ),
    )


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("10", "а" * 1_501, "long"),
        ("10", "мало", "short"),
        ("10", "—", "dash"),
        ("15", "Да.", "yes_without_theme"),
        ("10", "Пишите на vera.sokolova@example.ru, ответим каждому учителю в тот же день", "email_found"),
        ("10", "Звоните 8 (861) 555-01-02 в любой рабочий день, расскажем подробно обо всём", "phone_found"),
        ("10", "Звоните 8-918-555-01-02 в любой рабочий день, расскажем подробно обо всём", "phone_found"),
        ("11.1.1", "когда получится", "period_unclear"),
        ("11.2.1", "Октябрь 2024 г. – май 2025 г.", "stages_overlap"),
        ("11.2.1", "Май 2024 г.", "stages_out_of_order"),
    ],
)
def test_hint(key: str, text: str, code: str) -> None:
    plain = set(codes(answers()))
    assert (set(codes(answers() | {key: text})) - plain) == {(key, "hint", code)}


@pytest.mark.parametrize(("key", "text"), [("2", "vera@example.ru, 8-918-555-01-02"), ("10", "нет"), ("16.2", "https://example.ru/?to=a@b.ru&n=8-918-555-01-02"), ("7", "Приказ от 29.12.2012 № 273-47-21-04 и письмо № 47-21042/15-14")])  # fmt: skip
def test_no_false_alarm(key: str, text: str) -> None:
    assert set(codes(answers() | {key: text})) <= set(codes(answers()))


def test_link_is_asked_for() -> None:
    values = {"I.7": "на сайте школы"}
    assert ("I.7", "no_link") in [(one.key, one.code) for one in check(REPORT, values)]
    assert ("I.7", "no_link") not in [
        (one.key, one.code) for one in check(REPORT, {"I.7": "https://example.ru/kip"})
    ]


def test_clean_and_lines() -> None:
    assert clean("\ufeff  а\r\nб \x07\rв  \n\n") == "а\nб\nв"
    assert lines_of("· одна;\n- вторая\n\n3) третья\n  4. четвёртая\nпятая") == (
        "одна;",
        "вторая",
        "третья",
        "четвёртая",
        "пятая",
    )


def test_canonical_bytes_depend_on_content_only() -> None:
    one = canonical("passport", "1", {"2": "б", "1": "а\r\n", "3": ""})
    assert one == '{"form":"passport","values":{"1":"а","2":"б"},"version":"1"}'.encode()
    assert canonical("passport", "1", {"1": "а", "2": "б\n"}) == one
    assert canonical("passport", "2", {"1": "а", "2": "б"}) != one
    assert len(digest("passport", "1", {"1": "а"})) == 64


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=40)))
def test_canonical_is_stable(values: dict[str, str]) -> None:
    cleaned = {key: clean(text) for key, text in values.items()}
    assert canonical("passport", "1", values) == canonical("passport", "1", cleaned)
    assert diff(values, cleaned) == ()


def test_differences() -> None:
    old, new = {"2": "б", "10": "десять", "1": "а"}, {"1": "а ", "10": "Десять", "11.2": "этап"}
    changes = diff(old, new)
    assert changes == (Change("2", "б", ""), Change("10", "десять", "Десять"), Change("11.2", "", "этап"))
    assert [change.kind.value for change in changes] == ["removed", "changed", "added"]
    assert word_diff("один два три", "один три четыре") == (
        Piece("same", "один "),
        Piece("gone", "два три"),
        Piece("new", "три четыре"),
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_word_diff_keeps_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(one.text for one in pieces if one.kind != "new") == old
    assert "".join(one.text for one in pieces if one.kind != "gone") == new


def test_search_leaves_people_out() -> None:
    found = search_document(
        PASSPORT, {"1": "Тема", "2": "Соколова В.П.", "6": "Идея", "16.1": "Кабинет", "9": ""}
    )
    assert found == (WeightedText(4, "Тема"), WeightedText(3, "Идея"))


def test_schema_describes_any_number_of_stages() -> None:
    schema = json.loads(json.dumps(json_schema(PASSPORT)))
    assert list(schema["properties"]) == [key for key in KEYS if not key.startswith("11.")]
    assert list(schema["patternProperties"]) == [
        r"^11\.[1-9][0-9]?$",
        r"^11\.[1-9][0-9]?\.1$",
        r"^11\.[1-9][0-9]?\.2$",
        r"^11\.[1-9][0-9]?\.3$",
    ]
    assert schema["properties"]["1"] == {
        "type": "string",
        "title": "Наименование инновационного проекта (программы) (тема)",
        "x-kind": "line",
        "x-public": True,
        "description": "Одно предложение: что меняется и для кого. Без кавычек и точки в конце.",
        "maxLength": 500,
        "minLength": 1,
    }
    assert "patternProperties" not in json_schema(REPORT)
    assert {field.kind for field in fields_of(PASSPORT)} >= {Kind.LIST, Kind.HEADING, Kind.PERIOD}

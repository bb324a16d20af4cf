"""The form as a template that people edit in Word: filled, read back, and refused with the cure."""

import base64
import io
import json
import re
import zipfile

import docx  # noqa: TID253  # reason: the test edits Word files as people do
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innoset.projects.pure.catalogue import FORMS
from innoset.projects.pure.forms import Form, Signature, clean, fields_of
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.reading import read
from innoset.projects.pure.template_apart import check_apart, fill_apart
from innoset.projects.pure.word_out import write_form
from innoset.projects.pure.word_template import faults_of, fill, starting_template

SIGNED = Signature("Директор", "Петрова А. Н.", "14.09.2026")
VALUES = {field.key: f"Ответ на вопрос {field.key}\nвторая строка" for field in fields_of(PASSPORT, stages=4)}
WILD = "{{ 7 * 7 }} {% if %} {# #} a<b> & «ё» \t конец, __class__"


def edited(form: Form, change: "object") -> bytes:
    """Open the starting template as Word would, change it, save it."""
    document = docx.Document(io.BytesIO(starting_template(form)))
    change(document)  # type: ignore[operator]  # reason: a plain function of the document
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def row_with(document: object, words: str) -> object:
    return next(row for row in document.tables[0].rows if any(words in cell.text for cell in row.cells))


def words_of(data: bytes) -> list[list[str]]:
    """Return the table row by row and the paragraphs below it."""
    document = docx.Document(io.BytesIO(data))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [*rows, [paragraph.text for paragraph in document.paragraphs]]


@pytest.mark.parametrize("form", FORMS, ids=[form.code for form in FORMS])
def test_the_starting_template_is_without_faults(form: Form) -> None:
    assert faults_of(starting_template(form), form) == ()


@pytest.mark.parametrize("values", [VALUES, {}, {"11": "Текст у группы", "16": "Тоже"}, {"6": WILD}])
def test_a_filled_template_is_word_for_word_the_official_form(values: dict[str, str]) -> None:
    stages = 4 if values is VALUES else 3
    filled = fill(starting_template(PASSPORT), PASSPORT, values, stages=stages, signature=SIGNED)
    direct = write_form(PASSPORT, values, stages=stages, signature=SIGNED)
    assert (filled.faults, words_of(filled.data)) == ((), words_of(direct))


@given(
    st.dictionaries(
        st.sampled_from([field.key for field in fields_of(PASSPORT, stages=3) if field.part is None]),
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=40),
        max_size=6,
    )
)
@settings(max_examples=12, deadline=None)
def test_no_text_can_act_as_a_command_or_get_lost(values: dict[str, str]) -> None:
    filled = fill(starting_template(PASSPORT), PASSPORT, values, stages=3, signature=Signature())
    direct = write_form(PASSPORT, values, stages=3)
    assert (filled.faults, words_of(filled.data)) == ((), words_of(direct))


def test_a_text_with_every_trap_is_read_back_as_it_was() -> None:
    filled = fill(starting_template(PASSPORT), PASSPORT, VALUES | {"6": WILD}, stages=4, signature=SIGNED)
    reading = read(filled.data, "x.docx", PASSPORT)
    assert reading.fields == VALUES | {"6": clean(WILD)}
    assert (str(reading.signed_on), len(reading.stages)) == ("2026-09-14", 4)


def test_an_edited_template_keeps_what_the_methodist_added() -> None:
    def change(document: object) -> None:
        document.paragraphs[0].runs[0].text = "Паспорт инновационного проекта города"
        document.add_paragraph("Форму приняла: {{ руководитель }}")
        table = document.tables[0]
        table._tbl.remove(row_with(document, "{{ поле_14 }}")._tr)
        table._tbl.append(row_with(document, "{{ поле_9 }}")._tr)

    template = edited(PASSPORT, change)
    told = (
        "Поле 14 «Разработки» не читается из заполненного шаблона. Верните его строку с меткой {{ поле_14 }}."
    )
    assert faults_of(template, PASSPORT) == (told,)
    filled = fill(template, PASSPORT, VALUES, stages=4, signature=SIGNED)
    assert words_of(filled.data)[-1][0] == "Паспорт инновационного проекта города"
    assert words_of(filled.data)[-1][-1] == "Форму приняла: Петрова А. Н."


def test_an_unknown_mark_is_named() -> None:
    def change(document: object) -> None:
        document.add_paragraph("{{ полле_6 }}")

    assert faults_of(edited(PASSPORT, change), PASSPORT) == (
        "В шаблоне есть метка «полле_6», а такого поля в форме нет. Исправьте метку или удалите её.",
    )


def test_stages_without_their_rows_are_told_field_by_field() -> None:
    def change(document: object) -> None:
        row = row_with(document, "{{ этап.сроки }}")
        document.tables[0]._tbl.remove(row._tr)

    [first, *rest] = faults_of(edited(PASSPORT, change), PASSPORT)
    assert first.endswith("Верните его строку с меткой {{ этап.сроки }}.")
    assert len(rest) == 3


@pytest.mark.parametrize(
    "mark",
    [
        "{{ поле_6",
        "{% if %}",
        "{{ поле_1 + }}",
        "{% for x in этапы %}",
        "{{ ''.__class__ }}",
        "{{ cycler }}",
        "{% import 'os' as o %}",
        "{{ этапы.append(1) }}",
        "{{ поле_1.xml.__class__.__mro__ }}",
        "{{ поле_1|attr('xml') }}",
        "{{ range(9) }}",
    ],
)
def test_a_broken_or_sly_mark_is_refused_in_words(mark: str) -> None:
    def change(document: object) -> None:
        document.add_paragraph(mark)

    [said] = faults_of(edited(PASSPORT, change), PASSPORT)
    assert re.fullmatch(r"В шаблоне .+\.|Шаблон не заполняется\. .+\.", said), said


@pytest.mark.parametrize("data", [b"", b"not a file", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused_in_words(data: bytes) -> None:
    [said] = faults_of(data, PASSPORT)
    assert said.endswith(".")


def test_a_template_with_macros_is_refused() -> None:
    out = io.BytesIO(starting_template(PASSPORT))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert faults_of(out.getvalue(), PASSPORT) == (
        "В файле есть макросы. Сохраните его в Word как обычный .docx, без макросов.",
    )


def test_equal_values_give_equal_bytes() -> None:
    template = starting_template(PASSPORT)
    one, other = (fill(template, PASSPORT, VALUES, stages=4, signature=SIGNED) for _ in range(2))
    assert one == other


def test_apart_everything_is_plain_data() -> None:
    given = {
        "template": base64.b64encode(starting_template(PASSPORT)).decode(),
        "form": "passport",
        "values": VALUES,
        "stages": 4,
        "signing": ["Директор", "Петрова А. Н.", "14.09.2026"],
    }
    made = fill_apart(json.dumps(given).encode())
    filled = fill(starting_template(PASSPORT), PASSPORT, VALUES, stages=4, signature=SIGNED)
    assert made == {"docx": base64.b64encode(filled.data).decode(), "faults": []}
    assert check_apart(b"", "passport") == ["Файл пустой. Проверьте, тот ли файл вы выбрали."]

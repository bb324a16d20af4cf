"""What is written into the official form is read back without a single difference."""

import io

import docx  # noqa: TID253 - the written file is looked at by the library itself
import pytest
from docx.shared import Cm  # noqa: TID253 - likewise
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from innoset.projects.pure.catalogue import FORMS, form_by_code
from innoset.projects.pure.forms import (
    Form,
    Signature,
    blank,
    clean,
    fields_of,
    stages_of,
)
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.reading import Outcome, read
from innoset.projects.pure.word_out import write_form, write_passport
from tests.pure.projects.layouts import answers

QUOTED = (
    "Новизна (инновационность)",
    "Практическая значимость:",
    "12. Перспективы развития инновации",
    "I этап: Вводный",
    "Сроки",
    "Задачи: обучить",
    "11.2.1 Сроки",
    "Материальное",
    "М.П. «14» сентября 2021 г.",
    "* Заполняется и прикрепляется в формате Word",
    "Содержание",
    "№",
)
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВЕЁё«»\"'()—–-·•*.,:;!?№%&<>/\\_0123456789 \t"
LINES = st.one_of(
    st.text(LETTERS, max_size=60),
    st.sampled_from(QUOTED),
    st.from_regex(r"\A(?:\d{1,2}[.)]|[·•-]) [а-я]{3,12}\Z"),
)
TEXTS = st.lists(LINES, max_size=5).map("\n".join).map(clean)


def filled_values(form: Form, stages: int) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({field.key: TEXTS for field in fields_of(form, stages=stages)})


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a whole form takes minutes
)
@given(data=st.data())
def test_round_trip(form: Form, data: st.DataObject) -> None:
    stages = data.draw(st.integers(1, 5)) if form.stages else 0
    values = data.draw(filled_values(form, stages))
    reading = read(write_form(form, values), "form.docx", form)
    assert reading.outcome is Outcome.OK
    written = list(stages_of(form, values))
    while written and written[-1].is_empty:
        written.pop()
    assert list(reading.stages) == written
    kept = fields_of(form, stages=max(form.usual_stages, len(written)))
    assert reading.fields == {field.key: values.get(field.key, "") for field in kept}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_blank_form_is_read_as_blank(form: Form) -> None:
    reading = read(write_form(form, {}), "form.docx", form)
    assert (reading.outcome, reading.fields, reading.stages, reading.signed_on) == (
        Outcome.OK,
        blank(form),
        (),
        None,
    )


def test_signature_stands_in_its_block() -> None:
    signature = Signature("Директор МБОУ СОШ № 5", "Соколова В.П.", "«14» сентября 2024 г.")
    data = write_passport(PASSPORT, answers(), signature=signature)
    reading = read(data)
    assert (reading.fields, str(reading.signed_on)) == (answers(), "2024-09-14")
    assert reading.leftovers == ()
    assert [piece.text for piece in reading.pieces if piece.kind == "aside"][-2:] == [
        "Директор МБОУ СОШ № 5\t________________\tСоколова В.П.",
        "М.П.\t«14» сентября 2024 г.",
    ]


def test_form_looks_official() -> None:
    document = docx.Document(io.BytesIO(write_passport(PASSPORT, answers())))
    table = document.tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["№", "Наименование поля", "Содержание"]
    assert [row[0] for row in rows[1:]] == [field.key for field in fields_of(PASSPORT)]
    assert [row[1] for row in rows[1:]] == [field.label for field in fields_of(PASSPORT)]
    assert "tblHeader" in table.rows[0]._tr.xml
    section = document.sections[0]
    assert [round((side or 0) / Cm(1), 1) for side in (section.page_width, section.page_height)] == [
        21.0,
        29.7,
    ]
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines == [
        "Паспорт инновационного проекта (программы)*",
        "* Заполняется и прикрепляется в формате Word",
        "Представляя материалы на конкурс, гарантируем, что авторы инновационного проекта/программы:",
        *(f"· {guarantee.text}" for guarantee in PASSPORT.guarantees),
    ]


def test_equal_content_gives_equal_bytes() -> None:
    assert write_passport(PASSPORT, answers()) == write_passport(PASSPORT, answers())


def test_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        form_by_code("nothing")

"""Word documents follow ГОСТ Р 7.0.97: fields, face, indent, spacing, numbers of pages, turned appendices."""

import io
from dataclasses import replace
from datetime import timedelta

import docx  # noqa: TID253 – reads what was written
import pytest
from docx.oxml.ns import qn  # noqa: TID253 – reads what was written
from docx.shared import Cm, Pt  # noqa: TID253 – reads what was written

from innoset.documents.pure import letter, minutes, official, order, word
from innoset.documents.pure.blocks import Column, Edges, Fact, Facts, Grid, Line, Paper, Prose, Signature
from tests.pure.documents import samples
from tests.pure.documents.reading import docx_text, table_rows


def opened(data):
    return docx.Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def written():
    return opened(order.docx(samples.ORDER, at=samples.AT))


def in_mm(*lengths):
    return [round(length / Cm(0.1)) for length in lengths]


def test_fields_and_turned_appendices(written):
    pages = [in_mm(part.page_width, part.page_height) for part in written.sections]
    fields = [
        in_mm(part.left_margin, part.right_margin, part.top_margin, part.bottom_margin)
        for part in written.sections
    ]
    assert pages == [[210, 297], [297, 210], [297, 210]]
    assert fields == [[30, 15, 20, 20], [20, 20, 20, 20], [20, 20, 20, 20]]


def test_face_size_spacing_and_language(written):
    style = written.styles["Normal"]
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert (style.font.name, style.font.size, style.paragraph_format.line_spacing) == (
        "Times New Roman",
        Pt(14),
        1.15,
    )
    assert {key.rpartition("}")[2]: value for key, value in fonts.attrib.items()} == dict.fromkeys(
        ("ascii", "hAnsi", "cs", "eastAsia"), "Times New Roman"
    )
    assert style.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "ru-RU"


def test_prose_is_justified_and_indented(written):
    prose = next(one for one in written.paragraphs if one.text.startswith("В соответствии"))
    assert round(prose.paragraph_format.first_line_indent / Cm(1), 2) == 1.25
    assert prose.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_top_field(written):
    section = written.sections[0]
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[0]
    assert [field.text for field in number._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert number.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    assert list(section.first_page_header._element.iter(qn("w:instrText"))) == []
    assert round(section.header_distance / Cm(1), 2) == 1.25
    assert [part.header.is_linked_to_previous for part in written.sections[1:]] == [True, True]


def test_the_properties_of_the_file(written):
    about = written.core_properties
    assert (about.title, about.language, about.author, about.comments) == (
        "Приказ «Об итогах конкурса „Инновационный поиск – 2026“»", "ru-RU", "", "",
    )  # fmt: skip
    assert (about.created, about.modified) == (samples.AT, samples.AT)


def test_another_moment_is_another_file():
    later = samples.AT + timedelta(minutes=1)
    assert order.docx(samples.ORDER, at=later) != order.docx(samples.ORDER, at=samples.AT)


def test_headings_are_headings():
    styles = [
        (one.text, one.style.name)
        for one in opened(minutes.docx(samples.MINUTES, at=samples.AT)).paragraphs
        if one.style.name != "Normal"
    ]
    assert styles == [
        ("ПРОТОКОЛ", "Heading 1"),
        ("ПОВЕСТКА ДНЯ", "Heading 2"),
        ("СРОКИ ПРИЁМА ЗАЯВОК", "Heading 2"),
        ("ПОРЯДОК ПОДСЧЁТА МЕСТ", "Heading 2"),
        ("Рейтинг заявок конкурса «Инновационный поиск\u00a0– 2026»", "Heading 2"),
    ]


def properties_of(row):
    found = row._tr.trPr
    return [] if found is None else [child.tag.rpartition("}")[2] for child in found]


def test_a_table_repeats_its_heading_and_keeps_short_rows_whole():
    grid = Grid((Column("А", 1), Column("Б", 3, "right")), (("1", "2"), ("всё вместе",), ("3", "ы" * 901)))
    table = opened(official.docx(Paper("Т", (grid,)), at=samples.AT)).tables[0]
    assert [properties_of(row) for row in table.rows] == [["tblHeader"], ["cantSplit"], ["cantSplit"], []]
    assert [len(row) for row in table_rows(table)] == [2, 2, 1, 2]
    assert [round(column.width / Cm(1), 1) for column in table.columns] == [4.1, 12.4]


def test_lines_inside_a_text_become_paragraphs():
    facts = Facts((Fact("Кто", "первый\n\n второй "),))
    paper = Paper("Т", (Prose("раз\nдва", "НАЧАЛО:"), Line("три\nчетыре", is_bold=True), facts))
    assert docx_text(official.docx(paper, at=samples.AT)).split("\n")[2:] == [
        "НАЧАЛО: раз", "два", "три", "четыре", "| Кто | первый второй |", "", "",
    ]  # fmt: skip


def test_a_place_for_the_seal():
    paper = Paper("Т", (Signature("Директор", "А. Н. Петрова", seal=True), Edges("слева", "")))
    assert docx_text(official.docx(paper, at=samples.AT)).split("\n")[2:] == [
        "| Директор | | А. Н. Петрова |".replace("| |", "|  |"), "М. П.", "слева", "",
    ]  # fmt: skip


def test_hostile_text_is_only_text():
    subject = replace(samples.SUBJECT, title="<w:p> & \x00 ]]> \u202e {{ тема }}")
    text = docx_text(letter.docx(replace(samples.GRANTED, subject=subject), at=samples.AT))
    assert "«<w:p> & ]]> {{ тема }}», поданная" in text


def test_what_is_no_block_is_refused_in_every_coat():
    odd = Paper("Т", ("не блок",))  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(TypeError, match=r"^No place in Word for str\.$"):
        word.docx(odd, at=samples.AT)
    with pytest.raises(TypeError, match=r"^No words for str\.$"):
        official.text(odd)

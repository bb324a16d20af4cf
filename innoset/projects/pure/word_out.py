"""The official Word form, written so that reading it back gives the same values."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from innoset.projects.pure.forms import (
    Field,
    Form,
    Kind,
    Part,
    Signature,
    Values,
    clean,
    fields_of,
    stage_count,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell, _Row

FONT: Final = "Times New Roman"
_SIZE: Final = 12
_COLUMNS_CM: Final = (1.6, 5.9, 9.5)
_HEADER: Final = ("№", "Наименование поля", "Содержание")
BLANK_DATE: Final = "«____» ______________ 20___ г."
_UNSIGNED: Final = Signature()


@dataclass(frozen=True, slots=True)
class _Printed:
    """A row of the table: number, question, answer; a group has no answer, a stage's name is bold."""

    number: str
    label: str
    text: str
    is_group: bool = False
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What a template has in place of answers: by field, by part of a stage, in the signature block."""

    fields: Mapping[str, str]
    stage: Mapping[Part, str]
    signing: Signature


def write_form(
    form: Form,
    values: Values,
    *,
    stages: int | None = None,
    signature: Signature = _UNSIGNED,
) -> bytes:
    """Return the filled official form as a .docx file with as many stages as the values have."""
    document = _begun(form)
    count = stage_count(form, values) if stages is None else stages
    _table(
        document,
        [_printed(field, clean(values.get(field.key, ""))) for field in fields_of(form, stages=count)],
    )
    _statements(document, form)
    _signature(document, form, signature)
    return _saved(document, form)


def write_marked(form: Form, marks: Marks) -> bytes:
    """Return the official form as a template: marks in place of answers, one row of rows for all stages."""
    document = _begun(form)
    _table(document, list(_marked_rows(form, marks)))
    _statements(document, form)
    _signature(document, form, marks.signing)
    return _saved(document, form)


def _printed(field: Field, text: str) -> _Printed:
    is_group = field.kind is Kind.HEADING
    return _Printed(
        field.printed_number,
        field.label,
        text,
        is_group=is_group and not text,
        is_bold=is_group or field.part is Part.NAME,
    )


def _marked_rows(form: Form, marks: Marks) -> Iterator[_Printed]:
    for field in form.fields:
        mark = marks.fields[field.key]
        if field.kind is Kind.HEADING:
            # A group is merged while it has no answer of its own.
            yield _control(f"{{%tr if {mark.strip('{} ')} %}}")
            yield _printed(field, mark)
            yield _control("{%tr else %}")
            yield _printed(field, "")
            yield _control("{%tr endif %}")
        else:
            yield _printed(field, mark)
        if form.stages and field.key == form.stages.head:
            yield _control("{%tr for этап in этапы %}")
            yield from (_marked_part(part, mark) for part, mark in marks.stage.items())
            yield _control("{%tr endfor %}")


def _control(words: str) -> _Printed:
    """Return a row that only steers the rows around it: docxtpl takes it out."""
    return _Printed("", words, "", is_group=True)


def _marked_part(part: Part, mark: str) -> _Printed:
    name = mark.strip("{} ").removeprefix("этап.")
    return _Printed(
        f"{{{{ этап.номер_{name} }}}}", f"{{{{ этап.вопрос_{name} }}}}", mark, is_bold=part is Part.NAME
    )


def write_passport(
    form: Form,
    values: Values,
    *,
    stages: int | None = None,
    signature: Signature = _UNSIGNED,
) -> bytes:
    """Return the official form; the name under which screens ask for the passport."""
    return write_form(form, values, stages=stages, signature=signature)


def _begun(form: Form) -> "WordDocument":
    """Begin a document: the page and the heading."""
    import docx

    document = docx.Document()
    _page(document)
    heading = document.add_heading(level=1)
    heading.add_run(f"{form.title}{'*' if _footnote(form) else ''}")
    heading.alignment = 1
    return document


def _footnote(form: Form) -> str:
    return form.signature.footnote if form.signature else ""


def _page(document: "WordDocument") -> None:
    """Set A4, the margins of ГОСТ Р 7.0.97 and one typeface for everything."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(_SIZE if name == "Normal" else 14)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
        style.paragraph_format.space_after = Pt(0 if name == "Normal" else 12)
        style.paragraph_format.space_before = Pt(0)


def _table(document: "WordDocument", rows: list[_Printed]) -> None:
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    table.autofit = False
    _row(table, table.rows[0], _HEADER, bold=True)
    _repeat(table.rows[0])
    for printed in rows:
        row = table.add_row()
        _row(table, row, (printed.number, printed.label, printed.text), bold=printed.is_bold)
        if printed.is_group:
            _merge(row.cells[1], row.cells[2])


def _merge(label: "_Cell", answer: "_Cell") -> None:
    """Merge a group label with its empty answer, without the blank line the library leaves."""
    merged = label.merge(answer)
    for paragraph in merged.paragraphs[1:]:
        merged._tc.remove(paragraph._p)  # noqa: SLF001 - no public way in the library


def _row(table: "Table", row: "_Row", texts: tuple[str, str, str], *, bold: bool) -> None:
    from docx.shared import Cm

    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Cm(_COLUMNS_CM[place])
        table.columns[place].width = Cm(_COLUMNS_CM[place])
        _fill(cell, text, bold=bold and (place < len(texts) - 1 or texts == _HEADER))


def _fill(cell: "_Cell", text: str, *, bold: bool) -> None:
    """Write a text, a paragraph a line."""
    for place, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.bold = bold or None


def _repeat(row: "_Row") -> None:
    """Repeat the head row on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no public way in the library


def _statements(document: "WordDocument", form: Form) -> None:
    if footnote := _footnote(form):
        document.add_paragraph(footnote)
    if form.guarantees and form.signature:
        document.add_paragraph()
        document.add_paragraph(form.signature.lead_in)
        for guarantee in form.guarantees:
            document.add_paragraph(f"· {guarantee.text}")


def _signature(document: "WordDocument", form: Form, signature: Signature) -> None:
    if form.signature is None:
        return
    document.add_paragraph()
    table = document.add_table(rows=2, cols=3)
    post, name = clean(signature.position) or "Руководитель организации", clean(signature.name)
    _fill(table.rows[0].cells[0], post.replace("\n", " "), bold=False)
    _fill(table.rows[0].cells[1], "________________", bold=False)
    _fill(table.rows[0].cells[2], name or "(фамилия, инициалы)", bold=False)
    _fill(table.rows[1].cells[0], "М.П." if form.signature.with_seal else "", bold=False)
    _fill(table.rows[1].cells[2], clean(signature.signed_on) or BLANK_DATE, bold=False)


def _saved(document: "WordDocument", form: Form) -> bytes:
    from datetime import UTC, datetime  # noqa: PLC0415 - only for the fixed stamp below

    properties = document.core_properties
    properties.title, properties.author, properties.comments = form.title, "Инносеть", ""
    properties.language = "ru-RU"
    # Equal content gives equal bytes: no clock in the file.
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    properties.last_modified_by = "Инносеть"
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue())


def packed(data: bytes) -> bytes:
    """Return the same archive with one fixed date on all its parts: equal content, equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()

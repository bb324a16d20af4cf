"""The official Word form, written so that reading it back gives the same values."""

import io
import zipfile
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
_BLANK_DATE: Final = "«____» ______________ 20___ г."
_UNSIGNED: Final = Signature()


@dataclass(frozen=True, slots=True)
class _Printed:
    """A field with the text that goes into its cell."""

    field: Field
    text: str


def write_form(
    form: Form,
    values: Values,
    *,
    stages: int | None = None,
    signature: Signature = _UNSIGNED,
) -> bytes:
    """Return the filled official form as a .docx file with as many stages as the values have."""
    import docx

    document = docx.Document()
    _page(document)
    heading = document.add_heading(level=1)
    heading.add_run(f"{form.title}{'*' if _footnote(form) else ''}")
    heading.alignment = 1
    count = stage_count(form, values) if stages is None else stages
    rows = [_Printed(field, clean(values.get(field.key, ""))) for field in fields_of(form, stages=count)]
    _table(document, rows)
    _statements(document, form)
    _signature(document, form, signature)
    return _saved(document, form)


def write_passport(
    form: Form,
    values: Values,
    *,
    stages: int | None = None,
    signature: Signature = _UNSIGNED,
) -> bytes:
    """Return the official form; the name under which screens ask for the passport."""
    return write_form(form, values, stages=stages, signature=signature)


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
        field = printed.field
        row = table.add_row()
        is_group = field.kind is Kind.HEADING
        label = field.label
        _row(
            table, row, (field.printed_number, label, printed.text), bold=is_group or field.part is Part.NAME
        )
        if is_group and not printed.text:
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
    _fill(table.rows[1].cells[2], clean(signature.signed_on) or _BLANK_DATE, bold=False)


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
    return _without_clock(out.getvalue())


def _without_clock(data: bytes) -> bytes:
    """Return the same archive with one fixed date on all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()

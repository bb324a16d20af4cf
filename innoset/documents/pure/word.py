"""Official papers as Word documents after ГОСТ Р 7.0.97, for people who go on editing them."""

import io
from datetime import UTC, datetime
from functools import singledispatch
from typing import Final, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document  # noqa: TID253 – slow module; this one is itself loaded on first use
from docx.document import Document as WordDocument  # noqa: TID253 – slow module
from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: TID253 – slow module
from docx.enum.table import WD_TABLE_ALIGNMENT  # noqa: TID253 – slow module
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT  # noqa: TID253 – slow module
from docx.oxml import OxmlElement  # noqa: TID253 – slow module
from docx.oxml.ns import qn  # noqa: TID253 – slow module
from docx.oxml.xmlchemy import BaseOxmlElement  # noqa: TID253 – slow module
from docx.section import Section  # noqa: TID253 – slow module
from docx.shared import Cm, Pt  # noqa: TID253 – slow module
from docx.styles.style import ParagraphStyle  # noqa: TID253 – slow module
from docx.table import Table, _Cell, _Row  # noqa: TID253 – slow module
from docx.text.paragraph import Paragraph  # noqa: TID253 – slow module

from innoset.documents.pure import characters
from innoset.documents.pure.blocks import (
    Align,
    Block,
    Column,
    Corner,
    Edges,
    Facts,
    Grid,
    Heading,
    Letterhead,
    Line,
    PageBreak,
    Paper,
    Point,
    Prose,
    Signature,
    Small,
)
from innoset.documents.pure.official import sections_of
from innoset.foundation.russian import bound, moscow

FONT: Final = "Times New Roman"
_BODY, _CELL, _SMALL = Pt(14), Pt(11), Pt(10)
_INDENT: Final = Cm(1.25)
_LEFT, _RIGHT, _TOP, _BOTTOM = Cm(3), Cm(1.5), Cm(2), Cm(2)
_ACROSS, _DOWN = Cm(21), Cm(29.7)
_HEADER: Final = Cm(1.25)
_LABEL: Final = Cm(4.5)
_CORNER: Final = 0.52
_LONGEST_UNBROKEN: Final = 900
_SIDES: Final[dict[Align, WD_ALIGN_PARAGRAPH]] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def docx(paper: Paper, *, at: datetime) -> bytes:
    """Write the paper; sections follow its page breaks."""
    document = Document()
    _styled(document)
    _described(document, paper, at)
    for place, (opening, blocks) in enumerate(sections_of(paper)):
        section = document.sections[-1] if place == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        page = _Page(document, _paged(section, opening))
        for block in blocks:
            _write(block, page)
    _headed(document.sections[0], paper.mark)
    return _sealed(document, at)


def _sealed(document: WordDocument, at: datetime) -> bytes:
    """Pack the file anew: the library stamps its parts with the clock, we with the given moment."""
    loose, sealed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    stamp = moscow(at).astimezone(UTC).timetuple()[:6]
    with ZipFile(loose) as source, ZipFile(sealed, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(ZipInfo(part.filename, stamp), source.read(part), ZIP_DEFLATED)
    return sealed.getvalue()


def _styled(document: WordDocument) -> None:
    body = _style(document, "Normal")
    body.paragraph_format.line_spacing, body.paragraph_format.space_after = 1.15, Pt(0)
    for level in (1, 2):
        heading = _style(document, f"Heading {level}")
        heading.font.bold, heading.font.color.rgb = True, None
        form = heading.paragraph_format
        form.alignment, form.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
        form.space_before, form.space_after = Pt(12), Pt(6)


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    """Give a style the face of the house, for every script: Word keeps four, and the theme's would win."""
    style = cast("ParagraphStyle", document.styles[name])
    style.font.name, style.font.size = FONT, _BODY
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.append(_element("w:lang", val="ru-RU", eastAsia="ru-RU"))
    return style


def _described(document: WordDocument, paper: Paper, at: datetime) -> None:
    moment = moscow(at).astimezone(UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.language, about.author, about.comments = (
        characters.tidy(paper.title)[:255],
        "ru-RU",
        "",
        "",
    )
    about.created, about.modified, about.revision = moment, moment, 1


def _paged(section: Section, opening: PageBreak) -> int:
    """Set the size and the margins; return the width left for the text."""
    across, down = (_DOWN, _ACROSS) if opening.is_wide else (_ACROSS, _DOWN)
    left, right = (_BOTTOM, _BOTTOM) if opening.is_wide else (_LEFT, _RIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if opening.is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = across, down
    section.left_margin, section.right_margin = left, right
    section.top_margin, section.bottom_margin, section.header_distance = _TOP, _BOTTOM, _HEADER
    return across - left - right


def _headed(section: Section, mark: str) -> None:
    """Number the pages from the second one in the middle of the top field; put the mark on all of them."""
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = number.add_run()
    for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
        run._r.append(_field(kind, code))  # noqa: SLF001 – the library has no page numbers
    if mark:
        for header in (section.header, section.first_page_header):
            line = header.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            line.add_run(mark).bold = True


def _field(kind: str, code: str) -> BaseOxmlElement:
    if kind:
        return _element("w:fldChar", fldCharType=kind)
    element = _element("w:instrText")
    element.text = code
    return element


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = cast("BaseOxmlElement", OxmlElement(tag))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


# ── Blocks ──────────────────────────────────────────────────────────────────


class _Page(NamedTuple):
    """Where a block is written, and the width it may take."""

    document: WordDocument
    width: int


@singledispatch
def _write(block: Block, page: _Page) -> None:  # noqa: ARG001 – the dispatcher fixes the signature
    raise TypeError(f"No place in Word for {type(block).__name__}.")


@_write.register
def _(block: Heading, page: _Page) -> None:
    page.document.add_heading(_clean(block.text), block.level)


@_write.register
def _(block: Line, page: _Page) -> None:
    for part in _parts(block.text):
        _bold(_line(page.document, part, block.align), is_bold=block.is_bold)


@_write.register
def _(block: Prose, page: _Page) -> None:
    _prose(page.document, block.text, block.lead)


@_write.register
def _(block: Point, page: _Page) -> None:
    _prose(page.document, f"{block.number}\u00a0{block.text}", "")


@_write.register
def _(block: Corner, page: _Page) -> None:
    for line in block.lines:
        _line(page.document, line, "left").paragraph_format.left_indent = int(page.width * _CORNER)
    page.document.add_paragraph()


@_write.register
def _(block: Edges, page: _Page) -> None:
    paragraph = _line(page.document, block.left, "left")
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    if block.right:
        paragraph.paragraph_format.tab_stops.add_tab_stop(page.width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run().add_tab()
        paragraph.add_run(_clean(block.right))


@_write.register
def _(block: Letterhead, page: _Page) -> None:
    paragraphs = [_line(page.document, line, "center") for line in block.lines]
    for place, paragraph in enumerate(paragraphs):
        for run in paragraph.runs:
            run.bold, run.font.size = place == 0, _BODY if place == 0 else Pt(12)
    if paragraphs:
        _ruled(paragraphs[-1])


def _ruled(paragraph: Paragraph) -> None:
    """Draw a line under the paragraph."""
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="8", space="6", color="000000"))
    paragraph.paragraph_format.space_after = Pt(12)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 – the library has no paragraph borders
    properties.insert_element_before(borders, *_AFTER_BORDERS)


_AFTER_BORDERS: Final = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _prose(document: WordDocument, text: str, lead: str) -> None:
    for place, part in enumerate(_parts(text)):
        paragraph = _line(document, "", "justify")
        paragraph.paragraph_format.first_line_indent = _INDENT
        if lead and place == 0:
            paragraph.add_run(_clean(f"{lead} " if part else lead)).bold = True
        paragraph.add_run(part)


def _bold(paragraph: Paragraph, *, is_bold: bool) -> None:
    for run in paragraph.runs:
        run.bold = is_bold
    if is_bold:
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)
        paragraph.paragraph_format.keep_with_next = True


@_write.register
def _(block: Small, page: _Page) -> None:
    for part in _parts(block.text):
        paragraph = _line(page.document, "", "left")
        paragraph.add_run(part).font.size = _SMALL
        paragraph.paragraph_format.space_before = Pt(6)


@_write.register
def _(block: Signature, page: _Page) -> None:
    table = _table(page, (0.5, 0.22, 0.28))
    texts = (block.post, "", block.name)
    aligns: tuple[Align, ...] = ("left", "left", "right")
    for cell, text, align in zip(table.rows[0].cells, texts, aligns, strict=True):
        _fill(cell, text, _BODY, align)
        cell.paragraphs[0].paragraph_format.space_before = Pt(18)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    if block.seal:
        _line(page.document, "", "left").add_run("М. П.").font.size = _SMALL


@_write.register
def _(block: Facts, page: _Page) -> None:
    share = _LABEL / page.width
    table = _table(page, (share, 1 - share), rows=len(block.rows))
    for row, fact in zip(table.rows, block.rows, strict=True):
        label, answer = row.cells
        _fill(label, fact.label, _BODY, "left")
        _fill(answer, fact.text, _BODY, "left")
    page.document.add_paragraph()


@_write.register
def _(block: Grid, page: _Page) -> None:
    whole = sum(column.share for column in block.columns)
    table = _table(page, tuple(column.share / whole for column in block.columns), rows=len(block.rows) + 1)
    table.style = "Table Grid"
    heading, *rows = table.rows
    for cell, column in zip(heading.cells, block.columns, strict=True):
        _fill(cell, column.heading, _CELL, "center", is_bold=True)
    _row_property(heading, "w:tblHeader")
    for row, texts in zip(rows, block.rows, strict=True):
        _fill_row(list(row.cells), block.columns, texts)
        if len(max(texts, key=len)) <= _LONGEST_UNBROKEN:
            _row_property(row, "w:cantSplit")
    page.document.add_paragraph()


def _row_property(row: _Row, tag: str) -> None:
    row._tr.get_or_add_trPr().append(_element(tag))  # noqa: SLF001 – the library knows no such property


def _fill_row(cells: list[_Cell], columns: tuple[Column, ...], texts: tuple[str, ...]) -> None:
    if len(texts) == 1:
        _fill(cells[0].merge(cells[-1]), texts[0], _CELL, "left", is_bold=True)
        return
    for cell, column, text in zip(cells, columns, texts, strict=True):
        _fill(cell, text, _CELL, column.align)


def _table(page: _Page, shares: tuple[float, ...], rows: int = 1) -> Table:
    table: Table = page.document.add_table(rows, len(shares))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    widths = [int(page.width * share) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def _fill(cell: _Cell, text: str, size: Pt, align: Align, *, is_bold: bool = False) -> None:
    for place, part in enumerate(_parts(text)):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.line_spacing = _SIDES[align], 1
        run = paragraph.add_run(part)
        run.font.size, run.bold = size, is_bold


def _line(document: WordDocument, text: str, align: Align) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = _SIDES[align]
    if text:
        paragraph.add_run(_clean(text))
    return paragraph


def _parts(text: str) -> list[str]:
    """Cut at line breaks; an empty text is one empty part."""
    return [part.strip(" ") for part in _clean(text).split("\n") if part.strip(" ")] or [""]


def _clean(text: str) -> str:
    return bound(characters.tidy(text))

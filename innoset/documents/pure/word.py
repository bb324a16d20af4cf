"""Official papers as Word documents after ГОСТ Р 7.0.97, for people who go on editing them."""

import io
from datetime import UTC, datetime
from typing import Final

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
from docx.table import Table, _Cell  # noqa: TID253 – slow module
from docx.text.paragraph import Paragraph  # noqa: TID253 – slow module

from innoset.documents.pure import characters
from innoset.documents.pure.blocks import (
    Align,
    Block,
    Column,
    Corner,
    Edges,
    Facts,
    Gap,
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
from innoset.foundation.russian import glued

FONT: Final = "Times New Roman"
_BODY, _CELL, _SMALL = Pt(14), Pt(11), Pt(10)
_INDENT: Final = Cm(1.25)
_LEFT, _RIGHT, _TOP, _BOTTOM = Cm(3), Cm(1.5), Cm(2), Cm(2)
_ACROSS, _DOWN = Cm(21), Cm(29.7)
_HEADER: Final = Cm(1.25)
_LABEL: Final = Cm(4.5)
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
        _paged(section, opening)
        for block in blocks:
            _write(document, section, block)
    _headed(document.sections[0], paper.mark)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _styled(document: WordDocument) -> None:
    style = document.styles["Normal"]
    if isinstance(style, ParagraphStyle):
        style.font.name, style.font.size = FONT, _BODY
        _fonts(style.element.get_or_add_rPr())
        style.paragraph_format.line_spacing = 1.15
        style.paragraph_format.space_after = Pt(0)
    for level in (1, 2):
        heading = document.styles[f"Heading {level}"]
        if isinstance(heading, ParagraphStyle):
            _heading_style(heading)


def _heading_style(style: ParagraphStyle) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, _BODY, True
    style.font.color.rgb = None
    _fonts(style.element.get_or_add_rPr())
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(6)
    style.paragraph_format.keep_with_next = True


def _fonts(properties: BaseOxmlElement) -> None:
    """Name one font for every script: Word keeps four, and the theme ones would win; say that it is Russian."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    for colour in properties.findall(qn("w:color")):
        properties.remove(colour)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", val="ru-RU", eastAsia="ru-RU"))


def _described(document: WordDocument, paper: Paper, at: datetime) -> None:
    moment = at.astimezone(UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.language, about.author, about.comments = characters.tidy(paper.title)[:255], "ru-RU", "", ""
    about.created, about.modified, about.revision = moment, moment, 1


def _paged(section: Section, opening: PageBreak) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if opening.is_wide else WD_ORIENT.PORTRAIT
    size = (_DOWN, _ACROSS) if opening.is_wide else (_ACROSS, _DOWN)
    section.page_width, section.page_height = size
    section.left_margin, section.right_margin = (_BOTTOM, _BOTTOM) if opening.is_wide else (_LEFT, _RIGHT)
    section.top_margin, section.bottom_margin, section.header_distance = _TOP, _BOTTOM, _HEADER


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
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


# ── Blocks ──────────────────────────────────────────────────────────────────


def _write(document: WordDocument, section: Section, block: Block) -> None:
    match block:
        case Letterhead() | Corner() | Facts() | Signature() | Grid() | Edges():
            _write_framed(document, section, block)
        case Heading(text, level):
            document.add_heading(_clean(text), level)
        case Line(text, align, is_bold):
            for part in _parts(text):
                _line(document, part, align).runs[0].bold = is_bold
        case Prose(text, lead):
            _prose(document, text, lead)
        case Point(number, text):
            _prose(document, f"{number}\u00a0{text}", "")
        case Small(text):
            _small(document, text)
        case Gap():
            document.add_paragraph()
        case PageBreak():
            """The section has been opened already."""


def _write_framed(
    document: WordDocument, section: Section, block: Letterhead | Corner | Facts | Signature | Grid | Edges
) -> None:
    width = _width(section)
    match block:
        case Letterhead(lines):
            _letterhead(document, lines)
        case Corner(lines):
            for line in lines:
                _line(document, line, "left").paragraph_format.left_indent = int(width * 0.52)
            document.add_paragraph()
        case Edges(left, right):
            paragraph = _line(document, f"{left}\t{right}" if right else left, "left")
            paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        case Facts():
            _facts(document, block, width)
        case Signature():
            _signature(document, block, width)
        case Grid():
            _grid(document, block, width)


def _letterhead(document: WordDocument, lines: tuple[str, ...]) -> None:
    for place, line in enumerate(lines):
        paragraph = _line(document, line, "center")
        paragraph.runs[0].bold = place == 0
        if place:
            paragraph.runs[0].font.size = Pt(12)
    if lines:
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


def _small(document: WordDocument, text: str) -> None:
    for part in _parts(text):
        paragraph = _line(document, part, "left")
        paragraph.runs[0].font.size = _SMALL
        paragraph.paragraph_format.space_before = Pt(6)


def _signature(document: WordDocument, block: Signature, width: int) -> None:
    table = _table(document, (0.5, 0.22, 0.28), width)
    cells = table.rows[0].cells
    for cell, text, align in zip(cells, (block.post, "", block.name), ("left", "left", "right"), strict=True):
        _fill(cell, text, _BODY, align)
        cell.paragraphs[0].paragraph_format.space_before = Pt(24)
    if block.seal:
        _line(document, "М. П.", "left").runs[0].font.size = _SMALL


def _facts(document: WordDocument, block: Facts, width: int) -> None:
    share = _LABEL / width
    table = _table(document, (share, 1 - share), width, rows=len(block.rows))
    for row, fact in zip(table.rows, block.rows, strict=True):
        _fill(row.cells[0], fact.label, _BODY, "left")
        _fill(row.cells[1], fact.text, _BODY, "left")
    document.add_paragraph()


def _grid(document: WordDocument, block: Grid, width: int) -> None:
    whole = sum(column.share for column in block.columns)
    shares = tuple(column.share / whole for column in block.columns)
    table = _table(document, shares, width, rows=len(block.rows) + 1)
    table.style = "Table Grid"
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        _fill(cell, column.heading, _CELL, "center", is_bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001 – the library has no heading rows
    # Asking the library for each row's cells again would be quadratic.
    for row, texts in zip(list(table.rows)[1:], block.rows, strict=True):
        _fill_row(list(row.cells), block.columns, texts)
    document.add_paragraph()


def _fill_row(cells: list[_Cell], columns: tuple[Column, ...], texts: tuple[str, ...]) -> None:
    if len(texts) == 1:
        _fill(cells[0].merge(cells[-1]), texts[0], _CELL, "left", is_bold=True)
        return
    for cell, column, text in zip(cells, columns, texts, strict=True):
        _fill(cell, text, _CELL, column.align)


def _table(document: WordDocument, shares: tuple[float, ...], width: int, rows: int = 1) -> Table:
    table = document.add_table(rows, len(shares))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(width * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = int(width * share)
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
    return glued(characters.tidy(text))


def _width(section: Section) -> int:
    across, left, right = section.page_width, section.left_margin, section.right_margin
    return (across or 0) - (left or 0) - (right or 0)

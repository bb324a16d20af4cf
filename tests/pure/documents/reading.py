"""Reading back what was printed: the text of a PDF and of a DOCX, for the tests."""

import io
import re
from collections.abc import Iterator

import docx  # noqa: TID253 – reads what was written
from docx.document import Document  # noqa: TID253 – reads what was written
from docx.table import Table  # noqa: TID253 – reads what was written
from docx.text.paragraph import Paragraph  # noqa: TID253 – reads what was written
from pypdf import PdfReader


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def pdf_text(data: bytes) -> str:
    """Extract the text page by page, a line for a page, with single spaces."""
    return "\n".join(plain(page.extract_text()) for page in reader(data).pages) + "\n"


def docx_text(data: bytes) -> str:
    """List paragraphs and tables in reading order; the cells of a row stand between bars."""
    return "\n".join(docx_lines(docx.Document(io.BytesIO(data)))) + "\n"


def docx_lines(document: Document) -> Iterator[str]:
    for header in (document.sections[0].first_page_header, document.sections[0].header):
        yield " | ".join(["[top field]", *(plain(paragraph.text) for paragraph in header.paragraphs)])
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield plain(block.text)
        elif isinstance(block, Table):
            yield from (f"| {' | '.join(row)} |" for row in table_rows(block))


def table_rows(table: Table) -> list[list[str]]:
    """Read the rows; a merged cell is read once."""
    return [[plain(cell.text) for cell in dict.fromkeys(row.cells)] for row in table.rows]


def plain(text: str) -> str:
    whole = re.sub(r"\u00ad\s*|\u200b", "", text)
    return re.sub(r"\s+", " ", whole).strip()


def squeezed(text: str) -> str:
    """Drop what line breaking may change: spaces and hyphens."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]", "", text)

"""Word files in: .docx and .odt to neutral blocks, anything else refused with the cure."""

from innoset.projects.pure.word_in.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    Refused,
    Table,
    lines_of_blocks,
    texts_of,
)
from innoset.projects.pure.word_in.docx_body import read_docx
from innoset.projects.pure.word_in.odt_body import read_odt
from innoset.projects.pure.word_in.package import LIMITS, MOST_BYTES, Limits, open_package

__all__ = [
    "MOST_BYTES",
    "Block",
    "Cell",
    "Document",
    "Limits",
    "Paragraph",
    "Refused",
    "Table",
    "lines_of_blocks",
    "read_document",
    "texts_of",
]


def read_document(data: bytes, limits: Limits = LIMITS) -> Document:
    """Return the text of a Word file; `Refused` says why not and what to do."""
    package = open_package(data, limits)
    return read_odt(package) if package.kind == "odt" else read_docx(package)

"""One official paper in three coats: PDF, DOCX and plain text."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import groupby

from innoset.documents.pure import typesetting
from innoset.documents.pure.blocks import (
    Block,
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


def pdf(paper: Paper, *, at: datetime) -> bytes:
    """Print the paper as a tagged archival PDF."""
    return typesetting.pdf(sheet(paper), at=at)


def docx(paper: Paper, *, at: datetime) -> bytes:
    """Write the paper as a Word document that a person may go on editing."""
    from innoset.documents.pure import word  # noqa: PLC0415 – slow module

    return word.docx(paper, at=at)


def text(paper: Paper) -> str:
    """Say the paper in plain text, for a letter sent by e-mail."""
    parts = ("\n".join(_said(block)) for block in paper.blocks if not isinstance(block, Gap | PageBreak))
    return "\n\n".join(part for part in parts if part) + "\n"


def sheet(paper: Paper) -> typesetting.Sheet:
    """Lay the paper out for the press."""
    sections = [
        {
            "is_wide": part.is_wide,
            "blocks": [{"kind": type(block).__name__.lower(), **asdict(block)} for block in blocks],
        }
        for part, blocks in sections_of(paper)
    ]
    return typesetting.Sheet("official", paper.title, {"sections": sections, "mark": paper.mark})


def sections_of(paper: Paper) -> Iterator[tuple[PageBreak, list[Block]]]:
    """Cut the paper at its page breaks; each part comes with the break that opens it."""
    opening = PageBreak()
    for is_break, group in groupby(paper.blocks, key=lambda block: isinstance(block, PageBreak)):
        blocks = list(group)
        if is_break:
            opening = next(block for block in reversed(blocks) if isinstance(block, PageBreak))
        else:
            yield opening, blocks


def _said(block: Block) -> Iterator[str]:
    match block:
        case Letterhead(lines) | Corner(lines):
            yield from lines
        case Heading(words) | Line(words) | Small(words):
            yield words
        case Edges(left, right):
            yield " ".join(filter(None, (left, right)))
        case Prose(words, lead):
            yield " ".join(filter(None, (lead, words)))
        case Point(number, words):
            yield f"{number} {words}"
        case Facts(rows):
            yield from (f"{row.label}: {row.text}" for row in rows)
        case Grid(columns, rows):
            yield from _said_rows([column.heading for column in columns], rows)
        case Signature(post, name):
            yield post
            yield name


def _said_rows(headings: list[str], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for row in rows:
        yield from (
            row
            if len(row) == 1
            else (f"{head}: {cell}" for head, cell in zip(headings, row, strict=True) if cell)
        )

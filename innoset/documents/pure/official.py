"""One official paper in three coats: PDF, DOCX and plain text."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import singledispatch
from itertools import groupby

from innoset.documents.pure import typesetting
from innoset.documents.pure.blocks import (
    Block,
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


def pdf(paper: Paper, *, at: datetime) -> bytes:
    """Print the paper as a tagged archival PDF."""
    return typesetting.pdf(sheet(paper), at=at)


def docx(paper: Paper, *, at: datetime) -> bytes:
    """Write the paper as a Word document that a person may go on editing."""
    from innoset.documents.pure import word  # noqa: PLC0415 – slow module

    return word.docx(paper, at=at)


def text(paper: Paper) -> str:
    """Say the paper in plain text, for a letter sent by e-mail."""
    parts = ("\n".join(_said(block)) for block in paper.blocks)
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


@singledispatch
def _said(block: Block) -> Iterator[str]:
    raise TypeError(f"No words for {type(block).__name__}.")


@_said.register
def _(block: Letterhead | Corner) -> Iterator[str]:
    yield from block.lines


@_said.register
def _(block: Heading | Line | Small) -> Iterator[str]:
    yield block.text


@_said.register
def _(block: Edges) -> Iterator[str]:
    yield " ".join(filter(None, (block.left, block.right)))


@_said.register
def _(block: Prose) -> Iterator[str]:
    yield " ".join(filter(None, (block.lead, block.text)))


@_said.register
def _(block: Point) -> Iterator[str]:
    yield f"{block.number} {block.text}"


@_said.register
def _(block: Facts) -> Iterator[str]:
    yield from (f"{row.label}: {row.text}" for row in block.rows)


@_said.register
def _(block: Grid) -> Iterator[str]:
    yield from _said_rows([column.heading for column in block.columns], block.rows)


@_said.register
def _(block: Signature) -> Iterator[str]:
    yield block.post
    yield block.name


@_said.register
def _(_block: PageBreak) -> Iterator[str]:
    yield from ()


def _said_rows(headings: list[str], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for row in rows:
        yield from (
            row
            if len(row) == 1
            else (f"{head}: {cell}" for head, cell in zip(headings, row, strict=True) if cell)
        )

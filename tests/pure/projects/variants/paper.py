"""A document before it is anybody's file: paragraphs and tables, written out as .docx or .odt by hand."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["label", "value", "other"]
Merge: TypeAlias = Literal["", "restart", "continue"]


@dataclass(frozen=True)
class Para:
    """A paragraph of the document; line breaks inside it are marks, not paragraphs."""

    text: str
    role: Role = "other"
    bold: bool = False
    heading: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class Box:
    """A cell: its blocks, how wide it is, whether it goes on from the cell above."""

    blocks: tuple["Node", ...]
    span: int = 1
    merge: Merge = ""


@dataclass(frozen=True)
class Grid:
    """A table; `heads` rows are repeated on every page."""

    rows: tuple[tuple[Box, ...], ...]
    heads: int = 0


Node: TypeAlias = Para | Grid


def paras(text: str, role: Role = "other", *, bold: bool = False) -> tuple[Para, ...]:
    """Return a paragraph for each line."""
    return tuple(Para(line, role, bold) for line in text.split("\n"))

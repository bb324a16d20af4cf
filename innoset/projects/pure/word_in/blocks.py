"""What is left of a Word file once its format is forgotten: paragraphs and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

# What Word shows in an empty content control; other programs save it as if somebody had typed it.
_HINT: Final = re.compile(
    r"^\s*(?:Место для ввода (?:текста|даты)|Выберите элемент|Щ[её]лкните (?:здесь|место) для ввода (?:текста|даты)"
    r"|(?:Click|Click or tap) (?:here )?to enter (?:text|a date)|Choose an item)\.?\s*$",
    re.IGNORECASE,
)


class Refused(Exception):
    """The file is not read; the reason is a Russian sentence with the cure."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks inside it are kept."""

    text: str
    bold: bool = False


def visible(text: str) -> str:
    """Return a text as a person sees it: a soft hyphen only tells where a word may be broken."""
    text = text.replace("\xad", "")
    return "" if _HINT.match(text) else text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `continues` marks the lower part of a vertically merged one."""

    blocks: tuple["Block", ...]
    span: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        """Return the words of the cell, nested tables row by row."""
        return "\n".join(lines_of_blocks(self.blocks)).strip()

    @property
    def tables(self) -> tuple["Table", ...]:
        """Return the tables that stand in the cell."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; merged cells stand once."""

    rows: tuple[tuple[Cell, ...], ...]


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """The body in reading order; no field may take what stands in text boxes (`asides`) and `notes`."""

    blocks: tuple[Block, ...]
    asides: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())


def lines_of_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the text of blocks paragraph by paragraph, table rows as tabbed lines."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                texts = [cell.text for cell in row if not cell.continues]
                yield "\t".join(text for text in texts if text)


def texts_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the text of every paragraph and, for every cell, of what stands in it."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                for cell in row:
                    yield from texts_of(cell.blocks)

"""What an official paper is made of, before anybody decides how it is printed."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True)
class Letterhead:
    """Lines at the top of the first page: who issues the paper; the first line is the strongest."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading in the middle; level 1 is the kind of the paper (ПРИКАЗ), level 2 a part of it."""

    text: str
    level: Literal[1, 2] = 2


@dataclass(frozen=True)
class Edges:
    """One line with something at each edge: the date and the number."""

    left: str
    right: str


@dataclass(frozen=True)
class Line:
    """A line without the first-line indent: a place, a title, an addressee."""

    text: str
    align: Align = "left"
    is_bold: bool = False


@dataclass(frozen=True)
class Corner:
    """Lines in the right half of the page: an addressee or the mark of an appendix."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Prose:
    """A paragraph with the first-line indent; the lead, if any, stands before it in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Point:
    """A numbered point: «2.1.» and its text."""

    number: str
    text: str


@dataclass(frozen=True)
class Fact:
    """A label and what stands against it."""

    label: str
    text: str


@dataclass(frozen=True)
class Facts:
    """A borderless table of labels and answers."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, the side its text keeps to."""

    heading: str
    share: int = 1
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Grid:
    """A bordered table whose heading repeats on every page; a row of one cell spans it all."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Signature:
    """The post on the left, a place to sign, the initials and the surname on the right."""

    post: str
    name: str
    seal: bool = False


@dataclass(frozen=True)
class Small:
    """A small line at the foot: the executor, a note."""

    text: str


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page; is_wide turns it on its side."""

    is_wide: bool = False


Block = (
    Letterhead
    | Heading
    | Edges
    | Line
    | Corner
    | Prose
    | Point
    | Facts
    | Grid
    | Signature
    | Small
    | PageBreak
)


@dataclass(frozen=True)
class Paper:
    """An official paper: the title of the file, the blocks in reading order, a mark such as «ПРОЕКТ»."""

    title: str
    blocks: tuple[Block, ...]
    mark: str = ""

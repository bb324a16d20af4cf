"""The body of an .odt file as neutral blocks: accepted text only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from innoset.projects.pure.word_in.blocks import Block, Cell, Document, Paragraph, Table, visible
from innoset.projects.pure.word_in.package import Package

_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES: Final = {"office": "office:", "text": "", "table": "table:", "drawing": "draw:"}
_SKIPPED: Final = frozenset(
    {"tracked-changes", "office:annotation", "placeholder", "hidden-text", "office:forms"}
)
_WRAPPERS: Final = frozenset(
    {"section", "list", "list-item", "list-header", "numbered-paragraph", "index-body"}
)
_ROW_GROUPS: Final = frozenset({"table:table-header-rows", "table:table-rows", "table:table-row-group"})
_MOST_REPEATS: Final = 64


def name_of(element: etree._Element) -> str:
    """Return «p», «table:table», «draw:frame» …, empty for foreign elements."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=512)
def _local(tag: str) -> str:
    if _OASIS not in tag:
        return ""
    space, _, local = tag.rpartition("}")
    room = space.partition(_OASIS)[2].partition(":")[0]
    return f"{_SPACES[room]}{local}" if room in _SPACES else ""


def _number(element: etree._Element, name: str) -> int:
    value = element.get(f"{{{_OASIS}table:1.0}}{name}", "1")
    return max(1, min(int(value), _MOST_REPEATS)) if value.isdigit() else 1


@dataclass(slots=True)
class _Walk:
    """One pass over the body; notes and frames are put aside on the way."""

    bold: frozenset[str]
    asides: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a body, a section, a list or a cell."""
        for element in parent:
            name = name_of(element)
            if name in {"p", "h"}:
                yield self.paragraph(element)
            elif name == "table:table":
                yield Table(tuple(self.rows(element)))
            elif name in _WRAPPERS:
                yield from self.blocks(element)
            elif name == "draw:frame":
                self.frame(element)

    def paragraph(self, element: etree._Element) -> Paragraph:
        """Return a paragraph; spaces of the source collapse as the format says."""
        raw = visible("".join(self.pieces(element)))
        text = re.sub(r"[ \r]+", " ", raw).replace("\ue000", " ").strip(" ")
        style = element.get(f"{{{_OASIS}text:1.0}}style-name", "")
        return Paragraph(text, name_of(element) == "h" or style in self.bold or self.all_bold(element))

    def all_bold(self, element: etree._Element) -> bool:
        """Tell whether all words of a paragraph stand in bold spans."""
        spans = [one for one in element if name_of(one) == "span" and _all_text(one).strip()]
        loose = [element.text, *(one.tail for one in element)]
        styles = [one.get(f"{{{_OASIS}text:1.0}}style-name", "") for one in spans]
        return (
            bool(spans) and not any((text or "").strip() for text in loose) and self.bold.issuperset(styles)
        )

    def rows(self, table: etree._Element) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows, header rows included; a repeated row is repeated."""
        for element in table:
            name = name_of(element)
            if name == "table:table-row":
                cells = tuple(self.cells(element))
                for _ in range(
                    _number(element, "number-rows-repeated") if any(one.text for one in cells) else 1
                ):
                    yield cells
            elif name in _ROW_GROUPS:
                yield from self.rows(element)

    def cells(self, row: etree._Element) -> Iterator[Cell]:
        """Yield the cells; a cell covered from above continues that one."""
        beside = 0
        for element in row:
            name = name_of(element)
            if name == "table:table-cell":
                span = _number(element, "number-columns-spanned")
                beside = span - 1
                yield Cell(tuple(self.blocks(element)), span)
            elif name == "table:covered-table-cell":
                repeats = _number(element, "number-columns-repeated")
                if repeats > beside:
                    yield Cell((), repeats - beside, continues=True)
                beside = max(0, beside - repeats)

    def pieces(self, element: etree._Element) -> Iterator[str]:
        """Yield runs of text; frames and notes go aside."""
        yield _flat(element.text)
        for one in element:
            yield from self.inline(one)
            yield _flat(one.tail)

    def inline(self, one: etree._Element) -> Iterator[str]:
        """Yield the text of an element inside a paragraph."""
        name = name_of(one)
        if name == "s":
            count = one.get(f"{{{_OASIS}text:1.0}}c", "1")
            yield "\ue000" * (min(int(count), 1_000) if count.isdigit() else 1)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "note":
            self.note(one)
        elif name in {"draw:frame", "draw:custom-shape"}:
            self.frame(one)
        elif name and name not in _SKIPPED:
            yield from self.pieces(one)

    def note(self, note: etree._Element) -> None:
        """Keep the words of a note."""
        if text := "\n".join(_all_text(one) for one in note.iter(f"{{{_OASIS}text:1.0}}p")).strip():
            self.noted.append(text)

    def frame(self, frame: etree._Element) -> None:
        """Put the text of a frame aside."""
        for paragraph in frame.iter(f"{{{_OASIS}text:1.0}}p"):
            self.aside(_all_text(paragraph))

    def aside(self, text: str) -> None:
        """Keep a text that no field may take."""
        if text.strip():
            self.asides.append(text.strip())


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _flat(text: str | None) -> str:
    """Return source text with its line breaks and tabs as spaces."""
    return re.sub(r"[\n\t]", " ", text or "")


def _bold_styles(*roots: etree._Element | None) -> frozenset[str]:
    """Return the bold styles, those that take it from their parents too."""
    style = f"{{{_OASIS}style:1.0}}"
    weight = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-weight"
    found: set[str] = set()
    for root in reversed(roots):
        for one in root.iter(f"{style}style") if root is not None else ():
            own = [part.get(weight) for part in one if part.get(weight)]
            inherited = one.get(f"{style}parent-style-name", "") in found
            if "bold" in own or (inherited and not own):
                found.add(str(one.get(f"{style}name")))
    return frozenset(found)


def read_odt(package: Package) -> Document:
    """Return the body of a checked .odt package."""
    root = package.xml(package.body)
    if root is None:
        return Document(())
    walk = _Walk(_bold_styles(root, package.xml("styles.xml")))
    office = f"{{{_OASIS}office:1.0}}text"
    blocks = tuple(block for body in root.iter(office) for block in walk.blocks(body))
    return Document(blocks, tuple(walk.asides), tuple(walk.noted))

"""The body of a .docx file as neutral blocks: accepted text only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from innoset.projects.pure.word_in.blocks import Block, Cell, Document, Paragraph, Table, visible
from innoset.projects.pure.word_in.package import Package

_W: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MATH: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SKIPPED: Final = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "rt"}
)
_SIGNS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
    "sym": "·",
}
_REFERENCES: Final = frozenset({"footnoteReference", "endnoteReference"})
_ASIDE: Final = _REFERENCES | {"drawing", "pict", "object"}
_BODY_LEVEL: Final = "9"
_MOST_BASES: Final = 12
_OFF: Final = frozenset({"0", "false", "off", "none"})


def name_of(element: etree._Element) -> str:
    """Return the local name of a Word element, «mc:…» and «m:…» for its neighbours, else empty."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=512)
def _local(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    space = space.lstrip("{")
    if space in _W:
        return local
    return {_MC: f"mc:{local}", _MATH: f"m:{local}"}.get(space, "")


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute of a Word element in either dialect."""
    for space in _W:
        if (found := element.get(f"{{{space}}}{name}")) is not None:
            return str(found)
    return None


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """Return the first descendant along the path of local names."""
    here: etree._Element | None = element
    for step in path:
        here = next((one for one in here if name_of(one) == step), None) if here is not None else None
    return here


@dataclass(slots=True)
class _Walk:
    """One pass over the body; notes and text boxes are put aside on the way."""

    notes: dict[str, str]
    bold: frozenset[str] = frozenset()
    asides: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a body or a cell; a deleted paragraph mark joins two paragraphs."""
        carried: list[str] = []
        bold = False
        for element in self.flat(parent, frozenset({"p", "tbl"})):
            if name_of(element) == "p":
                carried.append(self.text(element))
                bold = bold or _is_bold(element, self.bold)
                if child(element, "pPr", "rPr", "del") is not None:
                    continue
                yield Paragraph("".join(carried), bold)
            else:
                if carried and any(carried):
                    yield Paragraph("".join(carried), bold)
                yield self.table(element)
            carried, bold = [], False
        if any(carried):
            yield Paragraph("".join(carried), bold)

    def flat(self, parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
        """Yield wanted children, looking through content controls and other wrappers."""
        for element in parent:
            name = name_of(element)
            if name in wanted:
                yield element
            elif name == "sdt":
                if not _shows_hint(element):
                    yield from self.flat(element, wanted)
            elif name in {"sdtContent", "customXml", "smartTag", "ins", "moveTo", "mc:Choice"}:
                yield from self.flat(element, wanted)
            elif name == "mc:AlternateContent" and len(element):
                yield from self.flat(element[0], wanted)

    def table(self, table: etree._Element) -> Table:
        """Return the table without rows and cells that were deleted."""
        rows = (row for row in self.flat(table, frozenset({"tr"})) if child(row, "trPr", "del") is None)
        return Table(tuple(tuple(self.cells(row)) for row in rows))

    def cells(self, row: etree._Element) -> Iterator[Cell]:
        """Yield the cells of a row."""
        for cell in self.flat(row, frozenset({"tc"})):
            if child(cell, "tcPr", "cellDel") is not None:
                continue
            span = child(cell, "tcPr", "gridSpan")
            width = attribute(span, "val") if span is not None else None
            yield Cell(
                tuple(self.blocks(cell)),
                int(width) if width and width.isdigit() else 1,
                continues=_continues(cell),
            )

    def text(self, element: etree._Element) -> str:
        """Return the accepted text under an element."""
        return visible("".join(self.pieces(element)))

    def pieces(self, element: etree._Element) -> Iterator[str]:
        """Yield runs of text; boxes and notes go aside."""
        for one in element:
            name = name_of(one)
            if name in {"t", "m:t"}:
                yield one.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name in _ASIDE:
                self.put_aside(name, one)
            elif name == "mc:AlternateContent" and len(one):
                yield from self.pieces(one[0])
            elif name and name not in _SKIPPED and not _shows_hint(one):
                yield from self.pieces(one)

    def put_aside(self, name: str, element: etree._Element) -> None:
        """Keep a note or the text of boxes: no field may take them."""
        if name in _REFERENCES:
            self.note(name, element)
        else:
            self.boxes(element)

    def note(self, kind: str, reference: etree._Element) -> None:
        """Put a note aside."""
        if text := self.notes.get(f"{kind[:3]}{attribute(reference, 'id')}", ""):
            self.noted.append(text)

    def boxes(self, drawing: etree._Element) -> None:
        """Put the text of boxes aside: stamps and captions are no answers."""
        for box in drawing.iter():
            if name_of(box) == "txbxContent":
                lines = [block.text for block in self.blocks(box) if isinstance(block, Paragraph)]
                if text := "\n".join(lines).strip():
                    self.asides.append(text)


def _continues(cell: etree._Element) -> bool:
    for kind in ("vMerge", "hMerge"):
        merge = child(cell, "tcPr", kind)
        if merge is not None and attribute(merge, "val") in {None, "continue"}:
            return True
    return False


def _shows_hint(control: etree._Element) -> bool:
    shown = child(control, "sdtPr", "showingPlcHdr")
    return shown is not None and (attribute(shown, "val") or "1") not in _OFF


def _is_bold(paragraph: etree._Element, bold: frozenset[str]) -> bool:
    """Tell whether every run with words is bold, by itself or by the style of the paragraph."""
    runs = [
        run for run in _runs(paragraph) if any((one.text or "").strip() for one in run if name_of(one) == "t")
    ]
    style = child(paragraph, "pPr", "pStyle")
    by_style = style is not None and attribute(style, "val") in bold
    return bool(runs) and all(_is_on(child(run, "rPr", "b"), otherwise=by_style) for run in runs)


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph that count, those in wrappers too."""
    for one in element:
        name = name_of(one)
        if name == "r":
            yield one
        elif name and name not in _SKIPPED:
            yield from _runs(one)


def _is_on(mark: etree._Element | None, *, otherwise: bool) -> bool:
    return otherwise if mark is None else (attribute(mark, "val") or "1") not in _OFF


def _bold_styles(package: Package) -> frozenset[str]:
    """Return the styles that make a paragraph look like a heading: bold ones and outline levels."""
    root = package.xml(f"{package.body.rpartition('/')[0]}/styles.xml")
    styles = [one for one in root if name_of(one) == "style"] if root is not None else []
    based = {attribute(one, "styleId"): _value(child(one, "basedOn")) for one in styles}
    marked = {attribute(one, "styleId") for one in styles if _marks_heading(one)}
    return frozenset(name for name in based if name and marked.intersection(_line(name, based)))


def _marks_heading(style: etree._Element) -> bool:
    level = _value(child(style, "pPr", "outlineLvl"))
    return _is_on(child(style, "rPr", "b"), otherwise=False) or (level is not None and level != _BODY_LEVEL)


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else attribute(element, "val")


def _line(name: str, based: Mapping[str | None, str | None]) -> Iterator[str]:
    """Yield a style and those it is based on; a circle ends."""
    here: str | None = name
    for _ in range(_MOST_BASES):
        if here is None:
            return
        yield here
        here = based.get(here)


def _notes(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    folder = package.body.rpartition("/")[0]
    for part, kind in (("footnotes", "foo"), ("endnotes", "end")):
        root = package.xml(f"{folder}/{part}.xml")
        walk = _Walk({})
        for note in root if root is not None else ():
            lines = [block.text for block in walk.blocks(note) if isinstance(block, Paragraph)]
            found[f"{kind}{attribute(note, 'id')}"] = "\n".join(lines).strip()
    return found


def read_docx(package: Package) -> Document:
    """Return the body of a checked .docx package."""
    root = package.xml(package.body)
    body = child(root, "body") if root is not None else None
    if body is None:
        return Document(())
    walk = _Walk(_notes(package), _bold_styles(package))
    blocks = tuple(walk.blocks(body))
    return Document(blocks, tuple(walk.asides), tuple(walk.noted))

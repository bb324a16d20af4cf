"""Paper written as .odt, as LibreOffice and people leave it."""

import re
from collections.abc import Iterable
from random import Random
from xml.sax.saxutils import escape

from tests.pure.projects.variants.paper import Box, Grid, Node, Para
from tests.pure.projects.variants.word_hand import STAMP, Hand
from tests.pure.projects.word_files import archive

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = (
    ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
    ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
)  # fmt: skip
_NAMES = " ".join(f'xmlns:{short}="{_ODF}{full}:1.0"' for short, full in _SPACES)
_OTHERS = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
_STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)
_CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>А</dc:creator></office:change-info>'
    "<text:p>удалённый текст</text:p></text:deletion></text:changed-region>"
    '<text:changed-region text:id="ct2"><text:insertion><office:change-info><dc:creator>А</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>'
)
_LINKED = re.compile(r"https?://\S+")


class OdtScribe:
    """Writes nodes as OpenDocument text."""

    def __init__(self, hand: Hand, chance: Random) -> None:
        self.hand, self.chance = hand, chance

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def file(self, nodes: Iterable[Node]) -> bytes:
        """Return the file of a document."""
        body = "".join(self.node(node) for node in nodes)
        rooms = '<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Table"/></text:sequence-decls>'
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} {_OTHERS} office:version="1.3">{_STYLES}'
            f"<office:body><office:text>{_CHANGES}{rooms}{body}</office:text></office:body></office:document-content>"
        )
        return archive({
            "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
            "META-INF/manifest.xml": '<?xml version="1.0" encoding="UTF-8"?><manifest/>',
        })  # fmt: skip

    def node(self, node: Node) -> str:
        return self.para(node) if isinstance(node, Para) else self.grid(node)

    def grid(self, grid: Grid) -> str:
        heads = "".join(self.row(row) for row in grid.rows[: grid.heads])
        rows = "".join(self.row(row) for row in grid.rows[grid.heads :])
        kept = f"<table:table-header-rows>{heads}</table:table-header-rows>" if heads else ""
        return f'<table:table table:name="Т1"><table:table-column table:number-columns-repeated="3"/>{kept}{rows}</table:table>'

    def row(self, row: tuple[Box, ...]) -> str:
        return f"<table:table-row>{''.join(self.cell(one) for one in row)}</table:table-row>"

    def cell(self, cell: Box) -> str:
        covered = "<table:covered-table-cell/>" * (cell.span - 1)
        if cell.merge == "continue":
            return "<table:covered-table-cell/>" * cell.span
        span = f' table:number-columns-spanned="{cell.span}"' if cell.span > 1 else ""
        down = ' table:number-rows-spanned="2"' if cell.merge else ""
        body = "".join(self.node(node) for node in cell.blocks) or "<text:p/>"
        return f'<table:table-cell{span}{down} office:value-type="string">{body}</table:table-cell>{covered}'

    def para(self, para: Para) -> str:
        style = ' text:style-name="P1"' if para.bold else ' text:style-name="Standard"'
        inner = self.inside(para)
        if para.heading:
            return f'<text:h{style} text:outline-level="1">{inner}</text:h>'
        found = f"<text:p{style}>{inner}</text:p>"
        return f"<text:list><text:list-item>{found}</text:list-item></text:list>" if para.numbered else found

    def inside(self, para: Para) -> str:
        if para.role == "value" and not para.text.strip() and self.happens(self.hand.controls):
            return '<text:placeholder text:placeholder-type="text">&lt;Место для ввода текста&gt;</text:placeholder>'
        found = "".join(self.piece(text, para) for text in self.chopped(para.text))
        if para.role == "value" and para.text and self.happens(self.hand.notes):
            found += (
                '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Сноска автора.</text:p></text:note-body></text:note>'
                "<office:annotation><dc:creator>Методист</dc:creator><text:p>Уточните, пожалуйста.</text:p></office:annotation>"
            )
        if para.role == "value" and para.text and self.happens(self.hand.boxes):
            lines = "".join(f"<text:p>{line}</text:p>" for line in STAMP.split("\n"))
            found = f'<draw:frame draw:name="Р1" text:anchor-type="char"><draw:text-box fo:min-height="1cm">{lines}</draw:text-box></draw:frame>{found}'
        return (
            '<text:bookmark text:name="_GoBack"/><text:soft-page-break/>' * self.happens(self.hand.runs)
            + found
        )

    def chopped(self, text: str) -> list[str]:
        if not self.happens(self.hand.runs) or len(text) < 4 or _LINKED.search(text):
            return [text]
        cuts = sorted({self.chance.randrange(1, len(text)) for _ in range(self.chance.randint(1, 5))})
        return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    def piece(self, text: str, para: Para) -> str:
        found = _marked(text)
        if _LINKED.fullmatch(text) and self.happens(self.hand.fields):
            return f'<text:a xlink:type="simple" xlink:href="https://tracker.example/">{found}</text:a>'
        if self.happens(self.hand.tracked):
            found = f'<text:change text:change-id="ct1"/><text:change-start text:change-id="ct2"/>{found}<text:change-end text:change-id="ct2"/>'
        return (
            f'<text:span text:style-name="T1">{found}</text:span>'
            if self.happens(self.hand.runs + self.hand.wrappers)
            else found
        )


def _marked(text: str) -> str:
    """Return text with its breaks, tabs and runs of spaces as marks."""
    found = escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    found = re.sub(" {2,}", lambda hit: f' <text:s text:c="{len(hit[0]) - 1}"/>', found)
    return re.sub("^ | $", "<text:s/>", found)


def write(nodes: Iterable[Node], hand: Hand, seed: int) -> bytes:
    """Return an .odt of a document in somebody's hand."""
    return OdtScribe(hand, Random(seed)).file(nodes)  # noqa: S311  # reason: a seeded variety, no secret

"""Paper written as .docx, with whatever Word and people leave between the words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from tests.pure.projects.variants.paper import Box, Grid, Node, Para
from tests.pure.projects.word_files import W, docx, relations, run, text_box

NUMBERING = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
NOTES = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Сноска автора.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Методист">'
    "<w:p><w:r><w:t>Уточните, пожалуйста.</w:t></w:r></w:p></w:comment></w:comments>"
)
HEADER = f'<?xml version="1.0" encoding="UTF-8"?><w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Колонтитул 31.12.2020</w:t></w:r></w:p></w:hdr>'
STAMP = "ДОКУМЕНТ ПОДПИСАН\nЭЛЕКТРОННОЙ ПОДПИСЬЮ\nСертификат 0A1B2C\nДействителен с 01.02.2020 по 01.05.2021"
_LINKED = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Hand:
    """The habits of whoever typed the file; each is a chance between 0 and 1."""

    name: str
    runs: float = 0.0
    controls: float = 0.0
    tracked: float = 0.0
    fields: float = 0.0
    notes: float = 0.0
    boxes: float = 0.0
    wrappers: float = 0.0
    lists: float = 0.0
    breaks: float = 0.0


HANDS = (
    Hand("plain"),
    Hand("chopped", runs=0.8, wrappers=0.3),
    Hand("controls", controls=0.7),
    Hand("tracked", tracked=0.7, runs=0.3),
    Hand("links", fields=0.8, notes=0.3, boxes=0.15),
    Hand("lists", lists=1.0, breaks=0.4),
    Hand(
        "everything",
        runs=0.4,
        controls=0.3,
        tracked=0.3,
        fields=0.4,
        notes=0.15,
        boxes=0.1,
        wrappers=0.3,
        breaks=0.3,
    ),
)


class Scribe:
    """Writes nodes as WordprocessingML."""

    def __init__(self, hand: Hand, chance: Random) -> None:
        self.hand, self.chance = hand, chance

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def file(self, nodes: Iterable[Node]) -> bytes:
        """Return the file of a document."""
        links = relations(
            ("hyperlink", "https://tracker.example/", True), ("footnotes", "footnotes.xml", False),
            ("comments", "comments.xml", False), ("numbering", "numbering.xml", False), ("header", "header1.xml", False),
        )  # fmt: skip
        parts: dict[str, str | bytes] = {
            "word/_rels/document.xml.rels": links, "word/footnotes.xml": NOTES, "word/comments.xml": COMMENTS,
            "word/numbering.xml": NUMBERING, "word/header1.xml": HEADER,
        }  # fmt: skip
        section = '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/></w:sectPr>'
        return docx(*(self.node(node) for node in nodes), section, parts=parts)

    def node(self, node: Node) -> str:
        return self.para(node) if isinstance(node, Para) else self.grid(node)

    # --- tables ----------------------------------------------------------------------------------

    def grid(self, grid: Grid) -> str:
        rows = "".join(self.row(row, head=place < grid.heads) for place, row in enumerate(grid.rows))
        return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="800"/></w:tblGrid>{rows}</w:tbl>'

    def row(self, row: tuple[Box, ...], *, head: bool) -> str:
        cells = [self.cell(one) for one in row]
        properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
        found = f'<w:tr w:rsidR="00A1">{properties}{"".join(cells)}</w:tr>'
        if self.happens(self.hand.controls * 0.1):
            found = _control(found)
        if self.happens(self.hand.tracked * 0.15):
            gone = '<w:tr><w:trPr><w:del w:id="90" w:author="А"/></w:trPr>' + "".join(
                f"<w:tc><w:p><w:r><w:t>Старая строка {place}</w:t></w:r></w:p></w:tc>" for place in range(len(row))
            ) + "</w:tr>"  # fmt: skip
            found += gone
        return found

    def cell(self, cell: Box) -> str:
        properties = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        if cell.merge:
            properties += '<w:vMerge w:val="restart"/>' if cell.merge == "restart" else "<w:vMerge/>"
        body = "".join(self.node(node) for node in cell.blocks) or "<w:p/>"
        if cell.blocks and isinstance(cell.blocks[-1], Grid):
            body += "<w:p/>"
        is_value = any(isinstance(node, Para) and node.role == "value" for node in cell.blocks)
        if is_value and self.happens(self.hand.controls * 0.3):
            body = _control(body)
        found = f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{properties}</w:tcPr>{body}</w:tc>'
        return _control(found) if is_value and self.happens(self.hand.controls * 0.2) else found

    # --- paragraphs ------------------------------------------------------------------------------

    def para(self, para: Para) -> str:
        properties = '<w:pStyle w:val="1"/>' if para.heading else ""
        if para.numbered:
            properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        if para.role == "value" and not para.text.strip() and self.happens(self.hand.controls):
            return f"<w:p>{_control(run('Место для ввода текста.'), hint=True)}</w:p>"
        inner = self.inside(para)
        if para.role == "value" and para.text and self.happens(self.hand.boxes):
            inner = text_box(STAMP) + inner
        found = f'<w:p w:rsidR="00B2"><w:pPr>{properties}<w:rPr><w:lang w:val="ru-RU"/></w:rPr></w:pPr>{inner}</w:p>'
        if para.role == "value" and self.happens(self.hand.tracked * 0.1):
            found += '<w:p><w:pPr><w:rPr><w:del w:id="91" w:author="А"/></w:rPr></w:pPr><w:del w:id="92"><w:r><w:delText>удалённый абзац</w:delText></w:r></w:del></w:p>'
        return found if self.chance.random() >= self.hand.controls * 0.2 else _control(found)

    def inside(self, para: Para) -> str:
        pieces = [self.linked(text) or self.worn(text, para) for text in self.chopped(para.text)]
        if para.role == "value" and para.text and self.happens(self.hand.notes):
            pieces.append(
                '<w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
            )
        return '<w:bookmarkStart w:id="1" w:name="_GoBack"/>' * self.happens(self.hand.runs) + "".join(pieces)

    def chopped(self, text: str) -> list[str]:
        """Cut a text into runs as spelling checks and revisions do, even inside words."""
        if not self.happens(self.hand.runs) or len(text) < 4 or _LINKED.search(text):
            return [text]
        cuts = sorted({self.chance.randrange(1, len(text)) for _ in range(self.chance.randint(1, 5))})
        return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    def linked(self, text: str) -> str:
        """Return a link or a field in one of the ways Word has, nothing for plain text."""
        if not _LINKED.fullmatch(text) or not self.happens(self.hand.fields):
            return ""
        link = f'<w:hyperlink r:id="rId1" w:history="1">{run(text)}</w:hyperlink>'
        simple = f'<w:fldSimple w:instr=" HYPERLINK &quot;https://tracker.example/&quot; ">{run(text)}</w:fldSimple>'
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        told = f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{escape("https://tracker.example/")}" </w:instrText></w:r>'
        full = f"{mark.format('begin')}{told}{mark.format('separate')}{run(text)}{mark.format('end')}"
        return self.chance.choice((link, simple, full))

    def worn(self, text: str, para: Para) -> str:
        """Return a run, perhaps in a wrapper, perhaps with something deleted before it."""
        found = run(text, bold=para.bold)
        if self.happens(self.hand.tracked) and para.role != "other":
            gone = '<w:del w:id="7" w:author="А"><w:r><w:delText>прежнее слово </w:delText></w:r></w:del>'
            moved = f'<w:moveFrom w:id="8"><w:r><w:t>перенесено</w:t></w:r></w:moveFrom><w:moveTo w:id="9">{found}</w:moveTo>'
            found = self.chance.choice(
                (f'{gone}<w:ins w:id="6" w:author="А">{found}</w:ins>', moved, gone + found)
            )
        if self.happens(self.hand.wrappers):
            found = self.chance.choice((
                f'<w:smartTag w:uri="urn:schemas" w:element="metricconverter">{found}</w:smartTag>',
                f'<w:proofErr w:type="spellStart"/>{found}<w:proofErr w:type="spellEnd"/>',
                f'<w:customXml w:element="x">{found}</w:customXml>',
            ))  # fmt: skip
        if para.role == "value" and self.happens(self.hand.controls * 0.5):
            found = _control(found)
        return found


def _control(content: str, *, hint: bool = False) -> str:
    shown = "<w:showingPlcHdr/>" if hint else ""
    return f'<w:sdt><w:sdtPr><w:alias w:val="Поле"/><w:id w:val="5"/>{shown}<w:text/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def write(nodes: Iterable[Node], hand: Hand, seed: int) -> bytes:
    """Return a .docx of a document in somebody's hand."""
    return Scribe(hand, Random(seed)).file(nodes)  # noqa: S311  # reason: a seeded variety, no secret

"""Word files made by hand, so that every oddity of a layout can be written down."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def run(text: str, *, bold: bool = False) -> str:
    """Return a run; line breaks and tabs become marks."""
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    inner = "".join(
        "<w:br/>" if piece == "\n" else "<w:tab/>" if piece == "\t" else _text(piece)
        for piece in _pieces(text)
    )
    return f"<w:r>{properties}{inner}</w:r>"


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for letter in text:
        if letter in "\n\t":
            if piece:
                yield piece
            yield letter
            piece = ""
        else:
            piece += letter
    if piece:
        yield piece


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def para(text: str = "", *, bold: bool = False, numbered: bool = False, inner: str = "") -> str:
    """Return a paragraph of text, or of ready `inner` runs."""
    properties = (
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' if numbered else ""
    )
    return f"<w:p>{properties}{inner or run(text, bold=bold)}</w:p>"


def paras(text: str) -> str:
    """Return a paragraph for each line."""
    return "".join(para(line) for line in text.split("\n"))


def cell(content: str = "", *, span: int = 1, merge: str = "") -> str:
    """Return a cell; `content` is text or ready XML; `merge` is restart or continue."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>"
    body = content if content.startswith("<w:") else paras(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; plain texts become cells."""
    inner = "".join(one if one.startswith(("<w:tc", "<w:sdt")) else cell(one) for one in cells)
    return f"<w:tr>{properties}{inner}</w:tr>"


def table(rows: Iterable[str | Sequence[str]]) -> str:
    """Return a table; a sequence of texts becomes a row."""
    inner = "".join(one if isinstance(one, str) else row(*one) for one in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{inner}</w:tbl>"


def control(content: str, *, hint: bool = False) -> str:
    """Return a content control around ready XML."""
    return f"<w:sdt><w:sdtPr>{'<w:showingPlcHdr/>' if hint else ''}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def text_box(text: str) -> str:
    """Return a run with a text box, as Word writes it: new and old dialect side by side."""
    box = f"<w:txbxContent>{paras(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx>'
        f"{box}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def document_xml(*blocks: str) -> str:
    """Return the body part."""
    body = "".join(blocks)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>'


def archive(parts: dict[str, str | bytes]) -> bytes:
    """Return a zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def docx(*blocks: str, parts: dict[str, str | bytes] | None = None) -> bytes:
    """Return a .docx of ready blocks, with parts added or replaced."""
    base: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "word/document.xml": document_xml(*blocks),
    }
    return archive(base | (parts or {}))


def relations(*entries: tuple[str, str, bool]) -> str:
    """Return a relationships part of (kind, target, external)."""
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{R}/{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for place, (kind, target, external) in enumerate(entries, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'
    )


# --- OpenDocument --------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMESPACES = " ".join(
    f'xmlns:{short}="{_ODF}{full}:1.0"'
    for short, full in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def odt_para(text: str) -> str:
    """Return a paragraph; line breaks and tabs become marks."""
    inner = escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    return f"<text:p>{inner.replace('  ', '<text:s text:c=' + chr(34) + '2' + chr(34) + '/>')}</text:p>"


def odt_table(rows: Iterable[Sequence[str]]) -> str:
    """Return a table; an empty sequence element None-like cell is written empty."""
    inner = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell>{''.join(odt_para(line) for line in one.split(chr(10)))}</table:table-cell>"
            for one in cells
        )
        + "</table:table-row>"
        for cells in rows
    )
    return f"<table:table>{inner}</table:table>"


def odt(*blocks: str, parts: dict[str, str | bytes] | None = None) -> bytes:
    """Return an .odt of ready blocks."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF_NAMESPACES}>'
        f"<office:body><office:text>{''.join(blocks)}</office:text></office:body></office:document-content>"
    )
    base: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "META-INF/manifest.xml": '<?xml version="1.0" encoding="UTF-8"?><manifest/>',
    }
    return archive(base | (parts or {}))

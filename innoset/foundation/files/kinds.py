"""What a file is by its content, and which kinds are taken."""

import io
import zipfile

import filetype

from innoset.foundation.errors import Refusal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
CSV = "text/csv"

ATTACHMENTS = {PDF: "PDF", DOCX: "DOCX", ODT: "ODT", XLSX: "XLSX", PPTX: "PPTX", JPEG: "JPEG", PNG: "PNG"}
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}


def kind_of(data: bytes) -> str:
    """Return the media type by content: office files by what lies inside, else by the first bytes."""
    if data[:4] == b"PK\x03\x04":
        return _office_kind(data)
    guess = filetype.guess(data)
    return str(guess.mime) if guess else "application/octet-stream"


def _office_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mark = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, KeyError):
        return "application/zip"
    if mark == ODT.encode():
        return ODT
    return next((kind for part, kind in _OFFICE.items() if part in names), "application/zip")


def require_attachment(name: str, data: bytes, *, limit: int) -> str:
    """Return the kind of an attachment; refuse an empty, too large or unknown one, with the cure."""
    if not data:
        raise Refusal(f"Файл «{name}» пустой. Выберите другой файл.", field="file")
    if len(data) > limit:
        raise Refusal(
            f"Файл «{name}» больше {limit // 2**20} МБ. Уменьшите его или дайте ссылку в паспорте.",
            field="file",
        )
    kind = kind_of(data)
    if kind not in ATTACHMENTS:
        allowed = ", ".join(ATTACHMENTS.values())
        raise Refusal(f"Файл «{name}» не подходит. Можно приложить: {allowed}.", field="file")
    return kind

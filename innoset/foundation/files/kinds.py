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
SIGNATURE = "application/pkcs7-signature"
MACROS = "application/vnd.ms-office.macroenabled"

ATTACHMENTS = {PDF: "PDF", DOCX: "DOCX", ODT: "ODT", XLSX: "XLSX", PPTX: "PPTX", JPEG: "JPEG", PNG: "PNG"}
PICTURES = {JPEG: "JPEG", PNG: "PNG"}
ENDINGS = {
    PDF: ".pdf",
    DOCX: ".docx",
    ODT: ".odt",
    XLSX: ".xlsx",
    PPTX: ".pptx",
    JPEG: ".jpg",
    PNG: ".png",
    CSV: ".csv",
    SIGNATURE: ".sig",
}
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_TYPES_LIMIT = 1_000_000


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
            acts = _has_macros(archive, names)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, KeyError, ValueError):
        return "application/zip"
    if acts:
        return MACROS
    if mark == ODT.encode():
        return ODT
    return next((kind for part, kind in _OFFICE.items() if part in names), "application/zip")


def _has_macros(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Tell whether the document carries a program or says that it does."""
    lower = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in lower):
        return True
    if "[Content_Types].xml" not in names:
        return False
    types = archive.open("[Content_Types].xml").read(_TYPES_LIMIT).lower()
    return b"macroenabled" in types or b"vbaproject" in types


def require_attachment(name: str, data: bytes, *, limit: int) -> str:
    """Return the kind of an attachment; refuse an empty, too large or unknown one, with the cure."""
    require_size(name, len(data), limit=limit)
    kind = kind_of(data)
    if kind == MACROS:
        raise Refusal(
            f"В файле «{name}» есть макросы. Сохраните его без макросов и приложите снова.", field="file"
        )
    if kind not in ATTACHMENTS:
        allowed = ", ".join(ATTACHMENTS.values())
        raise Refusal(f"Файл «{name}» не подходит. Можно приложить: {allowed}.", field="file")
    return kind


def require_size(name: str, size: int, *, limit: int) -> None:
    """Refuse a file that is empty or too large, with the cure; its size is known before its content."""
    if size <= 0:
        raise Refusal(f"Файл «{name}» пустой. Выберите другой файл.", field="file")
    if size > limit:
        raise Refusal(
            f"Файл «{name}» больше {limit // 2**20} МБ. Уменьшите его или дайте ссылку в паспорте.",
            field="file",
        )

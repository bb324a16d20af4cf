"""Opening a file that may be hostile: everything is checked before anything is inflated."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from innoset.projects.pure.word_in.blocks import Refused

MOST_BYTES: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold; all but the marks is known before anything is inflated."""

    unpacked: int = 64 * 1024 * 1024
    part: int = 16 * 1024 * 1024
    entries: int = 2_000
    directory: int = 1024 * 1024
    marks: int = 400_000


LIMITS: Final = Limits()

_SAVE: Final = "Откройте файл в Word и сохраните как .docx."
_BROKEN: Final = f"Файл повреждён и не открывается. {_SAVE}"
_ANEW: Final = "Скопируйте текст в новый документ Word и сохраните как .docx."
_UNSAFE: Final = f"Файл собран небезопасно: {{}}. {_SAVE}"
_WITH_MACROS: Final = "В файле есть макросы. Сохраните его в Word как обычный .docx, без макросов."
_WITH_COMMANDS: Final = f"В файле есть поля, которые запускают другие программы. {_ANEW}"
_FOREIGN: Final = (
    "Файл тянет рисунки или части с чужого адреса. Вставьте их в сам документ или уберите, "
    "сохраните как .docx и загрузите ещё раз."
)
_OLD_FORMATS: Final = (
    (b"\xd0\xcf\x11\xe0", "Это старый формат .doc. Откройте в Word и сохраните как .docx."),
    (b"{\\rtf", "Это формат .rtf. Откройте в Word и сохраните как .docx."),
    (b"%PDF", "Это файл PDF, из него поля не читаются. Пришлите исходный файл Word (.docx)."),
)
_TEXT_PARTS: Final = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_MACROS: Final = re.compile(r"(?:^|/)(?:vbaproject|vbadata|activex)[^/]*|^(?:basic|scripts)/", re.IGNORECASE)
_MACRO_TYPES: Final = re.compile(rb"macroEnabled|vbaProject|vbaData|activeX", re.IGNORECASE)
_MACRO_RELATIONS: Final = frozenset({"vbaproject", "wordvbadata", "activexcontrolbinary"})
_COMMANDS: Final = re.compile(
    rb"<w:instrText[^>]*>\s*DDE(?:AUTO)?\b|w:instr=[\"']\s*DDE(?:AUTO)?\b", re.IGNORECASE
)
_ODT_SCRIPT: Final = re.compile(rb"<script:event-listener|<office:script[ >]")
_ODT_FOREIGN: Final = re.compile(
    rb"<(?:draw:(?:image|object|object-ole|plugin|applet|floating-frame)|text:section-source)"
    rb"(?=[^>]*xlink:href=[\"'](?:[a-z][a-z0-9+.-]*:|//|/|\\))[^>]*>",
    re.IGNORECASE,
)
_BAD_NAME: Final = re.compile(
    r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\\]|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)"
)
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_PLAIN_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii"})
_NOT_UTF8: Final = "текст записан не в кодировке UTF-8"
_ENCRYPTED: Final = 0x1
_END: Final = b"PK\x05\x06"
_FAR_END: Final = b"PK\x06\x07"
_FAR_SIZE: Final = 20
_FAREST_END: Final = 22 + 2**16
_ODT_TYPE: Final = b"application/vnd.oasis.opendocument.text"


@dataclass(frozen=True, slots=True)
class Package:
    """An opened archive whose parts passed the checks."""

    kind: str
    parts: dict[str, bytes]
    body: str

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, None when there is no such part."""
        data = self.parts.get(name)
        return None if data is None else parse(data)


def parse(data: bytes) -> etree._Element:
    """Parse XML without entities, network, DTD or huge trees."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(_BROKEN) from error


def open_package(data: bytes, limits: Limits = LIMITS) -> Package:
    """Return the checked archive of a .docx or .odt file; `Refused` with the cure otherwise."""
    _check_kind(data)
    try:
        _check_directory(data, limits)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist(), len(data), limits)
            parts = dict(_text_parts(archive, limits))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        struct.error,
    ) as error:
        raise Refused(_BROKEN) from error
    return _recognised(parts)


def _check_kind(data: bytes) -> None:
    if not data.strip():
        raise Refused("Файл пустой. Проверьте, тот ли файл вы выбрали.")
    if len(data) > MOST_BYTES:
        raise Refused("Файл больше 20 МБ. Уменьшите рисунки или уберите их из файла.")
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("Файл закрыт паролем. Снимите пароль в Word и сохраните как .docx.")
    for mark, reason in _OLD_FORMATS:
        if data.lstrip()[:1024].startswith(mark):
            raise Refused(reason)
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(f"Это не файл Word. {_SAVE}")


def _check_directory(data: bytes, limits: Limits) -> None:
    """Refuse an endless directory by what the end of the archive says, before it is read."""
    end = data.rfind(_END, -_FAREST_END)
    if end < 0:
        raise Refused(_BROKEN)
    entries, size = struct.unpack_from("<10xHL", data, end)
    locator = end - _FAR_SIZE
    if locator > 0 and data.startswith(_FAR_END, locator):
        (place,) = struct.unpack_from("<8xQ", data, locator)
        entries, size = struct.unpack_from("<32xQQ", data, place)
    if entries > limits.entries or size > limits.directory:
        raise Refused(_UNSAFE.format(f"в нём больше {limits.entries} частей"))


def _check_entries(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise Refused(_UNSAFE.format(f"в нём больше {limits.entries} частей"))
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Refused("В распакованном виде файл больше 64 МБ. Уменьшите рисунки или уберите их из файла.")
    names = [entry.orig_filename for entry in entries]
    if len({name.lower() for name in names}) != len(names):
        raise Refused(_UNSAFE.format("части повторяются"))
    for entry in entries:
        _check_entry(entry)
    _check_places(entries, size)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if _BAD_NAME.search(entry.orig_filename) or _BAD_NAME.search(_as_utf8(entry.orig_filename)):
        raise Refused(_UNSAFE.format("имена частей выходят за его пределы"))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused(_UNSAFE.format("в нём есть ссылка на чужой файл"))
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("Файл закрыт паролем. Снимите пароль и сохраните как .docx.")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refused(_BROKEN)
    if _MACROS.search(entry.orig_filename):
        raise Refused(_WITH_MACROS)


def _as_utf8(name: str) -> str:
    """Return a name as programs read it that take its bytes for UTF-8 without being told."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _check_places(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse a forged directory: parts that overlap or lie outside the file, or one that begins elsewhere."""
    end = 0
    if entries and min(entry.header_offset for entry in entries) != 0:
        raise Refused(_UNSAFE.format("перед его частями стоят чужие данные"))
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end or entry.compress_size < 0:
            raise Refused(_UNSAFE.format("части перекрываются"))
        end = entry.header_offset + entry.compress_size
    if end > size:
        raise Refused(_BROKEN)


def _text_parts(archive: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, bytes]]:
    for entry in archive.infolist():
        if _TEXT_PARTS.search(entry.filename) or entry.filename == "mimetype":
            with archive.open(entry) as part:
                content = part.read(limits.part + 1)
            if len(content) > limits.part:
                raise Refused("Текст файла больше 16 МБ. Разделите его или уберите лишнее.")
            _check_text(entry.filename, content)
            if content.count(b"<") > limits.marks:
                raise Refused(f"Файл устроен слишком сложно. {_ANEW}")
            yield entry.filename, content


def _check_text(name: str, content: bytes) -> None:
    # Without its zeroes a text in any of the wider encodings shows its Latin letters.
    plain = content.replace(b"\x00", b"")
    if _DOCTYPE.search(plain):
        raise Refused(_UNSAFE.format("в нём есть описание типа документа"))
    if name.startswith(("customXml/", "docProps/")) or name == "mimetype":
        return
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if len(plain) != len(content) or (declared and declared[1].lower() not in _PLAIN_ENCODINGS):
        raise Refused(_UNSAFE.format(_NOT_UTF8))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(_UNSAFE.format(_NOT_UTF8)) from error


def _recognised(parts: dict[str, bytes]) -> Package:
    if parts.get("mimetype", b"").strip().startswith(_ODT_TYPE) and "content.xml" in parts:
        _check_odt(parts)
        return Package("odt", parts, "content.xml")
    if _MACRO_TYPES.search(parts.get("[Content_Types].xml", b"")):
        raise Refused(_WITH_MACROS)
    _check_links(parts)
    body = _main_part(parts)
    if body is None:
        raise Refused(f"Это не файл Word: в нём нет текста документа. {_SAVE}")
    if _COMMANDS.search(parts[body]):
        raise Refused(_WITH_COMMANDS)
    return Package("docx", parts, body)


def _check_odt(parts: dict[str, bytes]) -> None:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused("Файл закрыт паролем. Снимите пароль и сохраните как .docx.")
    for name in ("content.xml", "styles.xml"):
        content = parts.get(name, b"")
        if _ODT_SCRIPT.search(content):
            raise Refused(_WITH_MACROS)
        if _ODT_FOREIGN.search(content):
            raise Refused(_FOREIGN)


def _relations(data: bytes) -> Iterator[tuple[str, str, bool]]:
    for relation in parse(data):
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        target = str(relation.get("Target", ""))
        yield kind, target, str(relation.get("TargetMode", "")).lower() == "external"


def _check_links(parts: dict[str, bytes]) -> None:
    """Refuse whatever Word would fetch by itself; links that a person clicks are harmless."""
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        for kind, target, external in _relations(data):
            if kind.lower() in _MACRO_RELATIONS:
                raise Refused(_WITH_MACROS)
            if external and not _is_harmless(kind, target):
                raise Refused(_FOREIGN)


def _is_harmless(kind: str, target: str) -> bool:
    if kind == "hyperlink":
        return True
    local = re.match(r"(?:file:/{2,3})?[A-Za-z]:[\\/]|[^\\/:]+$", target)
    return kind == "attachedTemplate" and local is not None


def _main_part(parts: dict[str, bytes]) -> str | None:
    for kind, target, _ in _relations(parts.get("_rels/.rels", b"<r/>")):
        name = target.lstrip("/")
        if kind == "officeDocument" and name in parts and b"wordprocessingml" in parts[name][:20_000]:
            return name
    return None

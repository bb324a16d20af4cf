"""Files that must not be read, each with the sentence that names the cure."""

import io
import stat
import struct
import zipfile

from innoset.projects.pure.word_in import MOST_BYTES
from tests.pure.projects.layouts import title, triples
from tests.pure.projects.word_files import (
    CONTENT_TYPES,
    ROOT_RELATIONS,
    archive,
    document_xml,
    docx,
    odt,
    odt_para,
    para,
    relations,
    table,
)

GOOD = document_xml(title(), table(triples()))
CURE = "Откройте файл в Word и сохраните как .docx."
UNSAFE = "Файл собран небезопасно: {}. " + CURE
MACROS = "В файле есть макросы. Сохраните его в Word как обычный .docx, без макросов."
BROKEN = f"Файл повреждён и не открывается. {CURE}"
LOCKED = "Файл закрыт паролем. Снимите пароль в Word и сохраните как .docx."
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w>&c;</w>'
)
DOCTYPE = UNSAFE.format("в нём есть описание типа документа")
FOREIGN = "Файл тянет рисунки или части с чужого адреса. Вставьте их в сам документ или уберите, сохраните как .docx и загрузите ещё раз."
COMPLEX = "Файл устроен слишком сложно. Скопируйте текст в новый документ Word и сохраните как .docx."
COMMANDS = "В файле есть поля, которые запускают другие программы. Скопируйте текст в новый документ Word и сохраните как .docx."
TOO_LONG = "Текст файла больше 16 МБ. Разделите его или уберите лишнее."
MANY = UNSAFE.format("в нём больше 2000 частей")
NAMES = UNSAFE.format("имена частей выходят за его пределы")
NOT_UTF8 = UNSAFE.format("текст записан не в кодировке UTF-8")


def with_part(name: str, content: str | bytes) -> bytes:
    return docx(parts={"word/document.xml": GOOD, name: content})


def with_body(content: str | bytes) -> bytes:
    return docx(parts={"word/document.xml": content})


def with_relation(kind: str, target: str) -> bytes:
    return with_part("word/_rels/document.xml.rels", relations((kind, target, True)))


def with_raw_name(name: str) -> bytes:
    """Return an archive whose directory holds a name that the library would not write."""
    data = with_part("X" * len(name.encode()), "x")
    return data.replace(b"X" * len(name.encode()), name.encode())


def with_symlink() -> bytes:
    out = io.BytesIO(docx(parts={"word/document.xml": GOOD}))
    with zipfile.ZipFile(out, "a") as target:
        entry = zipfile.ZipInfo("word/media/image1.png")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(entry, "/etc/passwd")
    return out.getvalue()


def doubled_member() -> bytes:
    out = io.BytesIO(docx(parts={"word/document.xml": GOOD}))
    with zipfile.ZipFile(out, "a") as target:
        entry = zipfile.ZipInfo("word/Document.xml")
        target.writestr(entry, GOOD)
    return out.getvalue()


def forged_size() -> bytes:
    """Return an archive whose directory says that the body is smaller than it is."""
    data = bytearray(docx(parts={"word/document.xml": GOOD}))
    place = data.rfind(b"word/document.xml") - 46
    struct.pack_into("<I", data, place + 24, 10)
    return bytes(data)


def encrypted() -> bytes:
    data = bytearray(docx(parts={"word/document.xml": GOOD}))
    place = data.rfind(b"word/document.xml") - 46
    struct.pack_into("<H", data, place + 8, 1)
    return bytes(data)


def two_forms() -> bytes:
    return docx(title(), table(triples()), para(), title(), table(triples()))


def bomb() -> bytes:
    return with_part("word/media/image1.bmp", b"\x00" * (70 * 1024 * 1024))


def big_body() -> bytes:
    return with_body(document_xml(para("а" * (9 * 1024 * 1024))))


def deep() -> bytes:
    return with_body(document_xml("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000))


def with_document_elsewhere(content: str | bytes) -> bytes:
    """Return a file whose text stands under another name than Word gives it."""
    root = ROOT_RELATIONS.replace("word/document.xml", "word/text.xml")
    return archive({"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": root, "word/text.xml": content})


def forged_count() -> bytes:
    """Return an archive of many parts whose end says that there are three."""
    data = bytearray(archive({f"word/p{place}.bin": b"" for place in range(30_000)}))
    struct.pack_into("<HH", data, data.rfind(b"PK\x05\x06") + 8, 3, 3)
    return bytes(data)


def far_directory() -> bytes:
    """Return an archive with a second end that speaks of a directory without end."""
    data = docx(parts={"word/document.xml": GOOD})
    place = data.rfind(b"PK\x05\x06")
    far = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 10**6, 10**6, 10**8, 0)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, place, 1)
    return data[:place] + far + locator + data[place:]


def other_method() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as target:
        target.writestr("word/document.xml", GOOD)
    return out.getvalue()


def overlapping() -> bytes:
    """Return an archive in which two names point at the same bytes."""
    data = bytearray(docx(parts={"word/document.xml": GOOD, "word/media/a.bin": b"x" * 4_000}))
    place = data.rfind(b"word/media/a.bin") - 46
    body = data.rfind(b"word/document.xml") - 46
    data[place + 42 : place + 46] = data[body + 42 : body + 46]
    return bytes(data)


def two_archives() -> bytes:
    """Return a good file with another good file before it: two programs would read two documents."""
    return docx(parts={"word/document.xml": GOOD}) + docx(parts={"word/document.xml": GOOD})


def exact_double() -> bytes:
    data = docx(parts={"word/document.xml": GOOD, "word/documenu.xml": GOOD})
    return data.replace(b"word/documenu.xml", b"word/document.xml")


def with_field(code: str) -> bytes:
    return with_body(document_xml(f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>"))


def nested_tables() -> str:
    return "<w:tbl><w:tr><w:tc>" * 80 + para("а") + "</w:tc></w:tr></w:tbl>" * 80


HOSTILE = {
    "empty": (b"", "Файл пустой. Проверьте, тот ли файл вы выбрали."),
    "blanks": (b" \n\n ", "Файл пустой. Проверьте, тот ли файл вы выбрали."),
    "too_big": (b"PK\x03\x04" + b"x" * MOST_BYTES, "Файл больше 20 МБ. Уменьшите рисунки или уберите их из файла."),
    "old_doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "Это старый формат .doc. Откройте в Word и сохраните как .docx."),
    "password": (b"\xd0\xcf\x11\xe0" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "rtf": (rb"{\rtf1\ansi test}", "Это формат .rtf. Откройте в Word и сохраните как .docx."),
    "pdf": (b"%PDF-1.7 test", "Это файл PDF, из него поля не читаются. Пришлите исходный файл Word (.docx)."),
    "pdf_and_zip": (b"%PDF-1.7\n" + docx(parts={"word/document.xml": GOOD}), "Это файл PDF, из него поля не читаются. Пришлите исходный файл Word (.docx)."),
    "text": ("Паспорт проекта".encode(), f"Это не файл Word. {CURE}"),
    "page": (b"<html><body>test</body></html>", f"Это не файл Word. {CURE}"),
    "program": (b"MZ\x90\x00" + b"x" * 100, f"Это не файл Word. {CURE}"),
    "cut_zip": (docx(parts={"word/document.xml": GOOD})[:900], BROKEN),
    "workbook": (archive({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>"}), f"Это не файл Word: в нём нет текста документа. {CURE}"),
    "bomb": (bomb(), "В распакованном виде файл больше 64 МБ. Уменьшите рисунки или уберите их из файла."),
    "big_body": (big_body(), "Текст файла больше 16 МБ. Разделите его или уберите лишнее."),
    "many_parts": (docx(parts={"word/document.xml": GOOD} | {f"word/p{place}.bin": b"" for place in range(2_001)}), UNSAFE.format("в нём больше 2000 частей")),
    "leaves_up": (with_part("../../etc/cron.d/x", "x"), NAMES),
    "leaves_root": (with_part("/etc/passwd", "x"), NAMES),
    "leaves_drive": (with_part("C:/windows/x", "x"), NAMES),
    "backslash": (with_raw_name("..\\..\\x"), NAMES),
    "zero_in_name": (with_raw_name("word/a\x00.xml"), NAMES),
    "turned_name": (with_raw_name("word/\u202egpj.exe"), NAMES),
    "symlink": (with_symlink(), UNSAFE.format("в нём есть ссылка на чужой файл")),
    "doubled_member": (doubled_member(), UNSAFE.format("части повторяются")),
    "forged_size": (forged_size(), BROKEN),
    "encrypted": (encrypted(), "Файл закрыт паролем. Снимите пароль и сохраните как .docx."),
    "macros": (with_part("word/vbaProject.bin", b"x"), MACROS),
    "macro_type": (with_part("[Content_Types].xml", CONTENT_TYPES.replace("wordprocessingml.document.main", "x.macroEnabled.main")), MACROS),
    "active_parts": (with_part("word/activeX/activeX1.xml", "<x/>"), MACROS),
    "doctype": (with_body(LAUGHS), DOCTYPE),
    "doctype_elsewhere": (with_part("word/styles.xml", LAUGHS), DOCTYPE),
    "doctype_utf16": (with_part("customXml/item1.xml", LAUGHS.encode("utf-16")), DOCTYPE),
    "entity_from_file": (with_body('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'), DOCTYPE),
    "not_utf8": (with_body(GOOD.encode("cp1251")), NOT_UTF8),
    "utf16": (with_body(GOOD.replace("UTF-8", "UTF-16").encode("utf-16")), NOT_UTF8),
    "other_encoding": (with_body(b'<?xml version="1.0" encoding="windows-1251"?><x/>'), NOT_UTF8),
    "broken_xml": (with_body(GOOD[:-30]), BROKEN),
    "deep": (deep(), BROKEN),
    "foreign_template": (with_relation("attachedTemplate", "https://example.org/x.dotm"), FOREIGN),
    "foreign_share": (with_relation("attachedTemplate", r"file://\\server\share\x.dotm"), FOREIGN),
    "foreign_picture": (with_relation("image", "http://example.org/x.png"), FOREIGN),
    "foreign_object": (with_relation("oleObject", "http://example.org/x.bin"), FOREIGN),
    "odt_password": (odt(odt_para("x"), parts={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}), "Файл закрыт паролем. Снимите пароль и сохраните как .docx."),
    "odt_macros": (odt(odt_para("x"), parts={"Basic/Standard/Module1.xml": "<x/>"}), MACROS),
    "line_break_in_name": (with_raw_name("word/a\n.xml"), NAMES),
    "dots_within": (with_part("word/../../x", "x"), NAMES),
    "exact_double": (exact_double(), UNSAFE.format("части повторяются")),
    "overlapping": (overlapping(), UNSAFE.format("части перекрываются")),
    "two_archives": (two_archives(), UNSAFE.format("перед его частями стоят чужие данные")),
    "forged_count": (forged_count(), MANY),
    "far_directory": (far_directory(), MANY),
    "sixty_thousand_parts": (archive({f"p{place}": b"" for place in range(60_000)}), MANY),
    "other_method": (other_method(), BROKEN),
    "no_directory": (docx(parts={"word/document.xml": GOOD})[:-22], BROKEN),
    "cut_body": (with_body(GOOD[: len(GOOD) // 2]), BROKEN),
    "macros_by_type": (with_part("[Content_Types].xml", CONTENT_TYPES.replace("application/xml", "application/vnd.ms-office.vbaProject")), MACROS),
    "macros_by_relation": (with_part("word/_rels/document.xml.rels", relations(("vbaProject", "x.bin", False))), MACROS),
    "commands": (with_field("DDEAUTO c:\\windows\\calc.exe"), COMMANDS),
    "foreign_frame": (with_relation("frame", "https://example.org/"), FOREIGN),
    "foreign_chunk": (with_relation("aFChunk", "https://example.org/x.html"), FOREIGN),
    "foreign_settings": (with_part("word/_rels/settings.xml.rels", relations(("attachedTemplate", "https://example.org/x.dotm", True))), FOREIGN),
    "doctype_utf16_body": (with_body(LAUGHS.encode("utf-16")), DOCTYPE),
    "doctype_utf16_big": (with_body(LAUGHS.encode("utf-16-be")), DOCTYPE),
    "doctype_utf32": (with_body(LAUGHS.encode("utf-32")), DOCTYPE),
    "doctype_in_relations": (with_part("word/_rels/document.xml.rels", LAUGHS), DOCTYPE),
    "parameter_entity": (with_body('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]><x/>'), DOCTYPE),
    "utf16_without_mark": (with_body("<w>latin</w>".encode("utf-16-le")), NOT_UTF8),
    "seven_bits": (with_body(b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-'), NOT_UTF8),
    "half_letter": (with_body(GOOD.encode()[:-100].rsplit(b"\xd0", 1)[0] + b"\xd0<"), NOT_UTF8),
    "big_part": (with_part("word/styles.xml", b"<w>" + b" " * (17 * 1024 * 1024) + b"</w>"), TOO_LONG),
    "big_body_elsewhere": (with_document_elsewhere(document_xml(para("а" * (9 * 1024 * 1024)))), TOO_LONG),
    "many_marks": (with_body(document_xml("<w:p/>" * 500_000)), COMPLEX),
    "many_tables": (with_body(document_xml("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 60_000)), COMPLEX),
    "nested_tables": (with_body(document_xml(nested_tables() * 1_000)), COMPLEX),
    "odt_foreign_picture": (odt('<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://example.org/x.png"/>'), FOREIGN),
    "odt_event": (odt('<script:event-listener xmlns:script="x" script:event-name="dom:load"/>'), MACROS),
    "two_forms": (two_forms(), "В файле две формы. Оставьте одну и загрузите файл ещё раз."),
}  # fmt: skip

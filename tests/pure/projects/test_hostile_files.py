"""Files that must not be read: each is refused with a sentence that names the cure."""

import io
import stat
import struct
import zipfile

import pytest

from innoset.projects.pure.reading import Outcome, Reading, read
from innoset.projects.pure.word_in import MOST_BYTES
from tests.pure.projects.layouts import title, triples
from tests.pure.projects.word_files import (
    CONTENT_TYPES,
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
FOREIGN = UNSAFE.format("он тянет части с чужого адреса")
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
    "two_forms": (two_forms(), "В файле две формы. Оставьте одну и загрузите файл ещё раз."),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_the_cure(name: str) -> None:
    data, reason = HOSTILE[name]
    assert read(data, f"{name}.docx") == Reading(Outcome.REFUSED, reason)


@pytest.mark.parametrize(
    ("kind", "target"),
    [("hyperlink", "https://example.org/"), ("attachedTemplate", r"file:///C:\Users\x\Normal.dotm")],
)
def test_harmless_links_do_not_spoil_a_file(kind: str, target: str) -> None:
    assert read(with_relation(kind, target)).outcome is Outcome.OK


NO_FORM = "В файле не найдена форма «Паспорт инновационного проекта (программы)». Проверьте, тот ли файл вы выбрали."
ORDER = (
    "ПРИКАЗ",
    "О присвоении статуса муниципальной инновационной площадки",
    "1. Присвоить статус организациям согласно приложению.",
    "2. Контроль оставляю за собой.",
    "Начальник управления ____________ И.И. Петрова",
)
BOOKLET = (
    "Муниципальная инновационная площадка",
    "ЦЕЛЬ – развитие наставничества",
    "I этап (2021-22 уч.г.)",
    "Разработка методических инструментов",
    "РЕЗУЛЬТАТ",
    "Новизна в том, что наставник и молодой учитель ведут общий класс.",
)


@pytest.mark.parametrize(
    "blocks",
    [(), ORDER, BOOKLET, tuple(["текст без всякой формы"] * 300)],
    ids=["empty", "order", "booklet", "long"],
)
def test_another_document_is_no_form(blocks: tuple[str, ...]) -> None:
    assert read(docx(*map(para, blocks))) == Reading(Outcome.NO_FORM_FOUND, NO_FORM)

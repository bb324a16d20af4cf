"""Old formats: taken when name and content agree, refused when they would run or fetch something."""

import pytest

from innoset.projects.pure.word_in import Refused
from innoset.projects.pure.word_in.older import older_kind, refusal_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOC = OLE + "WordDocument".encode("utf-16-le")
OLD_DOC = "Это старый формат .doc. Откройте в Word и сохраните как .docx."
OLD_RTF = "Это формат .rtf. Откройте в Word и сохраните как .docx."
OBJECTS = "В файле есть вставленные или связанные объекты. Откройте в Word и сохраните как .docx без них."
MACROS = "В файле есть макросы. Сохраните его в Word как обычный .docx, без макросов."
LOCKED = "Файл закрыт паролем. Снимите пароль в Word и сохраните как .docx."


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (DOC, "Паспорт.doc", "doc"),
        (DOC, "ПАСПОРТ.DOC", "doc"),
        (rb"{\rtf1\ansi}", "Паспорт.rtf", "rtf"),
        (rb"{\rtf1{\*\template C:\\Normal.dotm}}", "Паспорт.rtf", "rtf"),
        (b"PK\x03\x04", "Паспорт.doc", None),
        (b"PK\x03\x04", "Паспорт.docx", None),
        (b"", "Паспорт.doc", None),
    ],
)
def test_kind_by_name_and_content(data: bytes, name: str, kind: str | None) -> None:
    assert older_kind(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (DOC, "Паспорт.docx", OLD_DOC),
        (DOC, "Паспорт.rtf", OLD_DOC),
        (DOC, "Паспорт", OLD_DOC),
        (OLE + "Workbook".encode("utf-16-le"), "Паспорт.doc", OLD_DOC),
        (rb"{\rtf1 x}", "Паспорт.doc", OLD_RTF),
        (rb"{\rtf1 x}", "Паспорт.docx", OLD_RTF),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "Паспорт.docx", LOCKED),
        (DOC + "_VBA_PROJECT".encode("utf-16-le"), "Паспорт.doc", MACROS),
        (rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", "Паспорт.rtf", OBJECTS),
        (rb"{\rtf1{\*\template http://example.org/x.dotm}}", "Паспорт.rtf", OBJECTS),
        (rb'{\rtf1{\field{\*\fldinst INCLUDEPICTURE "http://example.org/x.png"}}}', "Паспорт.rtf", OBJECTS),
        (DOC + b" DDEAUTO c:\\calc.exe", "Паспорт.doc", OBJECTS),
    ],
)
def test_refused_with_the_cure(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        older_kind(data, name)
    assert caught.value.reason == reason


def test_sentence_where_no_program_is_installed() -> None:
    assert [refusal_of(kind).reason for kind in ("doc", "rtf")] == [OLD_DOC, OLD_RTF]

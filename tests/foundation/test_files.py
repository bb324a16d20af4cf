"""Private files: by hash, whole or not at all, typed by content."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions, kinds, storage
from tests import world

PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return buffer.getvalue()


@pytest.mark.django_db
def test_a_file_is_kept_by_its_hash_under_the_name_people_know() -> None:
    by = world.person()
    stored = actions.keep(PDF, name=" Отчёт\x00.pdf ", media_type=kinds.PDF, at=world.AT, by=by)
    digest = hashlib.sha256(PDF).hexdigest()
    assert (stored.sha256, stored.size, stored.name, stored.created_by) == (digest, len(PDF), "Отчёт.pdf", by)
    assert storage.path_of(digest).read_bytes() == storage.read(stored) == PDF
    again = actions.keep(PDF, name="Копия.pdf", media_type=kinds.PDF, at=world.AT)
    assert (again.sha256, again.pk != stored.pk) == (digest, True)


def test_a_full_disk_is_said_in_words_and_leaves_nothing_behind(settings: object, tmp_path: Path) -> None:
    blocked = tmp_path / "files"
    blocked.write_text("a file where a folder should be")
    settings.FILES_ROOT = blocked  # type: ignore[attr-defined]  # pytest-django's fixture
    with pytest.raises(Refusal, match="на сервере кончилось место"):
        storage.put(PDF)
    assert list(tmp_path.iterdir()) == [blocked]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, kinds.PDF),
        (PNG, kinds.PNG),
        (packed(word__document_xml=b"<w/>"), kinds.DOCX),
        (packed(xl__workbook_xml=b"<x/>"), kinds.XLSX),
        (packed(ppt__presentation_xml=b"<p/>"), kinds.PPTX),
        (packed(mimetype=kinds.ODT.encode()), kinds.ODT),
        (packed(word__document_xml=b"<w/>", word__vbaProject_bin=b"1"), kinds.MACROS),
        (packed(word__document_xml=b"<w/>", Basic__Standard__Module1=b"1"), kinds.MACROS),
        (
            packed(**{"[Content_Types]_xml": b"<Types>macroEnabled</Types>", "xl__workbook_xml": b""}),
            kinds.MACROS,
        ),
        (packed(**{"[Content_Types]_xml": b"<Types/>", "xl__workbook_xml": b""}), kinds.XLSX),
        (packed(other=b"1"), "application/zip"),
        (b"PK\x03\x04 broken", "application/zip"),
        (b"plain words", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, kind: str) -> None:
    assert kinds.kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Файл «а.pdf» пустой. Выберите другой файл."),
        (PDF + b"0" * 2**20, "Файл «а.pdf» больше 1 МБ. Уменьшите его или дайте ссылку в паспорте."),
        (b"MZ\x90\x00", "Файл «а.pdf» не подходит. Можно приложить: PDF, DOCX, ODT, XLSX, PPTX, JPEG, PNG."),
        (packed(a=b"1"), "Файл «а.pdf» не подходит. Можно приложить: PDF, DOCX, ODT, XLSX, PPTX, JPEG, PNG."),
        (
            packed(word__document_xml=b"<w/>", word__vbaProject_bin=b"1"),
            "В файле «а.pdf» есть макросы. Сохраните его без макросов и приложите снова.",
        ),
    ],
)
def test_an_attachment_that_does_not_do_is_refused_with_the_cure(data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        kinds.require_attachment("а.pdf", data, limit=2**20)
    assert (refused.value.text, refused.value.field) == (sentence, "file")


def test_an_attachment_that_does_is_named_by_its_kind() -> None:
    assert kinds.require_attachment("а.pdf", PDF, limit=2**20) == kinds.PDF


def test_a_picture_is_prepared_without_its_notes() -> None:
    made = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(made, "JPEG", comment=b"taken at home")
    given = actions.prepare(made.getvalue(), name="Фото.jpg", limit=2**20)
    assert (given.name, given.media_type, given.is_redrawn) == ("Фото.jpg", kinds.JPEG, True)
    assert (b"taken at home" in made.getvalue(), b"taken at home" in given.data) == (True, False)
    letter = actions.prepare(PDF, name="Письмо.pdf", limit=2**20)
    assert letter == actions.Given(PDF, "Письмо.pdf", kinds.PDF)
    assert not letter.is_redrawn

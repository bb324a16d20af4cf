"""A Word file and a passport: kept, read, carried over by ticks; a status comes with the order."""

import io
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx  # noqa: TID253  # reason: the test writes Word files
import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.foundation.files.storage import read
from innoset.foundation.sandbox import Limits
from innoset.network.models import Status
from innoset.network.states import Role
from innoset.projects import queries
from innoset.projects.actions import passports, words
from innoset.projects.models import Passport, WordImport
from innoset.projects.pure.forms import Signature
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.report_form import REPORT
from innoset.projects.pure.word_out import write_form
from tests import world
from tests.pure.projects.hostile import HOSTILE
from tests.pure.projects.layouts import three_columns
from tests.pure.projects.word_files import docx as docx_of
from tests.pure.projects.word_files import para

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"x" * 4_000
RTF = rb"{\rtf1\ansi test}"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")


@pytest.fixture
def passport() -> Passport:
    """A passport of a school in which nothing is written."""
    return world.project(world.organisation()).passport


def kept_by(passport: Passport, data: bytes, *, by: Any, at: datetime) -> WordImport:
    """Read the file apart and keep it."""
    file = words.read_file(data, "Паспорт.docx", passport.form_code)
    return words.keep_word(passport, file=file, by=by, at=at)


def test_kept_file_waits_with_its_reading(passport: Passport, at: datetime) -> None:
    editor, data = passport.project.created_by, write_form(PASSPORT, world.values())
    kept = kept_by(passport, data, by=editor, at=at)
    assert (read(kept.file), kept.file.name, kept.applied, kept.applied_at) == (
        data,
        "Паспорт.docx",
        {},
        None,
    )
    assert kept.reading["fields"] == world.values()
    assert {piece["key"] for piece in kept.reading["pieces"] if piece["kind"] == "value"} == {
        key for key, text in world.values().items() if text
    }
    assert queries.values_of(passport) == {}


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "Файл «Паспорт.docx» пустой. Выберите другой файл."), (b"MZ", None)]
)
def test_unreadable_file_is_refused_and_not_kept(
    passport: Passport, at: datetime, data: bytes, said: str | None
) -> None:
    with pytest.raises(Refusal) as caught:
        kept_by(passport, data, by=passport.project.created_by, at=at)
    assert caught.value.field == "file"
    assert said is None or caught.value.text == said
    assert WordImport.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    ["bomb", "deep", "sixty_thousand_parts", "doctype_utf16", "macros", "foreign_template", "two_forms"],
)
def test_hostile_file_is_refused_by_the_process_apart(passport: Passport, name: str) -> None:
    data, reason = HOSTILE[name]
    with pytest.raises(Refusal) as caught:
        words.read_file(data, "Паспорт.docx", passport.form_code)
    assert (caught.value.text, caught.value.field) == (reason, "file")


def test_reader_that_gives_no_answer_is_a_refusal(
    passport: Passport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits are the real ones, only narrower: there is no time at all."""
    monkeypatch.setattr(words, "LIMITS", Limits(seconds=0))
    with pytest.raises(Refusal) as caught:
        words.read_file(write_form(PASSPORT, world.values()), "Паспорт.docx", passport.form_code)
    assert caught.value.text == (
        "Файл читается слишком долго. Скопируйте текст в новый документ, сохраните его как .docx и загрузите ещё раз."
    )
    assert WordImport.objects.count() == 0


def test_date_of_the_signature_comes_along(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    signature = Signature(position="Директор", name="Ковалёва И. С.", signed_on="14.09.2021")
    data = write_form(PASSPORT, world.values(), signature=signature)
    kept = kept_by(passport, data, by=editor, at=at)
    words.apply_word(kept, keys=["6"], leftovers={}, by=editor, at=at)
    passport.refresh_from_db()
    assert (passport.signed_on, queries.values_of(passport)) == (
        date(2021, 9, 14),
        {"6": world.values()["6"]},
    )


def test_same_text_is_carried_over_once(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    data = write_form(PASSPORT, world.values())
    kept = kept_by(passport, data, by=editor, at=at)
    changed = [words.apply_word(kept, keys=["6", "7"], leftovers={}, by=editor, at=at) for _ in range(2)]
    assert changed == [2, 0]


def test_form_without_stages_is_read_too(at: datetime) -> None:
    school = world.organisation()
    editor = world.member(school)
    project = passports.start_project(school, title="", form_code="kip_report", by=editor, at=at)
    values = {field.key: f"Ответ на вопрос {field.key}. " * 6 for field in REPORT.fields}
    data = write_form(REPORT, values)
    kept = kept_by(project.passport, data, by=editor, at=at)
    keys = [key for key, text in kept.reading["fields"].items() if text]
    assert words.apply_word(kept, keys=keys, leftovers={}, by=editor, at=at) == len(keys) > 5


def test_leftover_begins_an_empty_field(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    document = docx.Document(io.BytesIO(write_form(PASSPORT, world.values())))
    row = document.tables[0].add_row()
    row.cells[1].text, row.cells[2].text = "Партнёры проекта", "Приречный колледж"
    out = io.BytesIO()
    document.save(out)
    kept = kept_by(passport, out.getvalue(), by=editor, at=at)
    place = next(n for n, text in enumerate(kept.reading["leftovers"]) if "колледж" in text)
    words.apply_word(kept, keys=[], leftovers={place: "14"}, by=editor, at=at)
    assert queries.values_of(passport) == {"14": kept.reading["leftovers"][place]}


def test_outsider_neither_reads_nor_carries(passport: Passport, at: datetime) -> None:
    stranger, data = world.member(world.organisation()), write_form(PASSPORT, world.values())
    with pytest.raises(PermissionDenied):
        kept_by(passport, data, by=stranger, at=at)
    editor = passport.project.created_by
    kept = kept_by(passport, data, by=editor, at=at)
    with pytest.raises(PermissionDenied):
        words.apply_word(kept, keys=["6"], leftovers={}, by=stranger, at=at)
    assert queries.values_of(passport) == {}


def old_file(folder: Path, kind: str, *blocks: str) -> bytes:
    """Let the office program write an old file, as an old program would have."""
    source = folder / "source.docx"
    source.write_bytes(docx_of(*blocks) if blocks else three_columns().data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    filters = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}
    command = ["soffice", profile, "--headless", "--convert-to", filters[kind], "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / f"source.{kind}").read_bytes()


@pytest.mark.one_engine
@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_old_file_is_turned_and_kept_as_it_came(
    passport: Passport, at: datetime, tmp_path: Path, kind: str
) -> None:
    data = old_file(tmp_path, kind)
    file = words.read_file(data, f"Паспорт.{kind.upper()}", passport.form_code)
    kept = words.keep_word(passport, file=file, by=passport.project.created_by, at=at)
    assert kept.reading["fields"] == three_columns().expected()
    assert (kept.reading["converted"], read(kept.file)) == (kind, data)


@pytest.mark.one_engine
@needs_office
def test_old_file_without_the_form_is_refused_with_the_cure(passport: Passport, tmp_path: Path) -> None:
    data = old_file(tmp_path, "rtf", para("Приказ о конкурсе"))
    with pytest.raises(Refusal) as caught:
        words.read_file(data, "Приказ.rtf", passport.form_code)
    assert caught.value.text == (
        "В файле не найдена форма «Паспорт инновационного проекта (программы)». Проверьте, тот ли файл вы "
        "выбрали. Если форма в нём есть, откройте файл в Word, сохраните как .docx и загрузите ещё раз."
    )


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (OLE, "Паспорт.doc", "Это старый формат .doc. Откройте в Word и сохраните как .docx."),
        (RTF, "Паспорт.rtf", "Это формат .rtf. Откройте в Word и сохраните как .docx."),
    ],
)
def test_old_file_is_refused_where_there_is_no_office_program(
    passport: Passport, settings: Any, data: bytes, name: str, text: str
) -> None:
    settings.OFFICE_PROGRAM = "no-such-office-program"
    with pytest.raises(Refusal) as caught:
        words.read_file(data, name, passport.form_code)
    assert (caught.value.text, caught.value.field) == (text, "file")


@pytest.mark.one_engine
@needs_office
def test_rubbish_with_an_old_name_is_refused(passport: Passport) -> None:
    with pytest.raises(Refusal) as caught:
        words.read_file(OLE, "Паспорт.doc", passport.form_code)
    assert caught.value.text == "Это старый формат .doc. Откройте в Word и сохраните как .docx."


def test_status_is_tied_by_whoever_confirms_orders(passport: Passport, at: datetime) -> None:
    project = passport.project
    status = Status.objects.create(
        organisation=project.organisation,
        kind=world.status_kind(),
        theme="Школа наставников",
        order=world.order(),
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=1000),
        created_at=at,
    )
    with pytest.raises(PermissionDenied):
        passports.attach_status(project, status=status, by=project.created_by, at=at)
    approver = world.member(world.organisation(), Role.APPROVER)
    passports.attach_status(project, status=status, by=approver, at=at)
    project.refresh_from_db()
    assert project.status == status

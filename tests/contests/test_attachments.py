"""Files of an application that come in pieces, are pictures, or carry a virus."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from innoset.contests.actions import attachments as actions
from innoset.contests.actions import sendings
from innoset.contests.models import Application, Attachment
from innoset.contests.queries import applications as queries
from innoset.contests.queries.attachments import infected_of, objection_to_files, unfinished_of
from innoset.foundation.errors import Refusal
from innoset.foundation.files import parts, storage
from innoset.foundation.files.models import StoredFile, Upload
from innoset.foundation.files.states import Scan
from tests import world

pytestmark = pytest.mark.django_db

AT = world.AT
PDF = b"%PDF-1.7\n" + b"0" * 991
EVERY = ("terms", "publicity", "rights")


def begin(to: Application, data: bytes = PDF, name: str = "Письмо.pdf", **more: Any) -> Upload:
    return actions.begin_file(to, name=name, size=len(data), by=to.created_by, at=AT, title="Письмо", **more)


def piece(to: Application, upload: Upload, offset: int, data: bytes) -> Upload:
    return actions.receive_piece(to, upload=upload, offset=offset, data=data, by=to.created_by, at=AT)


@pytest.fixture
def draft() -> Application:
    return world.application()


def test_last_piece_attaches_the_file(draft: Application) -> None:
    upload = begin(draft)
    assert list(unfinished_of(draft, draft.created_by)) == [upload]
    assert (piece(draft, upload, 0, PDF[:600]).finished_at, queries.files_of(draft)) == (None, [])
    assert piece(draft, upload, 600, PDF[600:]).finished_at == AT
    (added,) = queries.attachments_of(draft)
    assert (added.file.name, added.title, added.added_by, storage.read(added.file)) == (
        "Письмо.pdf", "Письмо", draft.created_by, PDF,
    )  # fmt: skip
    assert list(unfinished_of(draft, draft.created_by)) == []


def test_last_piece_repeated_changes_nothing(draft: Application) -> None:
    upload = begin(draft)
    piece(draft, upload, 0, PDF)
    upload.refresh_from_db()
    assert piece(draft, upload, 0, PDF).finished_at == AT
    assert len(queries.files_of(draft)) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"MZ" + b"0" * 100, "Файл «Письмо.pdf» не подходит. Можно приложить: PDF, DOCX, ODT, XLSX, PPTX, JPEG, PNG."),
        (
            b"\xff\xd8\xff\xe0broken",
            "Рисунок не открывается: файл повреждён. Сохраните его заново и приложите снова.",
        ),
    ],
)  # fmt: skip
def test_file_that_will_not_do_is_refused_and_frees_its_place(
    draft: Application, data: bytes, said: str, django_capture_on_commit_callbacks: Any
) -> None:
    upload = begin(draft, data)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refusal) as refused:
        piece(draft, upload, 0, data)
    assert (refused.value.text, queries.files_of(draft)) == (said, [])
    assert (Upload.objects.count(), parts.path_of(upload.token).exists()) == (0, False)


def test_full_disk_lets_the_file_be_ended_later(draft: Application, settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    upload = begin(draft)
    piece(draft, upload, 0, PDF[:-1])
    blocked = storage.path_of(hashlib.sha256(PDF).hexdigest()).parents[1]
    blocked.write_text("a file where a folder should be")
    with pytest.raises(storage.NoRoom):
        piece(draft, upload, len(PDF) - 1, PDF[-1:])
    upload.refresh_from_db()
    assert (upload.received, upload.finished_at, queries.files_of(draft)) == (len(PDF), None, [])
    blocked.unlink()
    assert piece(draft, upload, len(PDF), b"").finished_at == AT
    assert [one.name for one in queries.files_of(draft)] == ["Письмо.pdf"]


def test_part_that_was_cut_on_the_disk_is_not_taken_for_the_file(draft: Application) -> None:
    upload = begin(draft)
    piece(draft, upload, 0, PDF[:-1])
    Upload.objects.filter(pk=upload.pk).update(received=len(PDF))
    with pytest.raises(Refusal, match="Часть файла на сервере пропала"):
        piece(draft, upload, len(PDF), b"")
    assert (Upload.objects.count(), queries.files_of(draft)) == (0, [])


def test_same_file_is_attached_once_by_pieces_too(draft: Application) -> None:
    piece(draft, begin(draft), 0, PDF)
    with pytest.raises(Refusal, match="уже приложен"):
        piece(draft, begin(draft, name="Копия.pdf"), 0, PDF)
    assert (len(queries.files_of(draft)), Upload.objects.count()) == (1, 1)


def test_no_place_is_opened_for_an_eleventh_file_or_after_the_deadline(draft: Application) -> None:
    editor = draft.created_by
    for number in range(10):
        actions.attach_file(draft, data=PDF + b"%d" % number, name=f"{number}.pdf", by=editor, at=AT)
    with pytest.raises(Refusal, match="не больше 10 файлов"):
        begin(draft)
    late = world.DEADLINE + timedelta(minutes=1)
    with pytest.raises(Refusal, match="Приём заявок закончился"):
        actions.begin_file(draft, name="а.pdf", size=9, by=editor, at=late)


def test_eleventh_file_does_not_come_back(draft: Application) -> None:
    editor = draft.created_by
    gone = actions.attach_file(draft, data=PDF, name="убранный.pdf", by=editor, at=AT)
    actions.remove_file(gone, by=editor, at=AT)
    for number in range(10):
        actions.attach_file(draft, data=PDF + b"%d" % number, name=f"{number}.pdf", by=editor, at=AT)
    with pytest.raises(Refusal, match="не больше 10 файлов"):
        actions.restore_file(gone, by=editor, at=AT)


def test_stranger_begins_nothing_and_a_colleague_does_not_go_on(draft: Application) -> None:
    with pytest.raises(PermissionDenied):
        actions.begin_file(draft, name="а.pdf", size=9, by=world.person(), at=AT)
    upload, colleague = begin(draft), world.member(draft.organisation)
    with pytest.raises(PermissionDenied):
        actions.receive_piece(draft, upload=upload, offset=0, data=PDF, by=colleague, at=AT)


def test_photograph_is_kept_without_its_notes(draft: Application) -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "JPEG", comment=b"taken at home")
    added = actions.attach_file(draft, data=made.getvalue(), name="Фото.jpg", by=draft.created_by, at=AT)
    kept = storage.read(added.file)
    assert (b"taken at home" in made.getvalue(), b"taken at home" in kept) == (True, False)
    assert (added.file.size, added.file.media_type) == (len(kept), "image/jpeg")


# ── A virus ─────────────────────────────────────────────────────────────────


def scanned(draft: Application, scan: Scan) -> Attachment:
    added = actions.attach_file(draft, data=PDF, name="Счёт.pdf", by=draft.created_by, at=AT)
    StoredFile.objects.filter(pk=added.file_id).update(scan=scan)
    return added


def send(draft: Application) -> None:
    sendings.submit(draft, key="k1", consents=EVERY, address=world.ADDRESS, by=draft.created_by, at=AT)


def test_file_with_a_virus_holds_the_sending_back_until_it_is_removed(draft: Application) -> None:
    added = scanned(draft, Scan.INFECTED)
    said = "В файле «Счёт.pdf» найден вирус. Уберите его из заявки и приложите чистый файл."
    assert ([one.pk for one in infected_of(draft)], objection_to_files(draft)) == ([added.pk], said)
    with pytest.raises(Refusal) as refused:
        send(draft)
    assert refused.value.text == said
    actions.remove_file(added, by=draft.created_by, at=AT)
    send(draft)
    assert draft.submissions.count() == 1


@pytest.mark.parametrize("scan", [Scan.OFF, Scan.WAITING, Scan.CLEAN])
def test_any_other_file_goes_with_the_application(draft: Application, scan: Scan) -> None:
    added = scanned(draft, scan)
    assert objection_to_files(draft) == ""
    send(draft)
    assert [one.pk for one in draft.submissions.get().files.all()] == [added.file_id]

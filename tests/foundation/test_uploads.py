"""A file in pieces: in order, whole, no more than promised, never half-written."""

import contextlib
import hashlib
import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given as always
from hypothesis import settings as tries
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from innoset.accounts.models import User
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions, jobs, kinds, parts, queries, storage
from innoset.foundation.files.actions import Given, uploads
from innoset.foundation.files.models import StoredFile, Upload
from tests import world

AT = world.AT
MEGA = 2**20
PIECE = uploads.MOST_CHUNK


def begun(size: int = 10, name: str = "Фото.jpg", *, by: User | None = None, about: str = "x.Y:1") -> Upload:
    place = Upload(about=about, name=name, size=size, title="Снимок")
    return uploads.begin_upload(place, by=by or world.person(), at=AT)


def put(upload: Upload, offset: int, data: bytes, *, by: User | None = None) -> Upload:
    return uploads.receive_chunk(upload, offset=offset, data=data, by=by or upload.created_by, at=AT)


def on_disk() -> list[tuple[str, bytes]]:
    folder = parts.path_of("0" * 32).parent
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())] if folder.is_dir() else []


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


# ── To begin ────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_begun_upload_waits_for_its_first_byte() -> None:
    by = world.person()
    upload = begun(7 * MEGA, "../Фото\x00.jpg", by=by)
    assert (upload.name, upload.title, upload.size, upload.received) == ("Фото.jpg", "Снимок", 7 * MEGA, 0)
    assert (upload.created_by, upload.created_at, upload.touched_at) == (by, AT, AT)
    assert list(queries.uploads_of(by, "x.Y:1")) == [upload]
    assert list(queries.uploads_of(by, "x.Y:2")) == list(queries.uploads_of(world.person(), "x.Y:1")) == []
    assert on_disk() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "Файл «Фото.jpg» пустой. Выберите другой файл."),
        (-1, "Файл «Фото.jpg» пустой. Выберите другой файл."),
        (20 * MEGA + 1, "Файл «Фото.jpg» больше 20 МБ. Уменьшите его или дайте ссылку в паспорте."),
    ],
)
def test_size_that_will_not_do_is_refused_beforehand(size: int, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        begun(size)
    assert (refused.value.text, refused.value.field) == (said, "file")
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_room_for_unfinished_files_of_one_person_has_an_end() -> None:
    by = world.person()
    first = [begun(20 * MEGA, f"{n}.jpg", by=by, about=f"x.Y:{n}") for n in range(5)]
    with pytest.raises(Refusal) as refused:
        begun(1, by=by)
    assert refused.value.text == (
        "Недогруженных файлов больше 100 МБ. Догрузите их или уберите, потом начните новый."
    )
    assert begun(1).received == 0  # another person's room is their own
    uploads.drop_upload(first[0], by=by, at=AT)
    assert begun(20 * MEGA, by=by).received == 0


@pytest.mark.django_db
def test_same_file_begun_again_goes_on() -> None:
    upload = begun(10)
    put(upload, 0, b"01234")
    place = Upload(about="x.Y:1", name="Фото.jpg", size=10, title="Другая подпись")
    again = uploads.begin_upload(place, by=upload.created_by, at=AT + timedelta(hours=1))
    assert (again.pk, again.received, again.title) == (upload.pk, 5, "Другая подпись")
    assert again.touched_at == AT + timedelta(hours=1)
    others = [begun(11, by=upload.created_by), begun(10, "Б.jpg", by=upload.created_by), begun(10)]
    assert upload.pk not in [one.pk for one in others]


# ── To go on ────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_pieces_follow_each_other_and_are_kept() -> None:
    upload = begun(10)
    assert [put(upload, 0, b"0123").received, put(upload, 4, b"456789").received] == [4, 10]
    assert on_disk() == [(upload.token, b"0123456789")]
    assert parts.digest(upload.token, 4) == hashlib.sha256(b"0123").hexdigest()
    assert put(upload, 10, b"").received == 10  # asked once more for the end
    mode = parts.path_of(upload.token).stat().st_mode & 0o777
    assert (oct(mode), oct(parts.path_of(upload.token).parent.stat().st_mode & 0o777)) == ("0o600", "0o700")


@pytest.mark.django_db
@pytest.mark.parametrize("offset", [-1, 0, 3, 5, 10])
def test_piece_out_of_place_is_told_the_true_place(offset: int) -> None:
    upload = begun(10)
    put(upload, 0, b"0123")
    with pytest.raises(uploads.WrongOffset) as refused:
        put(upload, offset, b"xx")
    assert (refused.value.received, on_disk()) == (4, [(upload.token, b"0123")])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "piece"), [(10, b"0" * 11), (MEGA, b"0" * (PIECE + 1))], ids=["than promised", "at once"]
)
def test_no_more_is_taken(size: int, piece: bytes) -> None:
    upload = begun(size)
    with pytest.raises(Refusal, match="Пришло больше, чем обещано"):
        put(upload, 0, piece)
    upload.refresh_from_db()
    assert (upload.received, on_disk()) == (0, [])


@pytest.mark.django_db
def test_what_a_broken_attempt_left_is_written_over() -> None:
    upload = begun(10)
    put(upload, 0, b"0123")
    with parts.path_of(upload.token).open("ab") as file:
        file.write(b"half a piece of a worker that was killed")
    put(upload, 4, b"456789")
    assert on_disk() == [(upload.token, b"0123456789")]


@pytest.mark.django_db
def test_lost_beginning_is_never_filled_with_nothing() -> None:
    upload = begun(10)
    put(upload, 0, b"0123")
    parts.path_of(upload.token).unlink()
    with pytest.raises(Refusal) as refused:
        put(upload, 4, b"456789")
    assert refused.value.text == (
        "Начало файла на сервере пропало. Уберите недогруженный файл и выберите его снова."
    )


@pytest.mark.django_db
def test_nobody_else_goes_on_ends_or_drops() -> None:
    upload, stranger = begun(4), world.person()
    for deed in (
        lambda: put(upload, 0, b"0123", by=stranger),
        lambda: uploads.finish_upload(upload, given=Given(b"0", "а", kinds.PDF), by=stranger, at=AT),
        lambda: uploads.drop_upload(upload, by=stranger, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert on_disk() == []


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "0" * 31, "G" * 32])
def test_token_never_leads_out_of_the_folder(token: str) -> None:
    with pytest.raises(ValueError, match="^" if not token else token[:3].replace(".", r"\.")):
        parts.path_of(token)


class TestInterleavings(TestCase):
    """Pieces repeated, lost, cut and out of order, as a bad line delivers them."""

    @tries(max_examples=40)
    @always(data=st.binary(min_size=1, max_size=400), plan=st.lists(st.integers(0, 7), max_size=40))
    def test_file_is_whole_however_its_pieces_come(self, data: bytes, plan: list[int]) -> None:
        upload, at = begun(len(data), f"{len(data)}.bin"), 0
        for step in [*plan, *[0] * len(data)]:
            size = 1 + step * 9
            offset = max(0, at - size) if step == 3 else at + (step == 5)
            try:
                got = put(upload, offset, data[offset : offset + size]).received
                at = got if step != 2 else at  # the answer is lost now and then
            except uploads.WrongOffset as no:
                at = no.received
            if at == len(data):
                break
        upload.refresh_from_db()
        assert (upload.received, parts.read(upload.token, len(data))) == (len(data), data)


# ── To end ──────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_finished_upload_is_a_file_by_its_hash_and_no_part(django_capture_on_commit_callbacks: Any) -> None:
    upload = begun(13, "Письмо.pdf")
    put(upload, 0, b"%PDF-1.7 text")
    given = actions.prepare(parts.read(upload.token, 13), name=upload.name, limit=MEGA)
    with django_capture_on_commit_callbacks(execute=True):
        stored = uploads.finish_upload(upload, given=given, by=upload.created_by, at=AT)
    assert (stored.name, stored.media_type, storage.read(stored)) == (
        "Письмо.pdf",
        kinds.PDF,
        b"%PDF-1.7 text",
    )
    upload.refresh_from_db()
    assert (upload.file, upload.finished_at, on_disk()) == (stored, AT, [])
    assert uploads.finish_upload(upload, given=given, by=upload.created_by, at=AT) == stored
    assert StoredFile.objects.count() == 1
    assert list(queries.unfinished_of(upload.created_by)) == []
    with pytest.raises(Refusal, match="уже загружен целиком"):
        uploads.drop_upload(upload, by=upload.created_by, at=AT)


@pytest.mark.django_db
def test_pieces_leave_one_entry_in_the_audit_not_eighty() -> None:
    upload = begun(10)
    for offset in range(10):
        put(upload, offset, b"0")
    assert [one.deed for one in Entry.objects.all()] == ["files.begin_upload"]


@pytest.mark.django_db
def test_dropped_upload_leaves_nothing(django_capture_on_commit_callbacks: Any) -> None:
    upload = begun(10)
    put(upload, 0, b"0123")
    with django_capture_on_commit_callbacks(execute=True):
        uploads.drop_upload(upload, by=upload.created_by, at=AT)
    assert (Upload.objects.count(), on_disk()) == (0, [])


@pytest.mark.django_db
def test_after_a_day_nothing_is_left_but_what_still_comes() -> None:
    old, new = begun(10, "старый.pdf"), begun(10, "новый.pdf")
    for upload in (old, new):
        put(upload, 0, b"0123")
    Upload.objects.filter(pk=old.pk).update(touched_at=AT - timedelta(hours=24, seconds=1))
    orphan, young = parts.path_of("a" * 32), parts.path_of("b" * 32)
    long_ago = (AT - timedelta(hours=25)).timestamp()
    for path in (orphan, young):
        path.write_bytes(b"of a worker that was killed")
    for path in (orphan, parts.path_of(old.token), parts.path_of(new.token)):
        os.utime(path, (long_ago, long_ago))
    os.utime(young, (AT.timestamp(), AT.timestamp()))
    assert uploads.forget_stale(at=AT) == 1
    assert list(Upload.objects.all()) == [new]
    assert [name for name, _ in on_disk()] == sorted([new.token, young.name])


@pytest.mark.django_db
def test_clearing_an_empty_house_is_no_work() -> None:
    assert jobs.forget_stale_uploads.func() == 0


# ── A full disk ─────────────────────────────────────────────────────────────


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], check=False)
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    settings.FILES_ROOT = disk / "files"
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def fill(path: Path) -> None:
    """Take all the room that is left on the disk."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"0" * 4096)


def every_file(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_on_a_full_disk_files_are_whole_or_refused(small_disk: Path) -> None:
    kept, refused = [], set()
    for number in range(20):
        data = bytes([number]) * 100_000
        try:
            kept.append((storage.put(data), data))
        except storage.NoRoom as no:
            refused.add(no.text)
    assert 5 <= len(kept) <= 11
    assert refused == {"Файл не сохранён: на сервере кончилось место. Повторите позже."}
    assert every_file(small_disk) == dict(kept)


def test_plain_writing_would_leave_halves(small_disk: Path) -> None:
    """The control: what a disk does to files that are simply written."""
    for number in range(20):
        try:
            (small_disk / f"{number}").write_bytes(bytes([number]) * 100_000)
        except OSError:
            continue
    assert {len(data) for data in every_file(small_disk).values()} > {100_000}


@pytest.mark.django_db
def test_full_disk_leaves_what_was_acknowledged_and_the_file_can_go_on(small_disk: Path) -> None:
    upload = begun(300_000)
    put(upload, 0, b"0" * 100_000)
    filler = small_disk / "filler"
    fill(filler)
    with pytest.raises(storage.NoRoom):
        put(upload, 100_000, b"1" * 200_000)
    upload.refresh_from_db()
    assert (upload.received, every_file(small_disk)[upload.token]) == (100_000, b"0" * 100_000)
    filler.unlink()
    assert put(upload, 100_000, b"1" * 200_000).received == 300_000


@pytest.mark.django_db
def test_folder_that_cannot_be_made_is_said_in_words(settings: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    settings.FILES_ROOT = blocked
    with pytest.raises(storage.NoRoom):
        put(begun(10), 0, b"0123")

"""Taking a file in pieces: begun, continued from where it broke, ended; cleared away when left."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import parts, queries
from innoset.foundation.files.actions.files import Given, keep_given
from innoset.foundation.files.kinds import require_size
from innoset.foundation.files.models import StoredFile, Upload
from innoset.foundation.files.pure.names import clean_name
from innoset.foundation.policy import may

CHUNK = 256 * 1024
"""Bytes of a piece that a browser is asked for: half a minute at 64 kbit/s."""
MOST_CHUNK = 512 * 1024
KEPT = timedelta(hours=24)


class WrongOffset(Refusal):  # reason: the word of the house
    """The piece does not continue what has arrived; `received` says from where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__("Часть файла пришла не по порядку. Загрузка продолжится с верного места.")
        self.received = received


@action("files.begin_upload")
def begin_upload(upload: Upload, *, by: Any, at: datetime) -> Upload:
    """Open an upload for a file of this size, or find the one begun before with this name and size.

    Too large a file, or too many at once, is refused before anything is sent.
    """
    upload.name = clean_name(upload.name)
    require_size(upload.name, upload.size, limit=settings.FILES_MAX_BYTES)
    if earlier := _begun_before(upload, by):
        earlier.title, earlier.touched_at = upload.title, at
        earlier.save(update_fields=["title", "touched_at"])
        return earlier
    if queries.unfinished_bytes_of(by) + upload.size > settings.FILES_UNFINISHED_MAX_BYTES:
        most = settings.FILES_UNFINISHED_MAX_BYTES // 2**20
        raise Refusal(
            f"Недогруженных файлов больше {most} МБ. Догрузите их или уберите, потом начните новый.",
            field="file",
        )
    upload.token, upload.created_by = uuid4().hex, by
    upload.created_at = upload.touched_at = at
    upload.save()
    ledger.note(name=upload.name, size=upload.size)
    return upload


def _begun_before(upload: Upload, by: Any) -> Upload | None:
    """Return the unfinished upload of the same file, as far as name and size tell."""
    same = queries.unfinished_of(by, upload.about).filter(name=upload.name, size=upload.size)
    return same.order_by("-id").first()


def receive_chunk(upload: Upload, *, offset: int, data: bytes, by: Any, at: datetime) -> Upload:
    """Put the next piece on the disk and return how far the file has come.

    A piece leaves no entry in the audit: eighty of them are one deed, and that one does. Otherwise
    it is a deed like all: lock, policy, all or nothing.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if not may(by, "files.receive_chunk", upload):
            raise PermissionDenied
        _require_next(upload, offset, data)
        if data:
            parts.write(upload.token, data, offset=offset)
        upload.received, upload.touched_at = offset + len(data), at
        upload.save(update_fields=["received", "touched_at"])
    return upload


def _require_next(upload: Upload, offset: int, data: bytes) -> None:
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if len(data) > MOST_CHUNK or offset + len(data) > upload.size:
        raise Refusal("Пришло больше, чем обещано. Уберите недогруженный файл и выберите его снова.")


@action("files.finish_upload")
def finish_upload(upload: Upload, *, given: Given, by: Any, at: datetime) -> StoredFile:
    """Keep the arrived file by its hash; the part goes when that is certain."""
    if upload.file is not None:
        return upload.file
    upload.file, upload.finished_at, upload.touched_at = keep_given(given, at=at, by=by), at, at
    upload.save(update_fields=["file", "finished_at", "touched_at"])
    transaction.on_commit(lambda: parts.drop(upload.token))
    ledger.note(name=given.name, sha256=upload.file.sha256)
    return upload.file


@action("files.drop_upload")
def drop_upload(upload: Upload, *, by: Any, at: datetime) -> None:
    """Give up an unfinished upload and free its room."""
    if upload.finished_at is not None:
        raise Refusal("Этот файл уже загружен целиком.")
    token = upload.token
    ledger.note(name=upload.name, received=upload.received)
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: parts.drop(token))


def forget_stale(*, at: datetime) -> int:
    """Clear away uploads that nobody has touched for a day, and parts that belong to none."""
    before = at - KEPT
    _, gone = Upload.objects.filter(touched_at__lt=before).delete()
    kept = set(Upload.objects.values_list("token", flat=True).order_by("token"))
    parts.sweep(kept, before=before)
    return gone.get("files.Upload", 0)

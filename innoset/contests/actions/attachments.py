"""Files that go with an application."""

from datetime import datetime
from typing import Any

from django.conf import settings

from innoset.contests.models import Application, Attachment
from innoset.contests.pure import annexes
from innoset.contests.queries import applications as queries
from innoset.foundation import sandbox
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files import parts
from innoset.foundation.files.actions import Given, uploads
from innoset.foundation.files.models import Upload
from innoset.foundation.files.queries import FileClosed, content_for
from innoset.foundation.files.storage import NoRoom

_READING = sandbox.Limits(memory=512 * sandbox.MIB, seconds=20)


def attach_file(
    application: Application, *, data: bytes, name: str, by: Any, at: datetime, title: str = ""
) -> Attachment:
    """Add a file to the application; its kind is found by content, a picture is drawn anew."""
    given = files.prepare(data, name=name, limit=settings.FILES_MAX_BYTES)
    return attach_given(application, given=given, title=title, by=by, at=at)


@action("contests.attach_file")
def attach_given(
    application: Application, *, given: Given, title: str, by: Any, at: datetime, upload: Upload | None = None
) -> Attachment:
    """Add a prepared file to the application; one that came in pieces ends its upload by it."""
    queries.refuse_closed(application, at)
    _refuse_too_many(application)
    if upload is None:
        stored = files.keep_given(given, at=at, by=by)
    else:
        stored = uploads.finish_upload(upload, given=given, by=by, at=at)
    if any(stored.sha256 == file.sha256 for file in queries.files_of(application)):
        raise Refusal(f"Файл «{given.name}» уже приложен.", field="file")
    ledger.note(name=stored.name, sha256=stored.sha256)
    return Attachment.objects.create(
        application=application, file=stored, title=title.strip()[:200], added_at=at, added_by=by
    )


def _refuse_too_many(application: Application) -> None:
    most = settings.FILES_MOST_PER_APPLICATION
    if application.attachments.filter(removed_at=None).count() >= most:
        raise Refusal(f"К заявке можно приложить не больше {most} файлов. Уберите лишний.", field="file")


@action("contests.begin_file")
def begin_file(
    application: Application, *, name: str, size: int, by: Any, at: datetime, title: str = ""
) -> Upload:
    """Open a place for a file that will come in pieces; what will not be taken is refused before it is sent."""
    queries.refuse_closed(application, at)
    _refuse_too_many(application)
    place = Upload(about=ledger.address_of(application), name=name, size=size, title=title.strip()[:200])
    return uploads.begin_upload(place, by=by, at=at)


def receive_piece(
    application: Application, *, upload: Upload, offset: int, data: bytes, by: Any, at: datetime
) -> Upload:
    """Take the next piece of a file; the last one attaches it. A piece repeated after that changes nothing.

    A file that does not do is refused and its place freed; only a full disk lets it be ended later.
    """
    if upload.finished_at is not None:
        return upload
    arrived = uploads.receive_chunk(upload, offset=offset, data=data, by=by, at=at)
    if arrived.received < arrived.size:
        return arrived
    try:
        _attach_arrived(application, arrived, by=by, at=at)
    except NoRoom:
        raise
    except Refusal:
        uploads.drop_upload(arrived, by=by, at=at)
        raise
    return arrived


def _attach_arrived(application: Application, upload: Upload, *, by: Any, at: datetime) -> None:
    data = parts.read(upload.token, upload.size)
    if len(data) != upload.size:
        raise Refusal("Часть файла на сервере пропала. Выберите файл и загрузите его снова.", field="file")
    given = files.prepare(data, name=upload.name, limit=settings.FILES_MAX_BYTES)
    attach_given(application, given=given, title=upload.title, by=by, at=at, upload=upload)


@action("contests.remove_file")
def remove_file(attachment: Attachment, *, by: Any, at: datetime) -> None:
    """Take a file out of the application; it can be put back."""
    queries.refuse_closed(attachment.application, at)
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])


@action("contests.restore_file")
def restore_file(attachment: Attachment, *, by: Any, at: datetime) -> None:
    """Put back a file that was taken out, if there is still room for it."""
    queries.refuse_closed(attachment.application, at)
    _refuse_too_many(attachment.application)
    attachment.removed_at = None
    attachment.save(update_fields=["removed_at"])


def read_words(attachment: Attachment, *, at: datetime) -> None:
    """Keep the words of the file, for readers who may not see the file itself; done apart from any deed."""
    said = _words_of(attachment)
    Attachment.objects.filter(pk=attachment.pk).update(text=said["text"], read_note=said["note"], read_at=at)


def _words_of(attachment: Attachment) -> dict[str, Any]:
    try:
        data = content_for(attachment.file)
        said: dict[str, Any] = sandbox.run(annexes.APART, data, attachment.file.media_type, limits=_READING)
    except (OSError, FileClosed, sandbox.NoAnswer):
        return {"text": "", "note": annexes.BROKEN}
    return said

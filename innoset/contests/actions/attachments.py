"""Files that go with an application."""

from datetime import datetime
from typing import Any

from django.conf import settings

from innoset.contests.models import Application, Attachment
from innoset.contests.queries import applications as queries
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import require_attachment

MOST_FILES = 10


@action("contests.attach_file")
def attach_file(
    application: Application, *, data: bytes, name: str, by: Any, at: datetime, title: str = ""
) -> Attachment:
    """Add a file to the application; its kind is found by content."""
    queries.refuse_closed(application, at)
    kind = require_attachment(name, data, limit=settings.FILES_MAX_BYTES)
    present = queries.files_of(application)
    if len(present) >= MOST_FILES:
        raise Refusal(
            f"К заявке можно приложить не больше {MOST_FILES} файлов. Уберите лишний.", field="file"
        )
    stored = files.keep(data, name=name, media_type=kind, at=at, by=by)
    if any(stored.sha256 == file.sha256 for file in present):
        raise Refusal(f"Файл «{name}» уже приложен.", field="file")
    ledger.note(name=stored.name, sha256=stored.sha256)
    return Attachment.objects.create(
        application=application, file=stored, title=title.strip()[:200], added_at=at, added_by=by
    )


@action("contests.remove_file")
def remove_file(attachment: Attachment, *, by: Any, at: datetime) -> None:
    """Take a file out of the application; it can be put back."""
    queries.refuse_closed(attachment.application, at)
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])


@action("contests.restore_file")
def restore_file(attachment: Attachment, *, by: Any, at: datetime) -> None:
    """Put back a file that was taken out."""
    queries.refuse_closed(attachment.application, at)
    attachment.removed_at = None
    attachment.save(update_fields=["removed_at"])

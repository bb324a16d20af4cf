"""Keeping a file."""

from datetime import datetime
from typing import Any

from innoset.foundation.files import storage
from innoset.foundation.files.models import StoredFile


def keep(data: bytes, *, name: str, media_type: str, at: datetime, by: Any = None) -> StoredFile:
    """Store the bytes and register them under the name that people know."""
    return StoredFile.objects.create(
        sha256=storage.put(data),
        size=len(data),
        media_type=media_type,
        name=name.replace("\x00", "").strip()[-255:] or "файл",
        created_at=at,
        created_by=by,
    )

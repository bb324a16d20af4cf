"""Keeping a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innoset.foundation.files import scanner, storage
from innoset.foundation.files.kinds import PICTURES, require_attachment
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.pure.names import clean_name
from innoset.foundation.files.states import Scan


@dataclass(frozen=True, slots=True)
class Given:
    """A file that a person gave, judged by its content and, if it is a picture, drawn anew."""

    data: bytes
    name: str
    media_type: str

    @property
    def is_redrawn(self) -> bool:
        """Tell whether the notes of its making were taken out."""
        return self.media_type in PICTURES


def prepare(data: bytes, *, name: str, limit: int) -> Given:
    """Judge a given file and draw a picture anew; refuse what does not do, with the cure.

    It writes nothing and may take seconds: do it before the deed, outside any transaction.
    """
    known = clean_name(name)
    kind = require_attachment(known, data, limit=limit)
    if kind in PICTURES:
        # The library of pictures is large, and few requests need it.
        from innoset.foundation.files.pure.pictures import redraw  # noqa: PLC0415  # reason: reads a large library

        data = redraw(data, PICTURES[kind])
    return Given(data, known, kind)


def keep(
    data: bytes, *, name: str, media_type: str, at: datetime, by: Any = None, is_made_here: bool = False
) -> StoredFile:
    """Store the bytes and register them under the name that people know.

    What people give waits for the virus scanner, where there is one; what the house itself has
    printed (`is_made_here`) does not.
    """
    is_waiting = scanner.is_present() and not is_made_here
    return StoredFile.objects.create(
        sha256=storage.put(data),
        size=len(data),
        media_type=media_type,
        name=clean_name(name),
        scan=Scan.WAITING if is_waiting else Scan.OFF,
        created_at=at,
        created_by=by,
    )


def keep_given(given: Given, *, at: datetime, by: Any) -> StoredFile:
    """Store a file that was prepared."""
    return keep(given.data, name=given.name, media_type=given.media_type, at=at, by=by)

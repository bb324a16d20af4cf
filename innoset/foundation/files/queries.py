"""Reads of files: who may open one, what is still arriving, what waits for the virus scanner."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet, Sum

from innoset.foundation.files import storage
from innoset.foundation.files.kinds import PDF
from innoset.foundation.files.models import StoredFile, Upload
from innoset.foundation.files.pure.pages import pages_in
from innoset.foundation.files.states import Scan


class FileClosed(PermissionDenied):  # reason: says what is so, as the page does
    """The file may not be opened now: the sentence for the page."""


def objection_to_opening(stored: StoredFile, person: Any = None) -> str:
    """Say why the file is closed to the person (a stranger, if nobody is named); else an empty string.

    Until the scanner has looked at it, only whoever gave the file may have it back; with a virus, nobody.
    The sentence does not name the file: an expert may not learn whose it is.
    """
    if stored.scan == Scan.INFECTED:
        return "В файле найден вирус. Файл закрыт для всех."
    is_own = person is not None and stored.created_by_id is not None and person.pk == stored.created_by_id
    if stored.scan == Scan.WAITING and not is_own:
        return "Файл ждёт проверки на вирусы. Обычно это несколько минут: откройте его позже."
    return ""


def content_for(stored: StoredFile, person: Any = None) -> bytes:
    """Return the bytes to be handed out: the one gate for every door. A closed file is refused in words."""
    if objection := objection_to_opening(stored, person):
        raise FileClosed(objection)
    return storage.read(stored)


def pages_of(stored: StoredFile) -> int | None:
    """Return how many pages a stored PDF says it has; None of other files, and of one that is not there."""
    return _pages_by_hash(stored.sha256) if stored.media_type == PDF else None


@lru_cache(maxsize=2048)
def _pages_by_hash(sha256: str) -> int | None:
    """Look once: what lies under a hash never changes."""
    try:
        return pages_in(storage.path_of(sha256).read_bytes())
    except OSError:
        return None


def uploads_of(person: Any, about: str) -> QuerySet[Upload]:
    """Return what the person has begun to give for this thing, arrived or not."""
    return Upload.objects.filter(created_by=person.pk, about=about).select_related("file")


def unfinished_of(person: Any, about: str | None = None) -> QuerySet[Upload]:
    """Return what the person has begun and not ended, for this thing or for all."""
    mine = Upload.objects.filter(created_by=person.pk, finished_at=None)
    return mine if about is None else mine.filter(about=about)


def unfinished_bytes_of(person: Any) -> int:
    """Return how much room the unfinished files of the person may take."""
    return unfinished_of(person).aggregate(total=Sum("size"))["total"] or 0


def waiting_for_scan() -> QuerySet[StoredFile]:
    """Return what the scanner has not judged; those that it has failed on come last."""
    return StoredFile.objects.filter(scan=Scan.WAITING).order_by(F("scanned_at").asc(nulls_first=True), "id")

"""Bytes on disk under their own hash: written whole or not at all, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from innoset.foundation.errors import Refusal
from innoset.foundation.files.models import StoredFile


class NoRoom(Refusal):  # reason: the word of the house
    """The disk is full or does not answer: the same file may be given again later."""

    def __init__(self) -> None:
        super().__init__("Файл не сохранён: на сервере кончилось место. Повторите позже.", field="file")


def path_of(sha256: str) -> Path:
    """Return where the bytes with this hash lie."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def put(data: bytes) -> str:
    """Keep the bytes and return their hash; a full disk is refused in words, with nothing half-written."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    if target.exists():
        return digest
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(data, target)
    except OSError as error:
        raise NoRoom from error
    return digest


def _write_whole(data: bytes, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
        _sync_folder(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name outlive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(stored: StoredFile) -> bytes:
    """Return the bytes of a stored file."""
    return path_of(stored.sha256).read_bytes()

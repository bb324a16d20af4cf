"""Files that are still arriving: one private file an upload, as long as what was acknowledged."""

import hashlib
import os
import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.conf import settings

from innoset.foundation.errors import Refusal
from innoset.foundation.files.storage import NoRoom

FOLDER = "arriving"
_TOKEN = re.compile(r"[0-9a-f]{32}")


def path_of(token: str) -> Path:
    """Return where the part lies; a token that no upload could have is a mistake of the programmer."""
    if not _TOKEN.fullmatch(token):
        raise ValueError(token)
    return _folder() / token


def _folder() -> Path:
    return Path(settings.FILES_ROOT) / FOLDER


def write(token: str, data: bytes, *, offset: int) -> None:
    """Put the piece after the first `offset` bytes, whatever a broken attempt has left behind them.

    A full disk is refused in words; what was acknowledged stays, what was begun is cut off.
    """
    path = path_of(token)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise NoRoom from error
    try:
        _require_beginning(handle, offset)
        _append(handle, data, offset)
    except OSError as error:
        os.truncate(handle, offset)
        raise NoRoom from error
    finally:
        os.close(handle)


def _require_beginning(handle: int, offset: int) -> None:
    if os.fstat(handle).st_size < offset:
        raise Refusal("Начало файла на сервере пропало. Уберите недогруженный файл и выберите его снова.")


def _append(handle: int, data: bytes, offset: int) -> None:
    os.truncate(handle, offset)
    rest = memoryview(data)
    while rest:
        written = os.pwrite(handle, rest, offset)
        rest, offset = rest[written:], offset + written
    os.fsync(handle)


def read(token: str, size: int) -> bytes:
    """Return the first `size` bytes; fewer when somebody has cut the file."""
    try:
        with path_of(token).open("rb") as file:
            return file.read(size)
    except FileNotFoundError:
        return b""


def digest(token: str, size: int) -> str:
    """Return the hash of what has arrived, so that the browser can tell the same file from another."""
    return hashlib.sha256(read(token, size)).hexdigest()


def drop(token: str) -> None:
    """Remove the part, if it is there."""
    path_of(token).unlink(missing_ok=True)


def sweep(keep: Collection[str], *, before: datetime) -> int:
    """Remove the parts untouched since the moment, but for these; return how many went."""
    folder = _folder()
    every = [path for path in folder.iterdir() if path.name not in keep] if folder.is_dir() else []
    lost = [path for path in every if path.stat().st_mtime < before.timestamp()]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)

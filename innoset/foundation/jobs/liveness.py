"""Knowing whether a worker is alive: it holds a lock that the system takes back when it dies.

A heartbeat would call a busy worker dead and a dead one alive for a while. A lock does neither,
even after `kill -9` or a power cut.
"""

import fcntl
import zlib
from pathlib import Path
from typing import IO, Any, Protocol

import psycopg
from django.db import connection

ADVISORY_FAMILY = 0x1770
"""First half of the advisory lock's number, so that ours meet nobody else's."""


class Liveness(Protocol):
    """Hold a lock under a worker's name, and ask whether another's is held."""

    def hold(self, worker: str) -> None:
        """Take the worker's lock, or make sure that it is still held."""

    def release(self, worker: str) -> None:
        """Give the worker's lock back."""

    def is_alive(self, worker: str) -> bool:
        """Tell whether somebody holds that worker's lock."""


class FileLocks:
    """Locks on files in one folder: enough where the database is a file on the same machine."""

    def __init__(self, folder: Path) -> None:
        """Keep the locks in the folder; make it when it is missing."""
        self.folder = folder
        self._held: dict[str, IO[str]] = {}

    def hold(self, worker: str) -> None:
        """Take the worker's lock, or make sure that it is still held."""
        if worker in self._held:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = self._path(worker).open("w")
        fcntl.flock(handle, fcntl.LOCK_EX)
        self._held[worker] = handle

    def release(self, worker: str) -> None:
        """Give the worker's lock back and take its file away."""
        handle = self._held.pop(worker, None)
        if handle is not None:
            self._path(worker).unlink(missing_ok=True)
            handle.close()

    def is_alive(self, worker: str) -> bool:
        """Tell whether somebody holds that worker's lock; clear away the file of a dead one."""
        try:
            with self._path(worker).open() as handle:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        self._path(worker).unlink(missing_ok=True)
        return False

    def _path(self, worker: str) -> Path:
        return self.folder / f"{worker}.lock"


class AdvisoryLocks:
    """Session locks of PostgreSQL: they reach every machine that works for the same database."""

    def __init__(self) -> None:
        """Start with no lock held."""
        self._session: Any = None

    def hold(self, worker: str) -> None:
        """Take the worker's lock, anew if the server has dropped the session that held it."""
        if self._session is not None and self._is_usable():
            return
        # A session of its own: Django closes and pools the usual one, and the lock would go with it.
        self._session = psycopg.connect(**connection.get_connection_params())
        self._session.autocommit = True
        self._session.execute("SELECT pg_advisory_lock(%s, %s)", self._number(worker))

    def release(self, worker: str) -> None:
        """Give the worker's lock back."""
        if self._session is None:
            return
        if self._is_usable():
            # The server ends a closed session in its own time; the lock must be free at once.
            self._session.execute("SELECT pg_advisory_unlock(%s, %s)", self._number(worker))
        self._session.close()
        self._session = None

    def is_alive(self, worker: str) -> bool:
        """Tell whether somebody holds that worker's lock."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", self._number(worker))
            [free] = cursor.fetchone()
            if free:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", self._number(worker))
        return not free

    def _is_usable(self) -> bool:
        try:
            self._session.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def _number(self, worker: str) -> tuple[int, int]:
        return ADVISORY_FAMILY, zlib.crc32(worker.encode()) - 2**31


def liveness_for(vendor: str, folder: Path) -> Liveness:
    """Choose the locks that suit the database."""
    return AdvisoryLocks() if vendor == "postgresql" else FileLocks(folder)

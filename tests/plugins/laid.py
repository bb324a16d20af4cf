"""A database laid once and lent to later runs: laying it takes longer than a thousand tests.

Only SQLite, where a database is a file. The key covers everything that lays it: migrations, what they
read, the operations they use and the versions of the libraries.
"""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYING = (
    "innoset/**/migrations/*.py",
    "innoset/**/reference/**/*.py",
    "innoset/**/states.py",
    "innoset/foundation/db/**/*.py",
    "requirements/app.lock",
)
KEPT = 4


@dataclass(frozen=True)
class Laid:
    """Where the laid database of these very migrations is kept; nowhere when the cache is off."""

    file: Path | None

    @classmethod
    def of(cls, config: pytest.Config) -> "Laid":
        """Return the place for the migrations as they are now."""
        cache = getattr(config, "cache", None)
        if cache is None or not _is_file():
            return cls(None)
        return cls(cache.mkdir("databases") / f"{key_of(ROOT)}.sqlite3")

    def lend(self) -> bool:
        """Put a copy where the tests will look for their database; tell whether there is one."""
        if self.file is None or not self.file.exists():
            return False
        shutil.copyfile(self.file, _name())
        os.utime(self.file)
        return True

    def keep(self) -> None:
        """Keep a copy of what was laid, and forget those nobody has asked for lately."""
        if self.file is None or self.file.exists():
            return
        from django.db import connection  # noqa: PLC0415  # reason: settings are not ready when plugins load

        fresh = self.file.with_suffix(f".{os.getpid()}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(fresh)])
        fresh.replace(self.file)
        for old in sorted(self.file.parent.glob("*.sqlite3"), key=_age)[KEPT:]:
            old.unlink(missing_ok=True)


def key_of(root: Path) -> str:
    """Return the sum of everything that lays a database."""
    found = {path for pattern in LAYING for path in root.glob(pattern)}
    total = hashlib.sha256()
    for path in sorted(found):
        total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:24]


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _is_file() -> bool:
    from django.db import connection  # noqa: PLC0415  # reason: settings are not ready when plugins load

    return connection.vendor == "sqlite"


def _name() -> str:
    from django.db import connection  # noqa: PLC0415  # reason: settings are not ready when plugins load

    return str(connection.settings_dict["TEST"]["NAME"])

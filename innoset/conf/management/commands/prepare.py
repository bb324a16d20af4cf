"""`manage.py prepare`: bring the database, the static files and the demo year up to date."""

import errno
import hashlib
from argparse import ArgumentParser
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.utils import DatabaseError, NotSupportedError, OperationalError

NO_SPACE = "На диске кончилось место: освободите его и повторите команду."
NO_DATABASE = "База данных по адресу из DATABASE_URL не отвечает: проверьте адрес, имя, пароль и то, что сервер запущен."


class Command(BaseCommand):
    """Do what must be done before the first page; anything done already is not done again."""

    help = "Готовит базу, статические файлы и показательный год."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--accounts`: where to write the table of the demo year's people."""
        parser.add_argument(
            "--accounts", type=Path, help="Куда записать таблицу показательных учётных записей."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare; each known trouble becomes one sentence."""
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        try:
            _reach_database()
            call_command("migrate", verbosity=0, interactive=False)
            _collect_static(Path(str(settings.STATIC_ROOT)))
            if settings.DEMO:
                call_command("demo", if_empty=True, stdout=self.stdout)
                _list_accounts(options["accounts"])
        except (OSError, DatabaseError) as error:
            if getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error):
                raise CommandError(NO_SPACE) from error
            raise


def _reach_database() -> None:
    """Ask for a plain session: the pool would try for half a minute and then hide the cause."""
    try:
        if connection.vendor == "postgresql":
            parameters = {**connection.get_connection_params(), "connect_timeout": 10}
            psycopg.connect(**parameters).close()
        connection.ensure_connection()
    except NotSupportedError as error:
        raise CommandError(str(error)) from error
    except (OperationalError, psycopg.OperationalError) as error:
        if connection.vendor == "postgresql":
            raise CommandError(NO_DATABASE) from error
        raise


def _collect_static(root: Path) -> None:
    """Collect the files of the page, unless the same ones have been collected before."""
    stamp = root / ".collected"
    wanted = _fingerprint()
    if not stamp.exists() or stamp.read_text() != wanted:
        call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
        stamp.write_text(wanted)


def _list_accounts(path: Path | None) -> None:
    """Write the accounts where `make run` finds them without starting Django once more."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as file, redirect_stdout(file):
            call_command("demo_accounts", stdout=file)


def _fingerprint() -> str:
    """Tell one set of files from another by names, sizes and times."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()

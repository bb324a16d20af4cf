"""The site of a run: a database of its own in a folder, a server that can be killed, one applicant."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.environment import ROOT
from tools.trouble import Trouble

if TYPE_CHECKING:
    from innoset.accounts.models import User
    from innoset.projects.models import Passport

HOST: Final = "localhost"
PATIENCE: Final = 60.0
SECTION: Final = "grounds"


class Site:
    """Serves one application; texts are read from the database, past the server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._parent: subprocess.Popen[str] | None = None
        self._worker = 0

    def prepare(self) -> None:
        """Lay the tables and open a contest with one application."""
        set_up(self.folder, self.url)
        from datetime import UTC, datetime  # noqa: PLC0415  # reason: the one look at the clock

        from tools.bench.rows import Rows  # noqa: PLC0415  # reason: only after the set-up

        rows = Rows(datetime.now(UTC))  # noqa: TID251  # reason: the served pages read the clock
        rows.grow(1)
        self.person: User = rows.applicant
        self.passport: Passport = rows.contest.applications.get().project.passport
        self.page = f"/cabinet/applications/{rows.first}/sections/{SECTION}/"

    def start(self) -> None:
        """Serve, and return when the first answer is there."""
        if self._parent is None:
            command = [sys.executable, "-m", "tools.bench.faults.server", str(self.port), self.page]
            pipe = subprocess.PIPE
            log = (self.folder / "web.log").open("a")
            self._parent = subprocess.Popen(
                command, cwd=ROOT, text=True, bufsize=1, stdin=pipe, stdout=pipe, stderr=log
            )
        self._worker = _worker_of(self._parent)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline:
                raise Trouble("Сервер не ответил за минуту.")
            time.sleep(0.02)

    def kill(self) -> None:
        """Let the worker die without a word."""
        os.kill(self._worker, signal.SIGKILL)
        while Path(f"/proc/{self._worker}").exists():
            time.sleep(0.01)

    def close(self) -> None:
        """Stop serving."""
        if self._parent is not None:
            self.kill()
            self._parent.communicate()

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=10).close()
        except OSError:
            return False
        return True

    def session(self) -> str:
        """Sign the person in and return the cookie."""
        from django.conf import settings  # noqa: PLC0415  # reason: only after the set-up
        from django.test import Client  # noqa: PLC0415  # reason: likewise

        client = Client()
        client.force_login(self.person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def change_password(self) -> None:
        """Change it elsewhere: all sessions of the person end."""
        self.person.set_password(f"пароль-{time.monotonic_ns()}")
        self.person.save(update_fields=["password"])

    def text(self, key: str) -> str:
        """Return what the server has in a field."""
        found = self.passport.answers.filter(key=key).values_list("text", flat=True).first()
        return found or ""

    def times_saved(self, key: str, text: str) -> int:
        """Return how many times the history has this text of the field."""
        return self.passport.revisions.filter(key=key, text=text).exclude(version=None).count()


def _worker_of(parent: subprocess.Popen[str]) -> int:
    """Ask for a new worker; return its process number."""
    if parent.stdin is None or parent.stdout is None:
        raise Trouble("Сервер запущен без каналов.")
    parent.stdin.write("worker\n")
    return int(parent.stdout.readline())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def set_up(folder: Path, url: str) -> None:
    """Start Django over an empty database in the folder."""
    os.environ |= {
        "INNOSET_VAR": str(folder),
        "DATABASE_URL": "",
        "INNOSET_DEMO": "0",
        "SITE_URL": url,
        "DJANGO_SETTINGS_MODULE": "innoset.conf.dev",
        # The browser's driver keeps an event loop in this thread; the tables are read between its steps.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    import django  # noqa: PLC0415  # reason: only now are the settings known
    from django.core.management import call_command  # noqa: PLC0415  # reason: likewise

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)

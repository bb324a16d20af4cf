"""`make run`: from a fresh checkout to a served page, and a clean stop."""

import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from tools import environment, processes
from tools.environment import PYTHON, ROOT, VENV
from tools.trouble import KNOWN, READ_ONLY, Trouble, explain, of_os_error, tell

HOST = "127.0.0.1"
NAME = "localhost"
"""What browsers are told: keys of devices work on a name and not on a bare address."""
FIRST_PAGE = 60.0
"""Seconds that the server has to show its first page."""


def main() -> int:
    """Prepare, serve, wait for a stop."""
    began = time.monotonic()
    for stop in (signal.SIGTERM, signal.SIGINT):  # a shell starts background jobs with the latter ignored
        signal.signal(stop, _stop_asked)
    var, port = _var(), _port()
    _must_be_writable(ROOT if not environment.STAMP.exists() else var, var)
    _must_be_free(port)
    environment.prepare("app")
    env = _settings(port)
    accounts = var / "run" / "accounts.txt"
    _manage("prepare", "--accounts", str(accounts), env=env)
    return _serve(port, var / "log", env=env, greeting=_greeting(port, accounts, began))


def _serve(port: int, logs: Path, *, env: dict[str, str], greeting: Callable[[], str]) -> int:
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(processes.start(_web(port), log=logs / "web.log", env=env))
        _wait_for_page(port, running[0], logs)
        print(greeting())
        running.append(processes.start([str(PYTHON), "manage.py", "work"], log=logs / "worker.log", env=env))
        return _watch(running, logs)
    except KeyboardInterrupt:
        print("\nОстанавливаю.")
        return 0
    finally:
        processes.stop(running)


def _greeting(port: int, accounts: Path, began: float) -> Callable[[], str]:
    """Return what is said when the first page is there."""

    def say() -> str:
        ready = f"\nИнносеть работает: http://{NAME}:{port}/ (готово за {time.monotonic() - began:.0f} с)\n"
        table = accounts.read_text().rstrip() + "\n\n" if accounts.exists() else ""
        return f"{ready}\n{table}Остановить: Ctrl-C."

    return say


def _settings(port: int) -> dict[str, str]:
    """Choose the settings of one machine unless others are named; a real installation knows its own address."""
    env = environment.child_environment()
    if env.setdefault("DJANGO_SETTINGS_MODULE", "innoset.conf.dev") == "innoset.conf.dev":
        env.setdefault("SITE_URL", f"http://{NAME}:{port}")
    return env


def _stop_asked(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _web(port: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1"]
    tuning = ["--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning"]
    return [str(VENV / "bin" / "granian"), *options, *tuning, "innoset.conf.wsgi:application"]


def _watch(running: list[subprocess.Popen[bytes]], logs: Path) -> int:
    """Wait until somebody asks to stop; a program that ends by itself is a trouble."""
    parent = os.getppid()
    while True:
        time.sleep(0.5)
        if any(process.poll() is not None for process in running):
            raise Trouble(f"Программа остановилась сама; что случилось, записано в папке {logs}.")
        # Under make nobody would be left to press Ctrl-C for us.
        if "MAKELEVEL" in os.environ and os.getppid() != parent:
            return 0


def _wait_for_page(port: int, web: subprocess.Popen[bytes], logs: Path) -> None:
    deadline = time.monotonic() + FIRST_PAGE
    while time.monotonic() < deadline:
        if web.poll() is not None:
            said = (logs / "web.log").read_text(errors="replace")[-4000:]
            raise Trouble(explain(said, otherwise=f"Сервер не запустился; подробности в {logs / 'web.log'}."))
        status = _status(port)
        if status:
            if status >= http.client.INTERNAL_SERVER_ERROR:
                raise Trouble(f"Первая страница не открылась; что случилось, записано в {logs / 'web.log'}.")
            return
        time.sleep(0.1)
    raise Trouble(f"Сервер не ответил за {FIRST_PAGE:.0f} с; подробности в {logs / 'web.log'}.")


def _status(port: int) -> int:
    """Return the status of the first page, or 0 while nobody answers."""
    try:
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
    except OSError:
        return 0
    return response.status


def _manage(*arguments: str, env: dict[str, str]) -> None:
    """Run a management command; its failure becomes a sentence and a file with the details."""
    done = subprocess.run(
        [PYTHON, "manage.py", *arguments], check=False, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        log = Path(tempfile.gettempdir()) / f"innoset-{os.getuid()}.log"
        sentence = explain(done.stderr, otherwise="Подготовка не удалась.")
        if "Traceback" in done.stderr and sentence not in KNOWN:
            log.write_text(done.stderr)
            sentence = f"{sentence} Что случилось, записано в {log}."
        raise Trouble(sentence)


def _var() -> Path:
    return Path(os.environ.get("INNOSET_VAR") or ROOT / "var").resolve()


def _port() -> int:
    given = os.environ.get("PORT") or "8790"
    if not given.isdigit() or not 0 < int(given) < 2**16:
        raise Trouble(f"Переменная PORT должна быть числом от 1 до 65535, а задано «{given}».")
    return int(given)


def _must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Trouble(f"Порт {port} может занять только администратор: задайте другой в PORT.") from None
        except OSError:
            raise Trouble(
                f"Порт {port} уже занят: остановите программу, которая его держит, "
                f"или запустите на другом порту: make run PORT={port + 1}."
            ) from None


def _must_be_writable(*folders: Path) -> None:
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"probe")
                probe.flush()
        except (PermissionError, FileExistsError, NotADirectoryError):
            raise Trouble(READ_ONLY.format(path=folder)) from None
        except OSError as error:
            error.filename = error.filename or str(folder)
            raise Trouble(of_os_error(error)) from None


if __name__ == "__main__":
    tell(main)

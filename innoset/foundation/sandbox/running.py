"""Asking a process apart: started anew for each piece of work, listened to for a while, killed whole."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Final

from innoset.foundation.errors import Refusal
from innoset.foundation.sandbox import child
from innoset.foundation.sandbox.limits import LIMITS, Limits

_ROOT: Final = Path(__file__).resolve().parents[3]
_AT_ONCE: Final = 4
"""So many pieces of work at the same time: each may take a quarter of a gigabyte."""
_PIECE: Final = 2**16
_turns = threading.BoundedSemaphore(_AT_ONCE)
_log = logging.getLogger(__name__)


class Why(StrEnum):
    """Why there is no answer."""

    SLOW = "slow"
    HEAVY = "heavy"
    DIED = "died"
    LONG = "long"
    FAILED = "failed"
    BUSY = "busy"


_ANEW: Final = "Скопируйте текст в новый документ, сохраните его как .docx и загрузите ещё раз."
_SENTENCES: Final = {
    Why.SLOW: f"Файл читается слишком долго. {_ANEW}",
    Why.HEAVY: f"Файл устроен слишком сложно. {_ANEW}",
    Why.DIED: f"Файл не удалось прочитать. {_ANEW}",
    Why.LONG: "В файле слишком много текста. Оставьте в нём только форму и загрузите ещё раз.",
    Why.FAILED: f"Файл повреждён и не читается. {_ANEW}",
    Why.BUSY: "Сейчас читается много файлов. Подождите минуту и загрузите файл ещё раз.",
}


class NoAnswer(Refusal):
    """The work ended without an answer; the sentence names the cure."""

    def __init__(self, why: Why) -> None:
        super().__init__(_SENTENCES[why], field="file")
        self.why = why


def run(task: Callable[..., Any] | str, data: bytes, *arguments: Any, limits: Limits = LIMITS) -> Any:
    """Return what `task(data, *arguments)` says, worked out in a process of its own; raise NoAnswer.

    The task is a function of a module that imports no Django, or its name (`module:function`) where
    the module is too heavy for the one who asks; arguments and answer are JSON.
    """
    name = task if isinstance(task, str) else f"{task.__module__}:{task.__qualname__}"
    if not _turns.acquire(timeout=limits.start):
        raise NoAnswer(Why.BUSY)
    try:
        said = _told(name, data, json.dumps(arguments), limits)
    except NoAnswer as nothing:
        _log.info("%s gave no answer: %s", name, nothing.why)
        raise
    finally:
        _turns.release()
    return said


def _told(task: str, data: bytes, arguments: str, limits: Limits) -> Any:
    command = [str(_ROOT), task, str(limits.memory), str(limits.seconds), arguments]
    # A file without a name carries the bytes in: a pipe would have to be fed while it is listened to.
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        text = _heard([sys.executable, "-I", str(child.__file__), *command], given, limits)
    return _answer(text)


def _heard(command: list[str], given: BinaryIO, limits: Limits) -> bytes:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},  # the keys of the site are none of its business
        start_new_session=True,
    )
    try:
        listening = _Listening(process)
        if listening.read(limits.start, most=len(child.READY), enough=True) != child.READY:
            raise NoAnswer(Why.DIED)
        text = listening.read(limits.seconds, most=limits.answer)
        if not text and _ran_out_of_time(process):
            raise NoAnswer(Why.SLOW)
        return text
    finally:
        kill_whole(process)


def _ran_out_of_time(process: subprocess.Popen[bytes]) -> bool:
    with suppress(subprocess.TimeoutExpired):
        return process.wait(1) == -signal.SIGXCPU
    return False


class _Listening:
    """The end of the pipe that is read: not longer, and not for longer, than was allowed."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None  # noqa: S101 - asked for above
        self.end = process.stdout.fileno()
        self.poll = select.poll()
        self.poll.register(self.end, select.POLLIN | select.POLLHUP)

    def read(self, seconds: float, *, most: int, enough: bool = False) -> bytes:
        """Return everything until the end, or, when `most` is `enough`, so many bytes."""
        until, text = time.monotonic() + seconds, bytearray()
        while not (enough and len(text) == most):
            left = until - time.monotonic()
            if left <= 0 or not self.poll.poll(left * 1000):
                raise NoAnswer(Why.SLOW)
            piece = os.read(self.end, most if enough else _PIECE)
            if not piece:
                break
            text += piece
            if len(text) > most:
                raise NoAnswer(Why.LONG)
        return bytes(text)


def kill_whole(process: subprocess.Popen[bytes]) -> None:
    """End the process with everything that it started, and take its name off the list."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _answer(text: bytes) -> Any:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise NoAnswer(Why.DIED) from None
    match said:
        case {"said": found}:
            return found
        case {"failed": "heavy"}:
            raise NoAnswer(Why.HEAVY)
        case _:
            raise NoAnswer(Why.FAILED)

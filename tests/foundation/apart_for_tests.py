"""Work that misbehaves in every way a process apart has to bear."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any


def echo(data: bytes, *arguments: Any) -> dict[str, Any]:
    """Say what came."""
    return {"length": len(data), "head": data[:20].decode("utf-8", "replace"), "arguments": arguments}


# Opened while files may be: the count of `getrusage` begins with the memory of the parent.
_STATUS = os.open("/proc/self/status", os.O_RDONLY)


def resident() -> int:
    """Return how many megabytes were resident at most."""
    text = os.pread(_STATUS, 8192, 0).decode()
    return int(text.partition("VmHWM:")[2].split()[0]) // 1024


def hog(data: bytes, megabytes: int) -> int:
    """Take memory and touch it."""
    return len(b"x" * (megabytes * 2**20))


def hog_and_hold(data: bytes, megabytes: int) -> int:
    """Take memory, bear the refusal, and tell how much was resident at most."""
    with suppress(MemoryError):
        hog(data, megabytes)
    return resident()


def recurse(data: bytes) -> int:
    """Go down without end."""
    return recurse(data) + 1


def sleep(data: bytes, seconds: float) -> str:
    """Take time without taking the processor."""
    time.sleep(seconds)
    return "rested"


def spin(data: bytes) -> None:
    """Take the processor."""
    while True:
        pass


def shout(data: bytes, megabytes: int) -> str:
    """Say too much."""
    return "x" * (megabytes * 2**20)


def babble(data: bytes) -> None:
    """Say what is no answer."""
    os.write(1, b"not an answer")
    os._exit(0)


def deepen(data: bytes) -> None:
    """Say an answer that nobody can parse."""
    os.write(1, b"[" * 200_000)
    os._exit(0)


def list_up(data: bytes) -> None:
    """Say JSON of another shape."""
    os.write(1, b"[1]")
    os._exit(0)


def close_and_stay(data: bytes) -> None:
    """Hang up and stay."""
    os.close(1)
    time.sleep(30)


def fall_silent(data: bytes) -> None:
    """Die without a word."""
    os._exit(3)


def die(data: bytes) -> None:
    """Die by a signal."""
    os.abort()


def stumble(data: bytes) -> None:
    """Raise what nobody expects."""
    raise LookupError(data)


def not_json(data: bytes) -> object:
    """Return what cannot be said."""
    return object()


def _tried(deed: Callable[[], Any]) -> str:
    try:
        return f"done: {deed()!r}"
    except OSError as error:
        return f"refused: {error.strerror}"


def misuse(data: bytes, folder: str) -> dict[str, str]:
    """Try what a reader of files has no need of."""
    return {
        "write": _tried(lambda: (Path(folder) / "written").write_text("x")),
        "read": _tried(lambda: Path("/etc/passwd").read_text()[:1]),
        "connect": _tried(lambda: socket.socket().close()),
        "fork": _tried(os.fork),
        "start": _tried(lambda: subprocess.run([sys.executable, "-c", "pass"], check=False).returncode),
    }


def who_and_what(data: bytes) -> dict[str, Any]:
    """Tell what the process is and knows."""
    return {
        "root": os.geteuid() == 0,
        "environment": sorted(set(os.environ) - {"LC_CTYPE"}),
        "django": any(name.split(".")[0] == "django" for name in sys.modules),
        "leader": os.getsid(0) == os.getpid(),
        "core": resource.getrlimit(resource.RLIMIT_CORE),
    }

"""Starts a foreign program with its rights cut down; started by path, like the reader.

A program of this size needs files and threads of its own, so it keeps one folder and loses the
rest: it becomes nobody when it was root, and sees no network where the system lets it be taken away.
"""

import ctypes
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

NOBODY: Final = 65534
_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000


def main(folder: str, memory: str, seconds: str, size: str, *command: str) -> None:
    """Become the program, poorer."""
    _leave_network()
    if os.geteuid() == 0:
        with suppress(PermissionError):  # a container may have taken this right from root
            _become_nobody(Path(folder))
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, int(size)),
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_AS, int(memory)),
    ):
        resource.setrlimit(kind, (most, most))
    os.execv(command[0], command)  # noqa: S606 - the program that the settings name


def _leave_network() -> None:
    """Take an empty network; a system may refuse, and then the program's own settings must do."""
    with suppress(OSError, AttributeError):
        kind = _NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USER
        ctypes.CDLL(None, use_errno=True).unshare(kind)


def _become_nobody(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


if __name__ == "__main__":
    main(*sys.argv[1:])

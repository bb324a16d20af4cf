"""The process apart. Started by path, so nothing of the site is imported but the work that was named.

It imports the work, gives up every right, only then reads the bytes, answers once and ends.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

READY: Final = b"\x06"
"""Said when the work may begin: the parent starts its clock."""
NOBODY: Final = 65534
"""The user that owns nothing; the same number on every Linux."""


def main(root: str, task: str, memory: str, seconds: str, arguments: str) -> None:
    """Do the named work on the bytes of the standard input; answer in JSON on the standard output."""
    sys.path.insert(0, root)
    work = _named(task)
    os.write(1, READY)
    give_up(int(memory), round(float(seconds)))
    _say(answer(work, sys.stdin.buffer.read, json.loads(arguments)))


def _named(task: str) -> Callable[..., Any]:
    module, _, name = task.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def give_up(memory: int, seconds: int) -> None:
    """Give up rights for good: no file is opened or grows, nothing is started, little is taken.

    No new descriptor means no file, no socket and no library, whoever the user is. The ban on new
    processes does not bind root, so root becomes nobody first.
    """
    if os.geteuid() == 0:
        with suppress(PermissionError):  # a container may have taken this right from root
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    spent = int(sum(os.times()[:2]))
    # The first limit of the processor says why it ends (SIGXCPU), the second one ends it anyhow.
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, spent + seconds + 1))
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, memory),
    ):
        resource.setrlimit(kind, (most, most))


def answer(work: Callable[..., Any], data: Callable[[], bytes], arguments: list[Any]) -> bytes:
    """Return what the work says, or which error ended it."""
    try:
        return json.dumps({"said": work(data(), *arguments)}).encode()
    except (MemoryError, RecursionError):
        return b'{"failed": "heavy"}'
    except Exception as error:  # noqa: BLE001 - an edge: the parent is promised an answer, never a trace
        return json.dumps({"failed": type(error).__name__}).encode()


def _say(text: bytes) -> None:
    rest = memoryview(text)
    while rest:
        rest = rest[os.write(1, rest) :]


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)  # the answer is given: no tidying up in a process that may be hurt

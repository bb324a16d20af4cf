"""Programs started together and stopped together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools.environment import ROOT

PATIENCE = 15.0
"""Seconds that a program has to finish what it is doing."""

PR_SET_PDEATHSIG = 1


def start(command: Sequence[str], *, log: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own; it is stopped when this process dies."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  # reason: one thread here, and no other way
        )


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to stop, wait, then kill whatever is left of their groups."""
    for process in processes:
        _signal(process, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
    for process in processes:
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    # The group may outlive its leader, so it is addressed even when the leader has gone.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

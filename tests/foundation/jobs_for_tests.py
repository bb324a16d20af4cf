"""Jobs that the tests of the worker run."""

import os
import signal
import time
from pathlib import Path

from django_tasks import task


@task()
def write(path: str, text: str) -> str:
    """Leave a line that shows that the job has run."""
    with Path(path).open("a") as file:
        file.write(f"{text}\n")
    return text


@task()
def take_long(path: str) -> None:
    """Show that the job has begun; take long the first time and no time the second."""
    begun = Path(path)
    first = not begun.exists()
    write.func(path, "begun")
    if first:
        time.sleep(60)
    write.func(path, "done")


@task()
def kill_the_worker(path: str) -> None:
    """Bring down the worker, every time."""
    write.func(path, "begun")
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def fail() -> None:
    """Fail as a bug would."""
    raise ValueError("a bug")


@task()
def ponder(path: str) -> None:
    """Work for a moment, as a job does when it is asked to stop."""
    write.func(path, "begun")
    time.sleep(1.5)
    write.func(path, "done")

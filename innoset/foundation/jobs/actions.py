"""What the worker writes: turns claimed, jobs of the dead put back, old records cleared away.

No person does these deeds, so they pass no policy and leave no audit entry.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from innoset.foundation.jobs.models import Probe, Slot
from innoset.foundation.jobs.pure.timetable import Periodic, turn_of

ATTEMPTS = 3
"""A job that has killed so many workers is the culprit itself."""

KEPT = timedelta(days=7)
LOOKS_KEPT = timedelta(days=100)
"""Longer than any contest takes applications."""


def take_turns(timetable: Iterable[Periodic], *, at: datetime) -> list[str]:
    """Queue every periodic job whose turn has come and nobody has taken; return their names."""
    return [line.name for line in timetable if _take_turn(line, at=at)]


def claim(name: str, *, due_at: datetime, at: datetime) -> bool:
    """Take a turn by its name and moment; only the first who asks gets it."""
    _, fresh = Slot.objects.get_or_create(name=name, due_at=due_at, defaults={"claimed_at": at})
    return fresh


def _take_turn(line: Periodic, *, at: datetime) -> bool:
    with transaction.atomic():
        if fresh := claim(line.name, due_at=turn_of(line, at), at=at):
            task: Task[[], object] = import_string(line.task)
            task.enqueue()
    return fresh


def recover(is_alive: Callable[[str], bool], *, at: datetime) -> list[str]:
    """Put back the jobs whose workers have died; return their ids. Give up after ATTEMPTS deaths."""
    return [str(job.pk) for job in DBTaskResult.objects.running() if _recover(job, is_alive, at=at)]


def _recover(seen: "DBTaskResult[..., Any]", is_alive: Callable[[str], bool], *, at: datetime) -> bool:
    if not seen.worker_ids or is_alive(seen.worker_ids[-1]):
        return False
    with transaction.atomic():
        job = DBTaskResult.objects.select_for_update().get(pk=seen.pk)
        # It may have ended, or been recovered by another worker, since it was seen.
        if (job.status, job.worker_ids) != (TaskResultStatus.RUNNING, seen.worker_ids):
            return False
        if len(job.worker_ids) < ATTEMPTS:
            job.status = TaskResultStatus.READY
        else:
            job.status, job.finished_at = TaskResultStatus.FAILED, at
            job.exception_class_path = "builtins.SystemExit"
            job.traceback = f"The worker died during this job {ATTEMPTS} times."
        job.save()
    return True


def record_look(*, at: datetime, is_up: bool, milliseconds: int, note: str = "") -> Probe:
    """Write down one look at the site."""
    return Probe.objects.create(at=at, is_up=is_up, milliseconds=milliseconds, note=note[:200])


def forget_looks(*, before: datetime) -> int:
    """Delete looks at the site taken before the moment; return how many."""
    looks, _ = Probe.objects.filter(at__lt=before).delete()
    return looks


def forget_finished(*, before: datetime) -> int:
    """Delete records of jobs ended and turns taken before the moment; return how many."""
    jobs, _ = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    turns, _ = Slot.objects.filter(due_at__lt=before).delete()
    return jobs + turns

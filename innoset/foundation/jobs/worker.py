"""The worker: between two jobs it recovers those of the dead and takes turns of the timetable."""

import logging
import time
import uuid
from collections.abc import Sequence

from django.db import close_old_connections
from django.db.utils import OperationalError
from django_tasks_db.management.commands import db_worker

from innoset.foundation import clock
from innoset.foundation.jobs import actions
from innoset.foundation.jobs.liveness import Liveness
from innoset.foundation.jobs.pure.timetable import Periodic

log = logging.getLogger(__name__)

CHORES_EVERY = 2.0
"""Seconds between two looks at the timetable and at the other workers."""


class Worker(db_worker.Worker):
    """A worker of the queue that survives its colleagues."""

    def __init__(
        self, *, liveness: Liveness, timetable: Sequence[Periodic], interval: float = 1.0, batch: bool = False
    ) -> None:
        """Prepare a worker; with `batch` it stops when the queue is empty."""
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )
        self.liveness = liveness
        self.timetable = timetable
        self.stops_when_idle = batch
        self._chores_done = float("-inf")

    def run(self) -> None:
        """Work until told to stop; the job at hand is finished first."""
        self.liveness.hold(self.worker_id)
        try:
            while self.running:
                self._do_chores()
                if not self._run_one() and self.running:
                    if self.stops_when_idle:
                        return
                    time.sleep(self.interval)
        finally:
            self.liveness.release(self.worker_id)

    def _run_one(self) -> bool:
        """Run the next job, if there is one."""
        before = self._run_tasks
        self.max_tasks = before + 1
        super().run()
        return self._run_tasks > before

    def _do_chores(self) -> None:
        if time.monotonic() - self._chores_done < CHORES_EVERY:
            return
        close_old_connections()
        try:
            now = clock.now()
            self.liveness.hold(self.worker_id)
            for job in actions.recover(self.liveness.is_alive, at=now):
                log.warning("job %s of a dead worker is put back", job)
            actions.take_turns(self.timetable, at=now)
        except OperationalError:
            # The database is busy or away for a moment; the chores can wait, the worker must live.
            log.exception("chores are put off")
        self._chores_done = time.monotonic()

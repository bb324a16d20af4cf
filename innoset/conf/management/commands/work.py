"""`manage.py work`: run background jobs and the timetable."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from innoset.conf.timetable import TIMETABLE
from innoset.foundation.jobs.liveness import liveness_for
from innoset.foundation.jobs.worker import Worker


class Command(BaseCommand):
    """Work until stopped; Ctrl-C and SIGTERM let the job at hand finish."""

    help = "Выполняет фоновую работу: письма, расписание, долгие задания."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--batch`: do what waits and stop."""
        parser.add_argument("--batch", action="store_true", help="Выполнить то, что ждёт, и закончить.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the worker in this process."""
        liveness = liveness_for(connection.vendor, settings.VAR_DIR / "run")
        worker = Worker(liveness=liveness, timetable=TIMETABLE, batch=options["batch"])
        worker.configure_signals()
        worker.run()

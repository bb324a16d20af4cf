"""Build the demo year."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from innoset.contests.models import Contest
from innoset.exchange.demo.build import build
from innoset.foundation import clock
from innoset.network.models import Organisation


class Command(BaseCommand):
    """Fills an empty database with the demo year; a database that holds anything is left alone."""

    help = "Наполнить пустую базу демонстрационным годом"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--if-empty`: then a database that holds something is no error."""
        parser.add_argument("--if-empty", action="store_true", help="Ничего не делать, если база не пуста")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it, or say why not."""
        if Organisation.objects.exists() or Contest.objects.exists():
            if not options["if_empty"]:
                self.stderr.write(
                    "В базе уже есть данные. Демонстрационный год строится только в пустой базе."
                )
                raise SystemExit(1)
            return
        build(at=clock.now())
        self.stdout.write("Демонстрационный год построен.")

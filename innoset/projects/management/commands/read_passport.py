"""Read a filled Word form and print its fields as one JSON object."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from innoset.projects.actions.words import reading_of
from innoset.projects.pure.catalogue import FORMS
from innoset.projects.pure.reading import Outcome, Reading
from innoset.projects.pure.word_in import MOST_BYTES

_NOT_READ = 2
_CONTRACT = tuple(Reading(Outcome.REFUSED).as_json())


class Command(BaseCommand):
    help = "Читает заполненную форму Word и печатает её поля в виде JSON."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="файл .docx или .odt")
        parser.add_argument(
            "--form",
            choices=[form.code for form in FORMS],
            default="passport",
            help="какая это форма",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reading = _reading(options["file"], options["form"])
        said = {name: reading[name] for name in _CONTRACT}
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        if reading["outcome"] != Outcome.OK:
            sys.exit(_NOT_READ)


def _reading(path: Path, form_code: str) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return _refused("Файл не найден. Проверьте имя и папку.")
    except IsADirectoryError:
        return _refused("Это папка, а не файл. Укажите файл .docx или .odt.")
    except (OSError, ValueError):
        return _refused("Файл не открывается. Проверьте, есть ли у вас право его читать.")
    try:
        return reading_of(data, path.name, form_code)
    except Exception:  # noqa: BLE001 - an edge: whoever calls it is promised JSON, never a trace
        return _refused("Файл повреждён и не читается. Откройте его в Word и сохраните как .docx.")


def _refused(reason: str) -> dict[str, Any]:
    return Reading(Outcome.REFUSED, reason).as_json()

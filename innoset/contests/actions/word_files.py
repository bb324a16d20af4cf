"""A Word file on its way into an application: read apart, looked through, carried over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innoset.contests.actions.applications import start_application
from innoset.contests.models import Application, Contest, Nomination
from innoset.contests.queries import applications as queries
from innoset.foundation.actions import action
from innoset.foundation.errors import Refusal
from innoset.network.models import Organisation
from innoset.projects.actions import words
from innoset.projects.models import WordImport


@dataclass(frozen=True, slots=True)
class Begun:
    """An application that was begun, and what came of the file that was given with it."""

    application: Application
    word_import: WordImport | None = None
    refusal: str = ""


def begin(
    contest: Contest,
    *,
    organisation: Organisation,
    nomination: Nomination | None,
    data: bytes = b"",
    name: str = "",
    by: Any,
    at: datetime,
) -> Begun:
    """Begin an application and read into it the Word file, if any; a refused file does not undo it."""
    application = start_application(contest, organisation=organisation, nomination=nomination, by=by, at=at)
    if not data:
        return Begun(application)
    try:
        return Begun(application, read_word(application, data=data, name=name, by=by, at=at))
    except Refusal as no:
        return Begun(application, refusal=no.text)


def read_word(application: Application, *, data: bytes, name: str, by: Any, at: datetime) -> WordImport:
    """Read a Word file and keep it; nothing is carried over yet.

    The reading takes its time, so it ends before the deed takes its lock.
    """
    queries.refuse_closed(application, at)
    file = words.read_file(data, name, application.project.passport.form_code)
    return keep_word(application, file=file, by=by, at=at)


@action("contests.read_word")
def keep_word(application: Application, *, file: words.WordFile, by: Any, at: datetime) -> WordImport:
    """Keep a Word file with what was read from it."""
    queries.refuse_closed(application, at)
    return words.keep_word(application.project.passport, file=file, by=by, at=at)


@action("contests.place_leftover")
def place_leftover(
    application: Application,
    *,
    word_import: WordImport,
    number: int,
    key: str,
    ticks: Collection[str],
    by: Any,
    at: datetime,
) -> None:
    """Put a piece of the file that no field took into a field of the import, or back."""
    _refuse_foreign(application, word_import, at)
    words.place_leftover(word_import, number=number, key=key, ticks=ticks, by=by, at=at)


@action("contests.carry_word")
def carry_word(
    application: Application,
    *,
    word_import: WordImport,
    keys: Collection[str],
    leftovers: Mapping[int, str],
    by: Any,
    at: datetime,
) -> int:
    """Carry the ticked fields of a Word file into the application; return how many changed."""
    _refuse_foreign(application, word_import, at)
    return words.apply_word(word_import, keys=keys, leftovers=leftovers, by=by, at=at)


def _refuse_foreign(application: Application, word_import: WordImport, at: datetime) -> None:
    queries.refuse_closed(application, at)
    if word_import.passport_id != application.project.passport.pk:
        raise Refusal("Этот файл загружен в другую заявку.")

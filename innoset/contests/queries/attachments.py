"""Reads of the files of an application: those that arrive, and those that must not go with it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from innoset.contests.models import Application, Attachment
from innoset.contests.states import SENT
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.files import queries as files
from innoset.foundation.files.models import Upload
from innoset.foundation.files.states import Scan


def uploads_of(application: Application, person: Any) -> QuerySet[Upload]:
    """Return the files that the person has begun to give for the application."""
    return files.uploads_of(person, address_of(application))


def unfinished_of(application: Application, person: Any) -> QuerySet[Upload]:
    """Return those of them that have not arrived whole."""
    return files.unfinished_of(person, address_of(application)).order_by("id")


def infected_of(application: Application) -> list[Attachment]:
    """Return the files of the application in which the scanner found a virus."""
    present = application.attachments.filter(removed_at=None, file__scan=Scan.INFECTED)
    return list(present.select_related("file").order_by("id"))


def objection_to_files(application: Application) -> str:
    """Say which file does not let the application be sent; an empty string when none."""
    return objection_among(infected_of(application))


def objection_among(files: Sequence[Attachment]) -> str:
    """Say which of the files does not let the application be sent; an empty string when none."""
    for one in files:
        if one.file.scan == Scan.INFECTED:
            return f"В файле «{one.file.name}» найден вирус. Уберите его из заявки и приложите чистый файл."
    return ""


def unread() -> QuerySet[Attachment]:
    """Return the files of sent applications whose words have not been taken out yet."""
    waiting = Attachment.objects.filter(
        read_at=None, removed_at=None, application__state__in=SENT, application__dossier=None
    )
    return waiting.exclude(file__scan=Scan.WAITING).select_related("file").order_by("id")

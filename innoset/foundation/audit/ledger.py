"""Writing and reading the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import models

from innoset.foundation.audit.models import Entry

_notes: ContextVar[dict[str, Any] | None] = ContextVar("notes", default=None)


@contextmanager
def deed() -> Iterator[dict[str, Any]]:
    """Collect what the deed that runs inside wants to have written down."""
    notes: dict[str, Any] = {}
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


def note(**changes: object) -> None:
    """Add facts (JSON values) to the entry of the deed that is being done."""
    notes = _notes.get()
    if notes is None:
        raise RuntimeError("ledger.note() outside an action")
    notes.update(changes)


def address_of(subject: models.Model) -> str:
    """Return how the log names a thing: `contests.Application:12`."""
    return f"{subject._meta.label}:{subject.pk}"


def write(*, at: datetime, actor: Any, deed: str, subject: models.Model, changes: dict[str, Any]) -> None:
    """Append one entry."""
    Entry.objects.create(
        at=at,
        actor=actor.pk,
        actor_name=str(actor),
        deed=deed,
        subject=address_of(subject),
        changes=changes,
    )


def history_of(*subjects: models.Model) -> models.QuerySet[Entry]:
    """Return what was done to these things, newest first."""
    return Entry.objects.filter(subject__in=[address_of(subject) for subject in subjects])

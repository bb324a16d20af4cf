"""The one way to change anything in the house."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from innoset.foundation.audit import ledger
from innoset.foundation.policy import may

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=models.Model)

EVERY: dict[str, Callable[..., Any]] = {}


def action(
    permission: str,
) -> Callable[[Callable[Concatenate[T, P], R]], Callable[Concatenate[T, P], R]]:
    """Lock and re-read the subject, ask the policy, do the deed, write it down: all or nothing.

    The deed takes the subject first and `by` and `at` by name. An unsaved subject (a thing about
    to be made) is neither locked nor re-read. A deed that wants to tell what it changed calls
    `ledger.note(...)` inside.
    """

    def decorate(deed: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
        @wraps(deed)
        def run(subject: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            by: Any = kwargs["by"]
            at: Any = kwargs["at"]
            with transaction.atomic(), ledger.deed() as notes:
                _lock(subject)
                if not may(by, permission, subject):
                    raise PermissionDenied(permission)
                result = deed(subject, *args, **kwargs)
                _write_down(permission, subject, by=by, at=at, notes=notes)
            return result

        EVERY[permission] = run
        return run

    return decorate


def _lock(subject: models.Model) -> None:
    if subject.pk is not None and not subject._state.adding:
        manager = subject._meta.model._base_manager
        subject.refresh_from_db(from_queryset=manager.select_for_update(of=("self",)))


def _write_down(
    permission: str, subject: models.Model, *, by: Any, at: datetime, notes: dict[str, Any]
) -> None:
    ledger.write(at=at, actor=by, deed=permission, subject=subject, changes=notes)

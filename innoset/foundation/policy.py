"""Typed face of django-rules, and the only file that imports it."""

from collections.abc import Callable
from typing import Any

import rules as _untyped

_rules: Any = _untyped
Predicate = Any

_TITLES: dict[str, str] = {}


def predicate(function: Callable[..., bool]) -> Predicate:
    """Make a predicate of `(user, subject)` that composes with & | ~."""
    return _rules.predicate(function)


def permit(permission: str, when: Predicate, *, title: str) -> None:
    """Say who may do a deed; `title` is the deed in plain Russian, for people and for the docs."""
    _rules.add_perm(permission, when)
    _TITLES[permission] = title


def may(user: Any, permission: str, subject: object = None) -> bool:
    """Tell whether the person may do the deed to the subject now."""
    return bool(user.is_active and _rules.has_perm(permission, user, subject))


def permissions() -> dict[str, str]:
    """Return every deed known so far and its title."""
    return dict(_TITLES)


def grounds() -> dict[str, str]:
    """Return who may do each deed, in the names of its predicates."""
    return {permission: _rules.permissions.permissions[permission].name for permission in _TITLES}


@predicate
def always(user: object, subject: object = None) -> bool:
    """Everybody who is signed in."""
    del subject
    return bool(getattr(user, "is_authenticated", False))


@predicate
def is_superuser(user: object, subject: object = None) -> bool:
    """The operator of the installation."""
    del subject
    return bool(getattr(user, "is_superuser", False))

"""An undefined variable in a template of the house is a failure, not an empty place."""

import sys
from pathlib import Path
from types import FrameType
from typing import Self

from django.template import engines

OURS = str(Path(__file__).parents[2] / "innoset")


class UndefinedVariable(AssertionError):
    """A template asked for what nobody gave it."""


class Alarm(str):
    """What Django puts in place of an unknown variable; putting it there raises."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        """Pretend to hold a place for the variable's name, so that Django fills it in."""
        return key == "%s" or super().__contains__(str(key))

    def __mod__(self, variable: object) -> str:
        """Raise for our own templates; those of the libraries may do as they like."""
        origin = _origin(sys._getframe(1))
        if origin.startswith(OURS):
            raise UndefinedVariable(f"{{{{ {variable} }}}} in {origin}")
        return ""


class StrictTemplates:
    """While entered, Django's engine raises on undefined variables."""

    def __enter__(self) -> Self:
        """Set the alarm."""
        self._engine = engines["django"].engine  # type: ignore[attr-defined]  # only the Django engine has one
        self._before = self._engine.string_if_invalid
        self._engine.string_if_invalid = Alarm()
        return self

    def __exit__(self, *_: object) -> None:
        """Put back what was there."""
        self._engine.string_if_invalid = self._before


def _origin(frame: FrameType | None) -> str:
    """Return the file of the template whose node is being rendered."""
    while frame is not None:
        if frame.f_code.co_name == "render_annotated":
            return str(getattr(frame.f_locals["self"], "origin", ""))
        frame = frame.f_back
    return ""

"""Where each run of words of a document went: what the import screen shows beside the slots."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from innoset.projects.pure.forms import clean

PieceKind: TypeAlias = Literal["label", "value", "leftover", "aside"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words in document order: a field's label or value, a leftover, or the form's own print."""

    text: str
    kind: PieceKind
    key: str | None = None


@dataclass(slots=True)
class Slot:
    """What a field got, how sure it is, and the words of the label that asked."""

    label: str
    text: str
    score: float
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    text: str
    kind: PieceKind
    slot: Slot | None = None


@dataclass(slots=True)
class Trace:
    """Marks made while the document is read; which field a slot is becomes known at the end."""

    marks: list[_Mark] = field(default_factory=list)

    def mark(self, at: int, text: str, kind: PieceKind, slot: Slot | None = None) -> None:
        """Remember where a text of the unit `at` went."""
        if cleaned := clean(text):
            self.marks.append(_Mark(at, cleaned, kind, slot))

    def pieces(self, slots: dict[str, Slot]) -> tuple[Piece, ...]:
        """Return the pieces in document order; words of a slot that no field took are leftovers."""
        keys = {id(slot): key for key, slot in slots.items()}
        return tuple(_joined(_piece(mark, keys) for mark in sorted(self.marks, key=lambda mark: mark.at)))


def _piece(mark: _Mark, keys: dict[int, str]) -> Piece:
    if mark.slot is None:
        return Piece(mark.text, mark.kind)
    key = keys.get(id(mark.slot))
    return Piece(mark.text, mark.kind, key) if key else Piece(mark.text, "leftover")


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with the lines of one answer put together."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.kind == piece.kind == "value" and last.key == piece.key:
            found[-1] = Piece(f"{last.text}\n{piece.text}", "value", piece.key)
        else:
            found.append(piece)
    return found

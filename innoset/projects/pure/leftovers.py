"""Where a piece that no field took most likely belongs."""

from collections.abc import Sequence
from typing import Final

from innoset.projects.pure.forms import Form
from innoset.projects.pure.matching.labels import Labels, labels_of
from innoset.projects.pure.matching.tracing import Piece

_LONGEST_HEAD: Final = 160
_ALIKE: Final = 0.55


def likely_fields(form: Form, pieces: Sequence[Piece], leftovers: Sequence[str]) -> list[str]:
    """Return for each leftover the key of a field: the one it names, else the one it stands after.

    Empty where the document gives no hint.
    """
    labels, after = labels_of(form), _standing_after(pieces)
    return [_named(labels, text) or after.get(text, "") for text in leftovers]


def _named(labels: Labels, text: str) -> str:
    """Return the field whose label the first words of a text resemble."""
    head = text.split("\n", 1)[0].split("\t", 1)[0]
    if len(head) > _LONGEST_HEAD:
        return ""
    claims = [claim for claim in labels.claims(head) if claim.part is None and claim.score >= _ALIKE]
    return claims[0].key if claims else ""


def _standing_after(pieces: Sequence[Piece]) -> dict[str, str]:
    """Return for each leftover the field before it; for those at the beginning, the first one."""
    last = next((piece.key for piece in pieces if piece.key), "") or ""
    found: dict[str, str] = {}
    for piece in pieces:
        last = piece.key or last
        if piece.kind == "leftover":
            found.setdefault(piece.text, last)
    return found

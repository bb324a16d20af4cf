"""What experts said of a dossier, gathered by criterion, without their names."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Remarks:
    """One criterion: the most points, the mean points, the comments in an order that tells no author."""

    criterion: str
    maximum: Decimal
    mean: Decimal | None
    texts: tuple[str, ...]


def mean_of(points: Sequence[Decimal]) -> Decimal | None:
    """Return the mean to a hundredth, or None without marks."""
    return (sum(points, Decimal(0)) / len(points)).quantize(Decimal("0.01")) if points else None


def anonymous(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts each once, ordered by their own hash: the order of experts leaves no trace."""
    said = dict.fromkeys(text.strip() for text in texts if text.strip())
    return tuple(sorted(said, key=lambda text: hashlib.sha256(text.encode()).hexdigest()))

"""How sure a place is: the chance to be above the line, and where one more review would settle most.

A fair total is taken as normal about its measure. One more review by an expert not yet known halves no doubt
for free: its worth is the expected fall of the chance of a wrong side of the line (knowledge gradient of
Frazier, Powell & Dayanik 2008, for a threshold).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import erf, sqrt
from typing import Final, Protocol

import numpy as np

NODES: Final = 32
LEAST_GAIN: Final = 0.01
"""A review that would lower the chance of a wrong side by less than this is not worth asking for."""


class Measured(Protocol):
    """A work with its fair total and standard error, in points."""

    @property
    def dossier_id(self) -> int:
        """Return whose total it is."""

    @property
    def fair(self) -> float:
        """Return the total for an average expert."""

    @property
    def se(self) -> float:
        """Return its standard error."""


@dataclass(frozen=True, slots=True)
class Help:
    """What one more review of a work would bring: the chance of a wrong side of the line now and after it."""

    dossier_id: int
    now: float
    after: float

    @property
    def gain(self) -> float:
        """Return by how much the chance of a mistake would fall, 0 … 0.5."""
        return self.now - self.after


def probability_above(rows: Iterable[Measured], line: float) -> dict[int, float]:
    """Return for each work the chance that its true total is at the line or above."""
    return {
        row.dossier_id: _above((row.fair - line) / row.se) if row.se else float(row.fair >= line)
        for row in rows
    }


def line_of(rows: Sequence[Measured], seats: int) -> float | None:
    """Return the line between the last work that has a seat and the first that has none, if there is one."""
    ordered = sorted((row.fair for row in rows), reverse=True)
    if not 0 < seats < len(ordered):
        return None
    return (ordered[seats - 1] + ordered[seats]) / 2


def most_helpful(rows: Iterable[Measured], line: float, noise: float) -> list[Help]:
    """Return the works that one more review would help, the most helped first.

    `noise` is the standard deviation of one review about the true total, in points: severity and chance.
    """
    found = [_help(row, line, noise) for row in rows if row.se > 0]
    worthy = [one for one in found if one.gain >= LEAST_GAIN]
    return sorted(worthy, key=lambda one: (-one.gain, one.dossier_id))


def _help(row: Measured, line: float, noise: float) -> Help:
    away = row.fair - line
    now = _above(-abs(away) / row.se)
    left = 1 / (1 / row.se**2 + 1 / noise**2)
    moved = sqrt(max(row.se**2 - left, 0.0))
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    chances = [_above(-abs(away + moved * node) / sqrt(left)) for node in nodes]
    return Help(row.dossier_id, now, min(now, float(weights @ chances / weights.sum())))


def _above(deviate: float) -> float:
    return (1 + erf(deviate / sqrt(2))) / 2

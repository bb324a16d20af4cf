"""How sure a cut line is: which works might as well lie on its other side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import erf, sqrt
from typing import Final

from innoset.contests.pure.standing import Interval, Placed

Z95: Final = 1.959964
"""Half the width of a 95 % interval, in standard errors."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The line in points, and for each work that has an interval the chance of being above it."""

    line: float | None = None
    above: Mapping[str, float] = field(default_factory=dict)
    zone: frozenset[str] = frozenset()


def doubt(placed: Sequence[Placed], intervals: Mapping[str, Interval]) -> Doubt:
    """Return the chances and the doubtful zone: the works whose interval the line crosses."""
    line = line_of(placed)
    if line is None:
        return Doubt()
    known = {number: interval for number, interval in intervals.items() if interval.half > 0}
    return Doubt(
        line,
        {number: chance_above(line, interval) for number, interval in known.items()},
        frozenset(number for number, one in known.items() if one.low < line < one.high),
    )


def line_of(placed: Sequence[Placed]) -> float | None:
    """Return the points between the last work above the line and the best one that is below by its points.

    Whom a quota of a nomination or of a municipality holds back does not move the line.
    """
    above = [float(one.candidate.total) for one in placed if one.is_above_line]
    below = [
        float(one.candidate.total) for one in placed if not one.is_above_line and not _is_passed_over(one)
    ]
    if not above or not below:
        return None
    return (min(above) + max(below)) / 2


def _is_passed_over(one: Placed) -> bool:
    return one.why_below in {"квота номинации заполнена", "квота муниципалитета заполнена"}


def chance_above(line: float, interval: Interval) -> float:
    """Return the chance that the true total lies above the line."""
    deviation = interval.half / Z95
    return (1 + erf((interval.middle - line) / deviation / sqrt(2))) / 2

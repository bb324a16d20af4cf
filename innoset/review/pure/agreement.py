"""How far experts agree: Krippendorff's α, intraclass correlation, weighted κ.

Tables are units × experts with NaN where nobody marked. Sources: Krippendorff (2011), Shrout & Fleiss (1979),
Cohen (1968), Lin (1989).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
LEAST_COMMON: Final = 5
"""Two experts with fewer common marks are not compared."""


@dataclass(frozen=True, slots=True)
class Icc:
    """Shrout and Fleiss's six forms: of one expert and of the mean of all."""

    one_way: float
    random: float
    fixed: float
    one_way_mean: float
    random_mean: float
    fixed_mean: float


@dataclass(frozen=True, slots=True)
class Kappa:
    """Weighted κ over pairs of experts: the mean by common marks, how many pairs and marks it rests on."""

    mean: float
    pairs: int
    marks: int


def table_of(marks: Iterable[tuple[Hashable, Hashable, float]]) -> Table:
    """Lay out (unit, expert, value) as a table."""
    found = list(marks)
    units = {unit: row for row, unit in enumerate(dict.fromkeys(unit for unit, _, _ in found))}
    experts = {one: column for column, one in enumerate(dict.fromkeys(one for _, one, _ in found))}
    table = np.full((len(units), len(experts)), np.nan)
    for unit, expert, value in found:
        table[units[unit], experts[expert]] = value
    return table


def alpha(table: Table, level: Literal["nominal", "ordinal", "interval"] = "interval") -> float | None:
    """Return Krippendorff's α at the level of measurement; None when there is nothing to compare."""
    shared = table[np.isfinite(table).sum(axis=1) > 1]
    if not shared.size or np.nanmin(shared) == np.nanmax(shared):
        return None
    import krippendorff  # reason: slow to load, and few need it

    return float(krippendorff.alpha(reliability_data=shared.T, level_of_measurement=level))


def icc(table: Table) -> Icc:
    """Return the six forms for a table without gaps."""
    units, experts = table.shape
    grand = table.mean()
    rows = experts * ((table.mean(axis=1) - grand) ** 2).sum() / (units - 1)
    columns = units * ((table.mean(axis=0) - grand) ** 2).sum() / (experts - 1)
    inside = ((table - table.mean(axis=1, keepdims=True)) ** 2).sum() / (units * (experts - 1))
    error = (inside * units - columns) / (units - 1)
    bias = experts * (columns - error) / units
    return Icc(
        one_way=float((rows - inside) / (rows + (experts - 1) * inside)),
        random=float((rows - error) / (rows + (experts - 1) * error + bias)),
        fixed=float((rows - error) / (rows + (experts - 1) * error)),
        one_way_mean=float((rows - inside) / rows),
        random_mean=float((rows - error) / (rows + bias / experts)),
        fixed_mean=float((rows - error) / rows),
    )


def icc_one_way(table: Table) -> tuple[float, float] | None:
    """Return the one-way form for any table: of one review, and of as many as a unit usually has.

    None when fewer than two units were marked twice. Units of unequal numbers of marks are weighed as in the
    analysis of variance (Donner 1986).
    """
    marked = [row[np.isfinite(row)] for row in table if np.isfinite(row).sum() > 1]
    if len(marked) < 2:  # noqa: PLR2004  # reason: two units make a comparison
        return None
    counts = np.array([len(row) for row in marked], dtype=np.float64)
    means, total = np.array([row.mean() for row in marked]), counts.sum()
    grand = counts @ means / total
    between = counts @ (means - grand) ** 2 / (len(marked) - 1)
    inside = sum(((row - row.mean()) ** 2).sum() for row in marked) / (total - len(marked))
    usual = (total - (counts**2).sum() / total) / (len(marked) - 1)
    whole = between + (usual - 1) * inside
    if whole <= 0:
        return None
    single = float((between - inside) / whole)
    return single, float((between - inside) / between) if between > 0 else 0.0


def weighted_kappa(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return κ with quadratic weights of two experts' marks of the same things; None when nothing varies."""
    left, right = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    apart = left.var() + right.var() + (left.mean() - right.mean()) ** 2
    if apart == 0:
        return None
    return float(2 * ((left - left.mean()) * (right - right.mean())).mean() / apart)


def kappa_of_pairs(marks: Iterable[tuple[Hashable, Hashable, float]]) -> Kappa | None:
    """Return the mean κ of all pairs of experts who marked enough in common; None when no pair did."""
    by_unit: dict[Hashable, list[tuple[Hashable, float]]] = defaultdict(list)
    for unit, expert, value in marks:
        by_unit[unit].append((expert, value))
    common: dict[tuple[Hashable, Hashable], list[tuple[float, float]]] = defaultdict(list)
    for given in by_unit.values():
        for (first, one), (second, other) in combinations(sorted(given, key=lambda mark: str(mark[0])), 2):
            common[first, second].append((one, other))
    kept = [pairs for pairs in common.values() if len(pairs) >= LEAST_COMMON]
    found = [(weighted_kappa(*zip(*pairs, strict=True)), len(pairs)) for pairs in kept]
    told = [(kappa, count) for kappa, count in found if kappa is not None]
    weight = sum(count for _, count in told)
    return Kappa(sum(kappa * count for kappa, count in told) / weight, len(told), weight) if told else None

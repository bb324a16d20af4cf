"""Category curves of the rating scale (Andrich 1978) and partial credit (Masters 1982) models.

A mark `k` of `K + 1` categories has a probability proportional to exp(k·η − τ₁ − … − τ_k), where η is the
work less the expert less the criterion, in logits, and τ are the thresholds of the criterion's group of
steps. Groups of fewer categories are padded by infinite thresholds, whose probability is nought.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Curves:
    """What the model expects of each observation: probabilities, mean, variance, fourth moment of a mark."""

    chances: NDArray[np.float64]
    mean: Vector
    variance: Vector
    fourth: Vector


def cumulated(thresholds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 0, τ₁, τ₁ + τ₂, … for each group: groups × (K + 1)."""
    return np.concatenate([np.zeros((len(thresholds), 1)), np.cumsum(thresholds, axis=1)], axis=1)


def chances(logits: NDArray[np.float64], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each category: the shape of `logits` and one more axis."""
    # Categories come first while it is reckoned: sums over a short last axis are slow.
    marks = np.arange(sums.shape[-1], dtype=np.float64).reshape(-1, *(1,) * logits.ndim)
    powers = marks * logits - np.moveaxis(np.broadcast_to(sums, (*logits.shape, sums.shape[-1])), -1, 0)
    powers -= powers.max(axis=0)
    np.exp(powers, out=powers)
    powers /= powers.sum(axis=0)
    return np.moveaxis(powers, 0, -1)


def curves(logits: Vector, sums: NDArray[np.float64]) -> Curves:
    """Return what the model expects at these logits; `sums` has a row for each."""
    shares = chances(logits, sums)
    marks = np.arange(sums.shape[-1], dtype=np.float64)
    mean = shares @ marks
    away = marks - mean[:, None]
    variance = np.maximum((shares * away**2).sum(axis=1), 1e-12)
    return Curves(shares, mean, variance, (shares * away**4).sum(axis=1))

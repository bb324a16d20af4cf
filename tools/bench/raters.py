"""Invented rounds with a known truth: what the calibration is tried on."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure.calibration import Rating, Sheet
from innoset.review.pure.calibration.categories import cumulated, curves

Vector = NDArray[np.float64]
STEP: Final = 2.0
"""Points of a total per standard deviation of quality."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a round of totals is like; deviations are in those of quality, tails «normal» or «heavy»."""

    works: int = 120
    experts: int = 40
    reviews: int = 3
    bias: float = 0.8
    scale: float = 0.2
    noise: float = 0.8
    centre: float = 6.0
    top: int = 12
    is_heavy: bool = False
    is_skewed: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """A round of totals: the sheets; the true quality, the true total for the mean of the panel, the severity."""

    sheets: tuple[Sheet, ...]
    work: NDArray[np.int64]
    expert: NDArray[np.int64]
    quality: Vector
    total: Vector
    severity: Vector


def given_to(works: int, experts: int, reviews: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Return pairs of works and experts: equal loads, otherwise by chance."""
    load, pairs = np.zeros(experts), []
    for work in random.permutation(works):
        chosen = np.argsort(load + random.random(experts))[:reviews]
        load[chosen] += 1
        pairs += [(work, expert) for expert in chosen]
    return np.array(pairs, dtype=np.int64)


def totals(seed: int, setting: Setting) -> Totals:
    """Return a round of whole totals: quality times the expert's scale, a shift, chance, rounded, clipped."""
    random = np.random.default_rng(seed)
    quality = random.normal(size=setting.works)
    if setting.is_skewed:
        quality = random.exponential(size=setting.works) - 1
    shift, scale = random.normal(size=setting.experts), random.normal(size=setting.experts)
    shift, scale = setting.bias * shift, 1 + setting.scale * scale
    work, expert = given_to(setting.works, setting.experts, setting.reviews, random).T
    chance = (
        random.standard_t(3, len(work)) / np.sqrt(3) if setting.is_heavy else random.normal(size=len(work))
    )
    middle = setting.centre + STEP * (scale * quality[:, None] + shift)
    seen = np.clip(np.round(middle[work, expert] + STEP * setting.noise * chance), 0, setting.top)
    meant = _meant(middle, setting)
    return Totals(
        sheets=tuple(
            Sheet(f"{one:04}", f"{other:03}", float(value))
            for one, other, value in zip(work, expert, seen, strict=True)
        ),
        work=work,
        expert=expert,
        quality=quality,
        total=meant.mean(axis=1),
        severity=meant.mean() - meant.mean(axis=0),
    )


def _meant(middle: NDArray[np.float64], setting: Setting) -> NDArray[np.float64]:
    """Return the mean of what each expert would give to each work, were it asked for again and again."""
    from scipy.special import ndtr, stdtr  # reason: slow to load, and only this needs it

    cuts = np.arange(setting.top) + 0.5
    above = [(middle - cut) / (STEP * setting.noise) for cut in cuts]
    shares: Any = [stdtr(3, np.sqrt(3) * one) if setting.is_heavy else ndtr(one) for one in above]
    return np.asarray(sum(shares), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Facets:
    """A round of marks by the Rasch model: the marks in long form and the truth in logits."""

    work: NDArray[np.int64]
    expert: NDArray[np.int64]
    criterion: NDArray[np.int64]
    mark: NDArray[np.int64]
    ability: Vector
    severity: Vector
    difficulty: Vector
    thresholds: Vector

    def ratings(self) -> list[Rating]:
        """Return the marks as the product reads them."""
        rows = zip(self.work, self.expert, self.criterion, self.mark, strict=True)
        return [
            Rating(f"{one:04}", f"{other:03}", f"К{what + 1}", int(mark)) for one, other, what, mark in rows
        ]


def marks(
    seed: int, *, works: int = 300, experts: int = 60, criteria: int = 12, halo: float = 0.0, top: int = 5
) -> Facets:
    """Return a round of marks 0 … `top`, three experts a work; `halo` is the deviation of a sheet, in logits."""
    random = np.random.default_rng(seed)
    ability = random.normal(size=works)
    severity = random.normal(0, 0.6, experts)
    severity -= severity.mean()
    difficulty, thresholds = np.linspace(-0.8, 0.8, criteria), np.linspace(-1.6, 1.6, top)
    work, expert = given_to(works, experts, 3, random).T
    sheet = ability[work] - severity[expert] + halo * random.normal(size=len(work))
    logits = (sheet[:, None] - difficulty).ravel()
    sums = np.tile(cumulated(thresholds[None, :]), (len(logits), 1))
    shares = curves(logits, sums).chances
    mark = (random.random(len(logits))[:, None] > np.cumsum(shares, axis=1)[:, :-1]).sum(axis=1)
    return Facets(
        work=np.repeat(work, criteria),
        expert=np.repeat(expert, criteria),
        criterion=np.tile(np.arange(criteria), len(work)),
        mark=mark,
        ability=ability,
        severity=severity,
        difficulty=difficulty,
        thresholds=thresholds,
    )


def z_scores(one: Totals) -> Vector:
    """Return the mean of z-scores per expert by work: the correction that does harm at small loads."""
    seen = np.array([sheet.total for sheet in one.sheets])
    count = np.bincount(one.expert)
    mean = np.bincount(one.expert, seen) / np.maximum(count, 1)
    spread = np.sqrt(
        np.maximum(np.bincount(one.expert, (seen - mean[one.expert]) ** 2) / np.maximum(count, 1), 1e-9)
    )
    scaled = np.where(spread[one.expert] > 1e-3, (seen - mean[one.expert]) / spread[one.expert], 0)  # noqa: PLR2004  # reason: an expert of equal totals
    return np.asarray(np.bincount(one.work, scaled) / np.bincount(one.work), dtype=np.float64)


def found_of_best(quality: Vector, score: Vector, share: float = 0.2) -> float:
    """Return which share of the truly best fifth is among the best fifth by score."""
    seats = round(share * len(quality))
    truly, chosen = np.argsort(-quality)[:seats], np.argsort(-score, kind="stable")[:seats]
    return len(set(truly) & set(chosen)) / seats

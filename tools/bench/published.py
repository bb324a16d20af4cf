"""Tables that others have published, and what the product makes of the same data."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innoset.review.pure import agreement
from innoset.review.pure.calibration.facets import Measures, Observations, facet_of, measure
from innoset.review.pure.calibration.marginal import Marks, marginal

FOLDER: Final = Path(__file__).parents[3] / "shared" / "data" / "raters"
TAM_ITEMS: Final = (-1.931, -1.023, -0.089, 1.015, 1.918)
GAMES: Final = 22.0
OTHER_GAMES: Final = {(1, 2): 23.0, (7, 8): 21.0, (6, 8): 21.0}
"""Cleveland and Boston played off a tie; Chicago missed a game with each of two others."""
_ROW: Final = re.compile(
    r"^\|\s+(\d+)\s+(\d+)\s+[\d.]+\s+[\d.]+\s*\|\s*(-?\.?\d*\.?\d+)\s+(\.\d+)\s*\|.*\|\s*(\d+) [A-Z]"
)
# Krippendorff (2011): four observers, twelve units.
CANONICAL: Final = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
CANONICAL_ALPHA: Final = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}
# Shrout and Fleiss (1979): six targets, four judges.
JUDGES: Final = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))
JUDGES_ICC: Final = (0.17, 0.29, 0.71, 0.44, 0.62, 0.91)


@dataclass(frozen=True, slots=True)
class Gap:
    """The largest deviation from a published table, and how large it may be."""

    what: str
    found: float
    bar: float

    @property
    def holds(self) -> bool:
        """Tell whether it is within the bar."""
        return self.found <= self.bar


def _rows(text: str, table: str) -> list[tuple[int, ...]]:
    part = text.split(table, 1)[1].split("Table 7.", 1)[0].split("Table 8.", 1)[0]
    found = [_ROW.match(line) for line in part.splitlines()]
    kept = [(int(one[5]), int(one[1]), int(one[2]), float(one[3]), float(one[4])) for one in found if one]
    return sorted(kept)  # type: ignore[arg-type]  # numbers of both kinds


def three_mile(text: str) -> list[Gap]:
    """Measure Fienberg's mothers from the totals and the counts of categories, which are sufficient."""
    rows = np.array(_rows(text, "Table 7.1.3"), dtype=float)
    tops = dict(re.findall(r"^\|\s+([123])\s+(\d+)\s+\d+\s+\d+%", text, re.MULTILINE))
    found = stress(rows[:, 1], rows[:, 2], low=int(tops["1"]))
    facet = facet_of(found, np.arange(len(rows)))
    said = re.findall(r"Separation (\d*\.\d+).*Reliability (\d*\.\d+)", text)
    steps = [float(one) for one in re.findall(r"\|\s+(-?\d\.\d\d)\s+\.\d\d\|\s*-?[.\d(]", text)][:2]
    return [
        Gap("3mile: меры", float(np.abs(found.measure - rows[:, 3]).max()), 0.005),
        Gap("3mile: ошибки", float(np.abs(found.se - rows[:, 4]).max()), 0.005),
        Gap("3mile: пороги", float(np.abs(found.thresholds[0] - steps).max()), 0.005),
        Gap("3mile: разделение", abs(round(facet.separation, 2) - float(said[0][0])), 1e-9),
        Gap("3mile: надёжность", abs(round(facet.reliability, 2) - float(said[0][1])), 1e-9),
    ]


def stress(total: NDArray[np.float64], count: NDArray[np.float64], *, low: int) -> Measures:
    """Measure groups from their totals of marks 1 … 3, their counts and how often the lowest was chosen."""
    excess = total - 2 * count
    least = np.maximum(0, -excess)
    lows = least + (low - least.sum()) / len(total)
    highs = lows + excess
    groups = len(total)
    return measure(
        Observations(
            columns=np.repeat(np.arange(groups), 3)[:, None],
            signs=np.ones(1),
            facet=np.zeros(groups, dtype=np.int64),
            centred=(),
            marks=np.tile(np.arange(3), groups),
            steps=np.zeros(3 * groups, dtype=np.int64),
            weights=np.stack([lows, count - lows - highs, highs], axis=1).ravel(),
        )
    )


def baseball(text: str) -> list[Gap]:
    """Measure Mosteller's teams from their wins: paired comparison."""
    rows = np.array(_rows(text, "Table 7.1.2"), dtype=float)
    return [Gap("Baseball: меры", float(np.abs(teams(rows[:, 1]).measure - rows[:, 3]).max()), 0.01)]


def teams(wins: NDArray[np.float64]) -> Measures:
    """Measure teams that all played each other; wins of each team are sufficient."""
    size = len(wins)
    games = np.full((size, size), GAMES)
    for (one, other), played in OTHER_GAMES.items():
        games[one - 1, other - 1] = games[other - 1, one - 1] = played
    np.fill_diagonal(games, 0)
    lead = (wins - games.sum(axis=1) / 2) / size
    pairs = np.array([(one, other) for one in range(size) for other in range(one)], dtype=np.int64)
    won = np.array([games[one, other] / 2 + lead[one] - lead[other] for one, other in pairs])
    return measure(
        Observations(
            columns=np.repeat(pairs, 2, axis=0),
            signs=np.array([1.0, -1.0]),
            facet=np.zeros(size, dtype=np.int64),
            centred=(0,),
            marks=np.tile([1, 0], len(pairs)),
            steps=np.zeros(2 * len(pairs), dtype=np.int64),
            weights=np.stack([won, games[tuple(pairs.T)] - won], axis=1).ravel(),
        )
    )


def tam_items(text: str) -> list[Gap]:
    """Measure the items of TAM's example 10 by marginal likelihood, persons with all their raters together."""
    persons: dict[str, int] = {}
    found = []
    for row in csv.DictReader(text.splitlines()):
        person = persons.setdefault(row["pid"], len(persons))
        marked = [(item, row[f"I000{item + 1}"]) for item in range(5)]
        found += [(person, 0, item, int(float(mark))) for item, mark in marked if mark not in {"", "NA"}]
    work, expert, criterion, mark = np.array(found, dtype=np.int64).T
    same = np.zeros(5, dtype=np.int64)
    fit = marginal(Marks(work, expert, criterion, mark, same, same), expert_sd=0)
    return [Gap("TAM, пример 10: задания", float(np.abs(fit.criterion - fit.mean - TAM_ITEMS).max()), 0.001)]


def agreements() -> list[Gap]:
    """Compare the measures of agreement with the printed ones, which have two or three digits."""
    table = np.array([[np.nan if one is None else one for one in row] for row in CANONICAL]).T
    found = [
        Gap(f"Криппендорф: {level}", abs((agreement.alpha(table, level) or 0) - value), 5e-4)  # type: ignore[arg-type]  # the keys are levels
        for level, value in CANONICAL_ALPHA.items()
    ]
    icc = agreement.icc(np.array(JUDGES, dtype=float))
    forms = (icc.one_way, icc.random, icc.fixed, icc.one_way_mean, icc.random_mean, icc.fixed_mean)
    worst = max(abs(one - value) for one, value in zip(forms, JUDGES_ICC, strict=True))
    return [*found, Gap("Шраут и Флейс: шесть форм", worst, 5e-3)]


def kappas(seed: int = 0) -> list[Gap]:
    """Compare weighted κ with scikit-learn's on invented marks."""
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415  # reason: only the bench has it

    random, worst = np.random.default_rng(seed), 0.0
    for _ in range(50):
        one = random.integers(0, 6, 40)
        other = np.clip(one + random.integers(-2, 3, 40), 0, 5)
        theirs = cohen_kappa_score(one, other, weights="quadratic", labels=range(6))
        worst = max(worst, abs((agreement.weighted_kappa(one.tolist(), other.tolist()) or 0) - theirs))
    return [Gap("Каппа против scikit-learn", float(worst), 1e-4)]


def all_gaps() -> tuple[list[Gap], list[str]]:
    """Return every deviation, and what could not be compared because its file is not here."""
    gaps, missing = [*agreements(), *kappas()], []
    for name, compare in (
        ("facets_3mile.out", three_mile),
        ("facets_Baseball.out", baseball),
        ("data.ex10.csv", tam_items),
    ):
        if (FOLDER / name).exists():
            gaps += compare((FOLDER / name).read_text(encoding="utf-8", errors="replace"))
        else:
            missing.append(name)
    return gaps, missing

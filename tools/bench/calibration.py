"""Is the calibration right? Published tables, rounds with a known truth, and RaschPy in the same run."""

import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from innoset.review.pure.calibration import Criterion, additive, report
from innoset.review.pure.calibration.categories import cumulated, curves
from innoset.review.pure.calibration.marginal import Marks, marginal
from tools.bench import published, raters
from tools.bench.raters import Setting

RUNS: Final = 300
SEEDS: Final = range(6)
COVERED: Final = (0.90, 0.99)
GAIN_AT_BIAS, GAIN_WITHOUT = 0.04, -0.015
MOST_ERROR, MOST_TIME = 1.0, 0.6
SETTINGS: Final = {
    "смещение 0,8": Setting(),
    "смещение 0,3": Setting(bias=0.3),
    "без смещения": Setting(bias=0.0),
    "60 работ": Setting(works=60),
    "60 работ, смещение 0,3": Setting(works=60, bias=0.3),
    "2 отзыва": Setting(reviews=2),
    "тяжёлые хвосты": Setting(is_heavy=True),
    "разный размах": Setting(scale=0.4),
    "потолок шкалы": Setting(centre=9.0),
    "перекос качества": Setting(is_skewed=True),
    "12 работ, 5 экспертов": Setting(works=12, experts=5),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What many rounds of one kind have shown: recovery of the best fifth, coverage of intervals."""

    raw: float
    gain: float
    doubt: float
    z_gain: float
    works: float
    experts: float


def tried(setting: Setting, runs: int) -> Outcome:
    """Calibrate so many rounds and compare with the truth."""
    rows = np.array([_once(seed, setting) for seed in range(runs)])
    mean = rows.mean(axis=0)
    return Outcome(mean[0], mean[1], 1.96 * rows[:, 1].std() / runs**0.5, mean[2], mean[3], mean[4])


def _once(seed: int, setting: Setting) -> tuple[float, float, float, float, float]:
    one = raters.totals(seed, setting)
    found = additive(one.sheets, setting.top)
    raw, fair = np.array([(work.raw, work.fair) for work in found.works]).T
    recovered = raters.found_of_best(one.quality, raw)
    severity = [one.severity[int(expert.letter)] for expert in found.experts]
    return (
        recovered,
        raters.found_of_best(one.quality, fair) - recovered,
        raters.found_of_best(one.quality, raters.z_scores(one)) - recovered,
        _covered(found.works, one.total),
        _covered(found.experts, severity),
    )


def _covered(measured: Any, truth: Any) -> float:
    pairs = zip(measured, truth, strict=True)
    return float(np.mean([one.low <= value <= one.high for one, value in pairs]))


def halo(runs: int, deviation: float) -> tuple[float, float]:
    """Return how often the intervals of the Rasch model hold works and experts when a sheet hangs together.

    A halo flattens all the measures of a model that knows nothing of it by one factor (Zeger, Liang & Albert
    1988), and so does shrinkage: severity is compared up to that factor.
    """
    works, measured = [], []
    criteria = [Criterion(f"К{number + 1}", "", 1.0, (0, 1, 2, 3)) for number in range(5)]
    for seed in range(runs):
        one = raters.marks(seed, works=60, experts=12, criteria=5, halo=deviation, top=3)
        found = report(one.ratings(), criteria)
        works.append(_covered(found.fair, _meant(one, deviation)))
        pairs = zip(found.experts, one.severity, strict=True)
        measured += [(expert.shrunken, expert.shrunken_se, value) for expert, value in pairs]
    shrunken, errors, truth = np.array(measured).T
    flat = (shrunken @ truth) / (truth @ truth)
    return float(np.mean(works)), float(np.mean(np.abs(shrunken - flat * truth) <= 1.96 * errors))


def _meant(one: raters.Facets, deviation: float) -> list[float]:
    """Return the total of an average expert on an average day: the halo is integrated out."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(15)
    sums = cumulated(one.thresholds[None, :])
    logits = one.ability[:, None, None] + deviation * nodes[:, None] - one.difficulty
    flat = curves(logits.ravel(), np.tile(sums, (logits.size, 1))).mean.reshape(logits.shape)
    return [float(weights @ row.sum(axis=1) / weights.sum()) for row in flat]


@dataclass(frozen=True, slots=True)
class Race:
    """Ours beside RaschPy on one invented round: error of severity, processor seconds, correlation with quality."""

    ours: float
    theirs: float
    our_seconds: float
    their_seconds: float
    rho: float
    raw_rho: float


def race(seed: int) -> Race:
    """Measure one round of 300 × 60 × 12 by both."""
    one = raters.marks(seed)
    same = np.zeros(12, dtype=np.int64)
    table = _for_raschpy(one)
    began = time.process_time()
    found = marginal(Marks(one.work, one.expert, one.criterion, one.mark, same, same))
    middle = time.process_time()
    named = _raschpy(table)
    ended = time.process_time()
    theirs = np.array([named[expert] for expert in range(len(one.severity))])
    raw = np.bincount(one.work, one.mark) / np.bincount(one.work)
    return Race(
        ours=float(np.sqrt(((found.expert - one.severity) ** 2).mean())),
        theirs=float(np.sqrt(((theirs - one.severity) ** 2).mean())),
        our_seconds=middle - began,
        their_seconds=ended - middle,
        rho=float(np.corrcoef(found.work, one.ability)[0, 1]),
        raw_rho=float(np.corrcoef(raw, one.ability)[0, 1]),
    )


def _for_raschpy(one: raters.Facets) -> Any:
    """Return the marks as RaschPy reads them from a file."""
    from raschpy import loadup_mfrm_single  # noqa: PLC0415  # reason: only the bench has it

    rows = zip(one.expert, one.work, one.criterion, one.mark, strict=True)
    lines = [
        "Rater,Person,Item,Score",
        *(f"{rater},{work},I{item},{mark}" for rater, work, item, mark in rows),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "marks.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return loadup_mfrm_single(str(path), max_score=5, long=True)[0]


def _raschpy(marks: Any) -> dict[int, float]:
    from raschpy import MFRM  # noqa: PLC0415  # reason: only the bench has it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MFRM(marks, max_score=5)
        model.calibrate(model="global")
    return {int(rater): float(value) for rater, value in model.raters_global.items()}


def main(runs: int = RUNS) -> int:
    """Try everything and tell; the status is 1 when a promise is broken."""
    broken = _tell_published() + _tell_rounds(runs) + _tell_halo(max(runs // 10, 10)) + _tell_race()
    print(f"\nНарушено обещаний: {broken}.")
    return 1 if broken else 0


def _tell_published() -> int:
    gaps, missing = published.all_gaps()
    print("Опубликованные таблицы: наибольшее отклонение и предел")
    for gap in gaps:
        print(f"  {gap.what:32} {gap.found:.6f} ≤ {gap.bar:g} {'да' if gap.holds else 'НЕТ'}")
    for name in missing:
        print(f"  ПРОПУЩЕНО: нет файла {name} в {published.FOLDER}")
    return sum(not gap.holds for gap in gaps)


def _tell_rounds(runs: int) -> int:
    print(
        f"\nТуры с известной правдой, прогонов {runs}: найдено из лучшей пятой части, покрытие 95 % интервалов"
    )
    print(f"  {'':24} сырой   калибр. ±       z-оценка  работы  эксперты")
    broken = 0
    for name, setting in SETTINGS.items():
        out = tried(setting, runs)
        print(
            f"  {name:24} {out.raw:.3f}  {out.gain:+.4f} {out.doubt:.4f}  {out.z_gain:+.4f}   "
            f"{out.works:.3f}   {out.experts:.3f}"
        )
        broken += not COVERED[0] <= out.works <= COVERED[1]
        broken += name == "смещение 0,8" and out.gain < GAIN_AT_BIAS
        broken += name == "без смещения" and out.gain < GAIN_WITHOUT
    return broken


def _tell_halo(runs: int) -> int:
    print(f"\nМодель Раша, прогонов {runs}: покрытие 95 % интервалов, работы и эксперты")
    broken = 0
    for deviation in (0.0, 0.5, 1.0):
        works, experts = halo(runs, deviation)
        print(f"  ореол {deviation}: {works:.3f} {experts:.3f}")
        broken += not COVERED[0] <= works <= COVERED[1]
    return broken


def _tell_race() -> int:
    print("\nПротив RaschPy, 300 работ × 60 экспертов × 12 критериев")
    race(0)
    races = [race(seed) for seed in SEEDS]
    error = sum(one.ours for one in races) / sum(one.theirs for one in races)
    spent = median(one.our_seconds / one.their_seconds for one in races)
    rho = sum(one.rho for one in races) / sum(one.raw_rho for one in races)
    for seed, one in zip(SEEDS, races, strict=True):
        print(
            f"  {seed}: ошибка {one.ours:.4f} и {one.theirs:.4f}, процессорных секунд {one.our_seconds:.2f} и "
            f"{one.their_seconds:.2f}, связь с качеством {one.rho:.4f} (сырой {one.raw_rho:.4f})"
        )
    print(f"  Отношения: ошибка {error:.3f} ≤ {MOST_ERROR}, время {spent:.2f} ≤ {MOST_TIME}, связь {rho:.3f}")
    return (error > MOST_ERROR) + (spent > MOST_TIME)

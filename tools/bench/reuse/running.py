"""`make bench ARGS=reuse`: five generated sets beside the baseline, controls, then the large scale."""

import time
from collections.abc import Sequence
from typing import Any, Final

from tools.bench.reuse import quality, scale
from tools.bench.reuse.quality import Result

SEEDS: Final = (1, 2, 3, 4, 5)
DOCUMENTS: Final = 20_000
LEAST_RATIO: Final = 1.30
LEAST_PRECISION: Final = 0.90
LEAST_COPIES: Final = 0.95
MOST_MIB: Final = 1024
_COPIES: Final = 100
_FOREIGN: Final = 50


def main(documents: int = DOCUMENTS) -> int:
    """Measure and print; the status is 1 when something misses its bar."""
    began = time.monotonic()
    print("Пять наборов: 211 документов, 100 с вписанными местами, семь способов скрыть, форма в каждом.")
    results, faults = [], []
    for seed, language, given in quality.sets(SEEDS):
        result = quality.measured(seed, given)
        print(_line(result), flush=True)
        results.append(result)
        if seed == SEEDS[0]:
            faults += _controls(language, given)
    faults += _judged(results)
    faults += _large(documents) if documents else []
    print(f"Измерено за {time.monotonic() - began:.0f} с.")
    for fault in faults:
        print(f"Не выполнено: {fault}.")
    return 1 if faults else 0


def _line(one: Result) -> str:
    kinds = ", ".join(f"{kind} {found:.2f}" for kind, found in one.by_kind.items())
    own, other = one.own, one.baseline
    return (
        f"набор {one.seed}: plagdet {own.plagdet:.3f} (точность {own.precision:.3f}, полнота {own.recall:.3f}, "
        f"дробление {own.granularity:.3f}), образец {other.plagdet:.3f} (точность {other.precision:.3f}, "
        f"полнота {other.recall:.3f}, дробление {other.granularity:.3f}), во сколько раз {one.ratio:.2f}; "
        f"{one.milliseconds:.0f} мс на документ\n  полнота: {kinds}"
    )


def _judged(results: Sequence[Result]) -> list[str]:
    ratio = sum(one.own.plagdet for one in results) / sum(one.baseline.plagdet for one in results)
    precision = min(one.own.precision for one in results)
    print(
        f"В среднем лучше образца в {ratio:.2f} раза (надо {LEAST_RATIO:.2f}), худшая точность {precision:.3f}."
    )
    faults = [(ratio < LEAST_RATIO, "отношение к образцу"), (precision < LEAST_PRECISION, "точность")]
    return [fault for is_so, fault in faults if is_so]


def _controls(language: Any, given: Any) -> list[str]:
    copies = quality.copies_found(language, given, _COPIES)
    foreign = quality.foreign(language, given, _FOREIGN)
    loose = quality.without_template(given)
    print(
        f"Дословные копии в 30 слов: найдено {copies:.0%} (надо {LEAST_COPIES:.0%}). "
        f"В {_FOREIGN} посторонних документах мест: {foreign}. "
        f"Если не убирать слова формы и общие обороты, ложных источников: {loose}.",
        flush=True,
    )
    faults = [
        (copies < LEAST_COPIES, "дословные копии"),
        (foreign > 0, "места в посторонних документах"),
        (loose == 0, "проверка с выключенной защитой ничего не показала"),
    ]
    return [fault for is_so, fault in faults if is_so]


def _large(documents: int) -> list[str]:
    told = scale.main(documents)
    print(
        f"{told['documents']} документов, {told['words']} значимых слов: прочитаны за {told['minutes']:.1f} мин, "
        f"на диске {told['disk']:.0f} МБ, память {told['memory']:.0f} МБ (не больше {MOST_MIB}). "
        f"Найдено источников {told['found']} из {told['asked']}; вопрос: медиана {told['median']:.3f} с, "
        f"p95 {told['p95']:.3f} с (цель 0,25)."
    )
    faults = [
        (told["found"] < told["asked"], "найден не каждый источник"),
        (told["memory"] > MOST_MIB, "память"),
    ]
    return [fault for is_so, fault in faults if is_so]

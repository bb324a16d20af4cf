"""What the figures of a calibration mean, in words that an organiser reads.

The bounds of fit are those of Wright & Linacre (1994) for judged marks, of α those of Krippendorff (2004).
"""

from collections.abc import Mapping
from typing import Any, Final

METHOD_LABELS: Final = {
    "additive": "По суммам: строгость вычитается, немногим оценкам верим меньше",
    "rsm": "Модель Раша, одна шкала у критериев",
    "pcm": "Модель Раша, своя шкала у каждого критерия",
}
LEAST_FOR_FIT: Final = 4
FAR: Final = 2.0


def severity_in_words(low: float, high: float) -> str:
    """Say how an expert stands to the panel; an interval that holds nought says nothing."""
    if low > 0:
        return "строже комиссии"
    return "мягче комиссии" if high < 0 else "как комиссия"


def fit_in_words(square: float, deviate: float, count: int) -> str:
    """Say what a mean square of residuals means, where there are enough marks for it to mean anything."""
    if count < LEAST_FOR_FIT:
        return "мало оценок, чтобы судить"
    if square > 1.5 or (square > 1.2 and deviate > FAR):  # noqa: PLR2004  # reason: the bounds named above
        return "ставит слишком разбросанно"
    if square < 0.5 or (square < 0.8 and deviate < -FAR):  # noqa: PLR2004  # reason: likewise
        return "ставит слишком похоже"
    return "ставит ровно"


def criterion_in_words(low: float, high: float) -> str:
    """Say whether high marks are rarer or commoner than at the other criteria."""
    if low > 0:
        return "высокие баллы реже, чем у других"
    return "высокие баллы чаще, чем у других" if high < 0 else "как у других"


def alpha_in_words(value: float | None) -> str:
    """Say what Krippendorff's α allows."""
    if value is None:
        return "нет дел, которые оценили хотя бы двое"
    if value >= 0.8:  # noqa: PLR2004  # reason: the bounds named above
        return "эксперты оценивают одинаково"
    if value >= 0.667:  # noqa: PLR2004  # reason: likewise
        return "согласия хватает для осторожных выводов"
    if value >= 0.4:  # noqa: PLR2004  # reason: likewise
        return "согласие слабое, одного эксперта на дело мало"
    return "согласия почти нет, места случайны без ещё одного отзыва"


def lines_of_agreement(found: Mapping[str, Any]) -> list[tuple[str, float | None, str]]:
    """Return each measure of agreement: its name, value, what it means."""
    kappa = found["kappa"]
    single, mean = found["icc"], found["icc_mean"]
    told = "столько разницы между суммами идёт от самих работ, остальное — от экспертов и случая"
    return [
        ("Альфа Криппендорфа, суммы", found["alpha_totals"], alpha_in_words(found["alpha_totals"])),
        ("Альфа Криппендорфа, баллы", found["alpha_marks"], alpha_in_words(found["alpha_marks"])),
        (
            "Внутриклассовая корреляция, один отзыв",
            single,
            told if single is not None else alpha_in_words(None),
        ),
        (
            "Она же, среднее по делу",
            mean,
            "насколько надёжен средний балл дела" if mean is not None else alpha_in_words(None),
        ),
        (
            "Взвешенная каппа пар экспертов",
            kappa["mean"] if kappa else None,
            f"среднее по парам с общими делами, пар: {kappa['pairs']}"
            if kappa
            else "нет пар, у которых пять общих баллов",
        ),
    ]

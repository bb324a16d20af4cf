"""The table of marks that the calibration can be reproduced from, and its result, as text."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from innoset.review.pure.calibration.additive import Additive

HEAD = (
    "Дело",
    "Эксперт",
    "Критерий",
    "Вес",
    "Наибольший балл",
    "Балл",
    "Сумма листа",
    "Наибольшая сумма",
)
NOT_APPLICABLE = "не применимо"


@dataclass(frozen=True, slots=True)
class Line:
    """One mark of a finished sheet; `value` is None where the criterion does not apply."""

    work: str
    expert: str
    criterion: str
    weight: str
    top: int
    value: int | None
    total: float


def marks_csv(lines: Iterable[Line], maximum: float) -> str:
    """Write the marks in long form, a line each; the sum of the sheet stands on each of its lines."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(HEAD)
    for one in lines:
        value = NOT_APPLICABLE if one.value is None else one.value
        own = (one.work, one.expert, one.criterion, one.weight.replace(".", ","), one.top, value)
        writer.writerow([*own, _number(one.total), _number(maximum)])
    return out.getvalue()


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def result_text(found: Additive) -> str:
    """Write the result as the shipped script does, to the last digit."""
    works = [_row(one.code, (one.fair, one.se, one.low, one.high)) for one in found.works]
    experts = [_row(one.letter, (one.severity, one.se, one.low, one.high)) for one in found.experts]
    head, middle = "дело;итог;ошибка;от;до", "эксперт;строгость;ошибка;от;до"
    return "\n".join([head, *works, middle, *experts, ""])


def _row(name: str, values: Sequence[float]) -> str:
    return ";".join([name, *(f"{value:.4f}" for value in values)])

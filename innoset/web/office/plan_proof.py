"""How good a plan of assignment is, in words: each goal, what was reached, whether anything better is possible."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from innoset.foundation.russian import counted, decimal
from innoset.review.models import AssignmentPlan
from innoset.review.pure.assignment.plans import EVEN, EXPECTED, KEPT, NEXT, SERVED, TOTAL, WORST

PAIRS = ("пара", "пары", "пар")
NEAR = 1e-6


def proof_of(plan: AssignmentPlan, codes: dict[int, str]) -> Iterator[str]:
    """Yield a sentence or two for each goal that the plan pursued, in their order."""
    worst = _worst(plan, codes)
    for goal in plan.certificate["goals"]:
        said = _said(goal, worst)
        if said:
            yield f"{said}. {_bound(goal)}"


def _said(goal: dict[str, Any], worst: str) -> str:
    key, value = goal["key"], goal["reached"]
    if key == WORST:
        return worst
    number = decimal(value)
    words = {
        SERVED: f"Обеспечено экспертами: {counted(round(value), *PAIRS)}",
        KEPT: f"Сохранено прежних назначений: {round(value)}",
        NEXT: f"У следующего по подбору дела соответствие {number}",
        TOTAL: f"Сумма соответствий: {number}",
        EVEN: "Нагрузка разложена поровну, насколько позволяет подбор",
        EXPECTED: f"Ожидаемая сумма соответствий при жеребьёвке: {number}",
    }
    return words.get(key, "")


def _worst(plan: AssignmentPlan, codes: dict[int, str]) -> str:
    sums: dict[int, float] = defaultdict(float)
    many: Counter[int] = Counter()
    for one in plan.given:
        sums[one["dossier"]] += one["affinity"] or 0.0
        many[one["dossier"]] += 1
    if not sums:
        return ""
    least = min(sums, key=lambda key: (round(sums[key], 6), codes.get(key, "")))
    return f"Хуже всех обеспечено дело {codes.get(least, '')}: {decimal(sums[least])} из {many[least]}"


def _bound(goal: dict[str, Any]) -> str:
    gap = abs(goal["bound"] - goal["reached"])
    if gap < NEAR:
        return "Лучше нельзя, это доказано."
    if goal["key"] == EVEN:
        return "Доказать, что ровнее нельзя, за отведённое время не удалось."
    return f"Доказано, что лучше {decimal(goal['bound'])} нельзя; разрыв {decimal(gap)}."

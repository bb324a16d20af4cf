"""The efficiency index of a site: a published formula, reckoned step by step so that anybody can repeat it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final, TypeVar

K = TypeVar("K", bound=Hashable)
MEASURES: Final = {
    "reports": "отчётов, срок которых пришёлся на этот год",
    "events": "записей о распространении опыта",
    "people": "числа участников ни в одной записи о мероприятиях",
    "publications": "записей о распространении опыта",
    "products": "записей о распространении опыта",
}
"""What a formula may be made of, and what is lacking when a part cannot be reckoned."""
_CENT: Final = Decimal("0.01")
WHOLE: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the formula: its weight in percent, and the value that gives it in full."""

    code: str
    title: str
    weight: Decimal
    full: Decimal
    definition: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reckoning; `points` is None where the value is unknown."""

    part: Part
    value: Decimal | None
    share: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The whole reckoning; `total` is None and `lacking` says why where data are missing."""

    steps: tuple[Step, ...]
    total: Decimal | None
    lacking: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """Say what the site gets, or why it cannot be reckoned."""
        if self.total is None:
            return f"нельзя посчитать: нет {', нет '.join(self.lacking)}"
        return str(self.total).replace(".", ",")


def parts_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Read the parts of a formula as they are kept."""
    return tuple(
        Part(
            row["code"],
            row["title"],
            Decimal(row["weight"]) * WHOLE,
            Decimal(row["full"]),
            row["definition"],
        )
        for row in rows
    )


def reckon(parts: Sequence[Part], values: Mapping[str, Decimal | None]) -> Reckoning:
    """Reckon the index: each part gives its weight times what is reached of its full value, at most all."""
    steps = tuple(_step(part, values.get(part.code)) for part in parts)
    lacking = tuple(dict.fromkeys(MEASURES[step.part.code] for step in steps if step.points is None))
    # The points are rounded before they are added: whoever adds the column up gets the same total.
    points = [step.points for step in steps if step.points is not None]
    total = None if lacking else sum(points, Decimal("0.00"))
    return Reckoning(steps, total, lacking)


def _step(part: Part, value: Decimal | None) -> Step:
    if value is None:
        return Step(part, None, None, None)
    reached = min(value / part.full, Decimal(1))
    points = (part.weight * reached).quantize(_CENT, ROUND_HALF_UP)
    return Step(part, value, (WHOLE * reached).quantize(_CENT, ROUND_HALF_UP), points)


def objection(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Say why rows are no formula, with the cure; None where they are one."""
    codes = [row["code"] for row in rows]
    if not rows or len(set(codes)) < len(codes) or set(codes) - MEASURES.keys():
        return "Выберите хотя бы одну часть формулы, каждую — один раз."
    try:
        parts = parts_of(rows)
    except (InvalidOperation, TypeError):
        return "Впишите вес и полное значение каждой части числом, например 25."
    if any(part.weight <= 0 or part.full <= 0 for part in parts):
        return "Вес и полное значение каждой части должны быть больше нуля. Исправьте их."
    total = sum((part.weight for part in parts), Decimal(0))
    if total != WHOLE:
        return f"Веса частей вместе дают {_plain(total)} %, а должны дать 100 %. Исправьте веса."
    return None


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def ranking(totals: Mapping[K, Decimal | None]) -> list[tuple[str, K]]:
    """Return places from the best: equal totals share theirs («2–3»), what cannot be reckoned comes last."""
    known = sorted(
        ((total, key) for key, total in totals.items() if total is not None), key=lambda one: -one[0]
    )
    rows: list[tuple[str, K]] = []
    for total, key in known:
        first = 1 + sum(other > total for other, _ in known)
        last = sum(other >= total for other, _ in known)
        rows.append((str(first) if first == last else f"{first}–{last}", key))
    return rows + [("—", key) for key, total in totals.items() if total is None]


def version_for(versions: Mapping[int, date], ends_on: date) -> int:
    """Return the version for a year that ends on a day: the last published by then, else the first of all.

    So a new version never changes a year that was over before it was published.
    """
    published = [number for number, day in versions.items() if day <= ends_on]
    return max(published) if published else min(versions)

"""What a sheet adds up to, and what it still lacks.

«Не применимо» is never nought: such a criterion leaves the sum, and the points of the rest are put on the
scale of the whole sheet again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HUNDREDTH = Decimal("0.01")
NOT_APPLICABLE = "не применимо"


class Lack(StrEnum):
    """What is missing at a criterion."""

    VALUE = "value"
    COMMENT = "comment"
    NOTHING_APPLIES = "nothing_applies"


LACK_LABELS = {
    Lack.VALUE: "нет балла",
    Lack.COMMENT: "нужен комментарий",
    Lack.NOTHING_APPLIES: (
        "«Не применимо» отмечено у всех критериев. Поставьте балл хотя бы по одному. "
        "Если оценить работу нельзя, сообщите организатору"
    ),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one criterion is counted: value × weight; which values must be explained."""

    key: int
    number: int
    title: str
    weight: Decimal
    values: tuple[int, ...]
    comment_at_most: int | None = None
    breaks_ties: bool = False
    comment_at_least: int | None = None
    comment_always: bool = False
    may_not_apply: bool = False

    @property
    def top(self) -> Decimal:
        """Return the most points that the criterion can bring."""
        return self.weight * max(self.values, default=0)


@dataclass(frozen=True, slots=True)
class Mark:
    """What an expert has put at a criterion so far."""

    value: int | None = None
    comment: str = ""
    is_not_applicable: bool = False

    @property
    def is_answered(self) -> bool:
        """Tell whether the criterion has a value or does not apply."""
        return self.value is not None or self.is_not_applicable

    @property
    def shown(self) -> str:
        """Return the answer as it is printed: «3», «не применимо», or nothing."""
        if self.is_not_applicable:
            return NOT_APPLICABLE
        return "" if self.value is None else str(self.value)


NOTHING = Mark()


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps a sheet from being finished."""

    key: int
    number: int
    title: str
    lack: Lack

    @property
    def words(self) -> str:
        """Return «К2: нет балла»."""
        said = LACK_LABELS[self.lack]
        return said if self.lack == Lack.NOTHING_APPLIES else f"К{self.number}: {said}"


def maximum(rules: Iterable[Rule]) -> Decimal:
    """Return the most points that a sheet can bring."""
    return sum((rule.top for rule in rules), Decimal(0))


def total(rules: Sequence[Rule], marks: Mapping[int, Mark]) -> Decimal:
    """Return the points put so far, on the scale of the whole sheet whatever does not apply."""
    put = sum((points(rule, marks.get(rule.key, NOTHING)) for rule in rules), Decimal(0))
    return on_scale(put, applicable(rules, marks), maximum(rules))


def on_scale(put: Decimal, most: Decimal, scale: Decimal) -> Decimal:
    """Return points out of `most` as points out of `scale`, to a hundredth; nothing out of nothing is nothing."""
    if most == scale or not most:
        return put
    return (put * scale / most).quantize(HUNDREDTH, ROUND_HALF_UP)


def applicable(rules: Iterable[Rule], marks: Mapping[int, Mark]) -> Decimal:
    """Return the most points of the criteria that apply."""
    return maximum(rule for rule in rules if not marks.get(rule.key, NOTHING).is_not_applicable)


def points(rule: Rule, mark: Mark) -> Decimal:
    """Return what one mark brings."""
    return rule.weight * (mark.value or 0)


def tie_break(rules: Sequence[Rule], marks: Mapping[int, Mark], whole: Decimal) -> Decimal:
    """Return the points of the criteria that decide between equals; `whole` is the total of the sheet.

    Where none of them applies the whole sheet stands in for them, so that nobody gains or loses by it.
    """
    breaking = [rule for rule in rules if rule.breaks_ties]
    if applicable(breaking, marks):
        return total(breaking, marks)
    return on_scale(whole, maximum(rules), maximum(breaking))


def needs_comment(rule: Rule, value: int | None, *, is_not_applicable: bool = False) -> bool:
    """Tell whether this answer must be explained."""
    if value is None and not is_not_applicable:
        return False
    if rule.comment_always:
        return True
    return value is not None and _is_far(rule, value)


def _is_far(rule: Rule, value: int) -> bool:
    low, high = rule.comment_at_most, rule.comment_at_least
    return (low is not None and value <= low) or (high is not None and value >= high)


def demand(rule: Rule) -> str:
    """Say when a comment is compulsory; an empty text where it never is."""
    if rule.comment_always:
        return "Обязательно при любом ответе."
    low, high = rule.comment_at_most, rule.comment_at_least
    parts = [
        "" if low is None else "0" if low == 0 else f"{low} и ниже",
        "" if high is None else str(high) if high == max(rule.values, default=0) else f"{high} и выше",
    ]
    said = " или ".join(part for part in parts if part)
    return f"Обязательно при балле {said}." if said else ""


def gaps(rules: Sequence[Rule], marks: Mapping[int, Mark]) -> tuple[Gap, ...]:
    """Return what a sheet lacks before it may be finished, in the order of the criteria."""
    found = ((rule, _lack(rule, marks.get(rule.key, NOTHING))) for rule in rules)
    lacking = [Gap(rule.key, rule.number, rule.title, lack) for rule, lack in found if lack]
    if rules and not applicable(rules, marks):
        first = rules[0]
        lacking.insert(0, Gap(first.key, first.number, first.title, Lack.NOTHING_APPLIES))
    return tuple(lacking)


def _lack(rule: Rule, mark: Mark) -> Lack | None:
    if not mark.is_answered:
        return Lack.VALUE
    if needs_comment(rule, mark.value, is_not_applicable=mark.is_not_applicable) and not mark.comment.strip():
        return Lack.COMMENT
    return None

"""What a sheet adds up to, and what it still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Lack(StrEnum):
    """What is missing at a criterion."""

    VALUE = "value"
    COMMENT = "comment"


LACK_LABELS = {Lack.VALUE: "нет балла", Lack.COMMENT: "нужен комментарий"}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one criterion is counted: value × weight; a low value needs a comment."""

    key: int
    number: int
    title: str
    weight: Decimal
    values: tuple[int, ...]
    comment_at_most: int | None = None
    breaks_ties: bool = False

    @property
    def top(self) -> Decimal:
        """Return the most points that the criterion can bring."""
        return self.weight * max(self.values, default=0)


@dataclass(frozen=True, slots=True)
class Mark:
    """What an expert has put at a criterion so far."""

    value: int | None = None
    comment: str = ""


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
        return f"К{self.number}: {LACK_LABELS[self.lack]}"


def maximum(rules: Sequence[Rule]) -> Decimal:
    """Return the most points that a sheet can bring."""
    return sum((rule.top for rule in rules), Decimal(0))


def total(rules: Sequence[Rule], marks: Mapping[int, Mark]) -> Decimal:
    """Return the points put so far."""
    return sum((points(rule, marks.get(rule.key, NOTHING)) for rule in rules), Decimal(0))


def points(rule: Rule, mark: Mark) -> Decimal:
    """Return what one mark brings."""
    return rule.weight * (mark.value or 0)


def tie_break(rules: Sequence[Rule], marks: Mapping[int, Mark]) -> Decimal:
    """Return the points of the criteria that decide between equals."""
    return total([rule for rule in rules if rule.breaks_ties], marks)


def needs_comment(rule: Rule, value: int | None) -> bool:
    """Tell whether this value must be explained."""
    return value is not None and rule.comment_at_most is not None and value <= rule.comment_at_most


def gaps(rules: Sequence[Rule], marks: Mapping[int, Mark]) -> tuple[Gap, ...]:
    """Return what a sheet lacks before it may be finished, in the order of the criteria."""
    found = ((rule, _lack(rule, marks.get(rule.key, NOTHING))) for rule in rules)
    return tuple(Gap(rule.key, rule.number, rule.title, lack) for rule, lack in found if lack)


def _lack(rule: Rule, mark: Mark) -> Lack | None:
    if mark.value is None:
        return Lack.VALUE
    if needs_comment(rule, mark.value) and not mark.comment.strip():
        return Lack.COMMENT
    return None

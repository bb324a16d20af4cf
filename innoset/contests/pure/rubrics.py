"""What a set of criteria is before it is kept: criteria, worded levels, the sum of points."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

COMMENT_AT_MOST = 2
LOWEST_TOP = 2
"""A scale has at least the levels 0, 1 and 2: two levels are a yes or a no, not a scale."""


@dataclass(frozen=True, slots=True)
class CriterionPlan:
    """A criterion: what is asked, how much it weighs, what every level from 0 on means in words.

    A key in `fields` names a field of the form and whatever lies below it: «11» is also «11.2.3».
    """

    title: str
    hint: str
    weight: Decimal
    levels: tuple[str, ...]
    fields: tuple[str, ...] = ()
    comment_at_most: int | None = COMMENT_AT_MOST
    breaks_ties: bool = False
    comment_at_least: int | None = None
    comment_always: bool = False
    may_not_apply: bool = False

    @property
    def most(self) -> Decimal:
        """Return the highest points the criterion gives."""
        return self.weight * (len(self.levels) - 1)


def most_of(criteria: Sequence[CriterionPlan]) -> Decimal:
    """Return the highest points the whole set gives."""
    return sum((one.most for one in criteria), Decimal(0))


def as_levels(texts: Sequence[str]) -> list[dict[str, object]]:
    """Return the levels as they are kept with a criterion."""
    return [{"value": value, "text": text} for value, text in enumerate(texts)]

"""The final order of applications, and where a cut line falls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one application before places are given."""

    application: int
    number: str
    group: str
    municipality: str
    remote: Decimal | None
    defence: Decimal | None
    tie_break: Decimal
    spread: Decimal | None
    is_disagreement: bool
    sheets: int

    @property
    def total(self) -> Decimal:
        """Return the sum of the stages' means; a stage that has no marks counts as nought."""
        return (self.remote or Decimal(0)) + (self.defence or Decimal(0))


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate with its place and with what the rules would give it."""

    candidate: Candidate
    place: int
    is_above_line: bool
    why_below: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds and quotas; None = no such rule. `line` is how many first places may win."""

    threshold: Decimal | None = None
    line: int | None = None
    quota: int | None = None
    group_quotas: tuple[tuple[str, int], ...] = ()
    municipality_quota: int | None = None


def order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates best first: total, then the tie-breaking criterion, then the earlier number."""
    return sorted(candidates, key=lambda one: (-one.total, -one.tie_break, one.number))


def place(candidates: Iterable[Candidate], rules: Rules) -> list[Placed]:
    """Give places and say who is above the line by threshold, line and quotas, in the order of places."""
    taken: dict[tuple[str, str], int] = {}
    placed: list[Placed] = []
    for number, candidate in enumerate(order(candidates), 1):
        why = _why_below(candidate, number, rules, taken)
        placed.append(Placed(candidate, number, not why, why))
        if not why:
            for key in _counters(candidate):
                taken[key] = taken.get(key, 0) + 1
    return placed


def _counters(candidate: Candidate) -> Sequence[tuple[str, str]]:
    return (("all", ""), ("group", candidate.group), ("municipality", candidate.municipality))


def _why_below(candidate: Candidate, number: int, rules: Rules, taken: dict[tuple[str, str], int]) -> str:
    if rules.threshold is not None and candidate.total < rules.threshold:
        return "ниже проходного балла"
    if rules.line is not None and number > rules.line:
        return "ниже черты"
    if _is_full(taken, ("all", ""), rules.quota):
        return "квота конкурса заполнена"
    if _is_full(taken, ("group", candidate.group), dict(rules.group_quotas).get(candidate.group)):
        return "квота номинации заполнена"
    if _is_full(taken, ("municipality", candidate.municipality), rules.municipality_quota):
        return "квота муниципалитета заполнена"
    return ""


def _is_full(taken: dict[tuple[str, str], int], key: tuple[str, str], limit: int | None) -> bool:
    return limit is not None and taken.get(key, 0) >= limit

"""From experts' totals to places: mean, spread, disagreement, ties. Exact arithmetic throughout."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median, stdev


@dataclass(frozen=True, slots=True)
class Judged:
    """One dossier and its finished sheets, the first assigned first."""

    dossier_id: int
    code: str
    totals: tuple[Decimal, ...]
    tie_breaks: tuple[Decimal, ...]
    sheets_due: int
    # Whose the sheets are, in their order; empty where it does not matter.
    experts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How a round counts: how many sheets are usual (None = all there are), the most points, the share."""

    sheets: int | None
    maximum: Decimal
    share: Decimal

    @property
    def gap(self) -> Decimal:
        """Return the difference above which experts disagree."""
        return self.share * self.maximum


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands in its round. `mean` is the median where a disagreement called for one more sheet."""

    dossier_id: int
    code: str
    place: int
    totals: tuple[Decimal, ...]
    mean: Decimal | None
    spread: Decimal | None
    deviation: Decimal | None
    is_disagreement: bool
    is_median: bool
    tie_break: Decimal
    sheets_due: int
    sheets_done: int
    experts: tuple[int, ...] = ()

    @property
    def wants_another(self) -> bool:
        """Tell whether the rule calls for one more expert."""
        return self.is_disagreement and not self.is_median


def standings(judged: Sequence[Judged], rule: Rule) -> list[Standing]:
    """Put dossiers in order: the higher result, then the higher tie-break, then the earlier code."""
    ordered = sorted(judged, key=lambda one: _order(one, rule))
    return [_standing(one, rule, place) for place, one in enumerate(ordered, 1)]


def _order(one: Judged, rule: Rule) -> tuple[bool, Fraction, Fraction, str]:
    result = _result(one, rule)
    return result is None, -(result or Fraction(0)), -_mean(one.tie_breaks), one.code


def _standing(one: Judged, rule: Rule, place: int) -> Standing:
    result = _result(one, rule)
    return Standing(
        dossier_id=one.dossier_id,
        code=one.code,
        place=place,
        totals=one.totals,
        mean=None if result is None else _decimal(result),
        spread=_spread(one.totals) if one.totals else None,
        deviation=_deviation(one.totals),
        is_disagreement=disagree(one.totals, rule),
        is_median=_by_median(one, rule),
        tie_break=_decimal(_mean(one.tie_breaks)),
        sheets_due=one.sheets_due,
        sheets_done=len(one.totals),
        experts=one.experts,
    )


def disagree(totals: Sequence[Decimal], rule: Rule) -> bool:
    """Tell whether the usual sheets lie too far apart; one more sheet does not unsay it."""
    usual = totals[: rule.sheets]
    return len(usual) > 1 and _spread(usual) > rule.gap


def _by_median(one: Judged, rule: Rule) -> bool:
    return rule.sheets is not None and len(one.totals) > rule.sheets and disagree(one.totals, rule)


def _result(one: Judged, rule: Rule) -> Fraction | None:
    if not one.totals:
        return None
    exact = [Fraction(total) for total in one.totals]
    return median(exact) if _by_median(one, rule) else _mean(one.totals)


def _mean(values: Sequence[Decimal]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0)) / max(len(values), 1)


def _spread(totals: Sequence[Decimal]) -> Decimal:
    return max(totals) - min(totals)


def _deviation(totals: Sequence[Decimal]) -> Decimal | None:
    return stdev(totals) if len(totals) > 1 else None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)

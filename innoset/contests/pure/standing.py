"""The final order of applications, and where a cut line falls."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import sqrt
from statistics import median
from typing import Final

from innoset.review.pure.ranking import Standing

RAW: Final = "raw"
CALIBRATED: Final = "calibrated"
MEDIAN: Final = "median"
BASES: Final = (RAW, CALIBRATED, MEDIAN)
STAGES: Final = ("remote", "defence")


@dataclass(frozen=True, slots=True)
class Fair:
    """What calibration gives a work in one round, in points: the score and its 95 % interval."""

    points: Decimal
    low: Decimal
    high: Decimal

    @property
    def half(self) -> float:
        """Return half the width of the interval."""
        return float(self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which points the true total of a work lies, nineteen times of twenty."""

    middle: float
    half: float

    @property
    def low(self) -> float:
        """Return the lower end."""
        return self.middle - self.half

    @property
    def high(self) -> float:
        """Return the upper end."""
        return self.middle + self.half


@dataclass(frozen=True, slots=True)
class Work:
    """One application as its rounds have left it. `upheld` stands in place of the remote result."""

    number: str
    group: str
    municipality: str
    stages: Mapping[str, Standing]
    fair: Mapping[str, Fair] = field(default_factory=dict)
    upheld: Decimal | None = None

    def points(self, stage: str, basis: str) -> Decimal | None:
        """Return what a round has brought by this way of counting; what it cannot count is counted raw."""
        if stage == "remote" and self.upheld is not None:
            return self.upheld
        standing, fair = self.stages.get(stage), self.fair.get(stage)
        if standing is None:
            return None
        if basis == CALIBRATED and fair is not None:
            return fair.points
        return median(standing.totals) if basis == MEDIAN and standing.totals else standing.mean

    @property
    def interval(self) -> Interval | None:
        """Return how sure the calibrated total is; None where nothing was calibrated."""
        known = [self.fair[stage].half for stage in STAGES if self._is_estimated(stage)]
        if not known:
            return None
        middle = sum((self.points(stage, CALIBRATED) or Decimal(0) for stage in STAGES), Decimal(0))
        return Interval(float(middle), sqrt(sum(half**2 for half in known)))

    def _is_estimated(self, stage: str) -> bool:
        return (
            stage in self.fair
            and stage in self.stages
            and not (stage == "remote" and self.upheld is not None)
        )

    @property
    def is_disagreement(self) -> bool:
        """Tell whether the experts of any round lie too far apart."""
        return any(standing.is_disagreement for standing in self.stages.values())


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one application before places are given."""

    number: str
    group: str
    municipality: str
    remote: Decimal | None
    defence: Decimal | None
    tie_break: Decimal

    @property
    def total(self) -> Decimal:
        """Return the sum of the stages' points; a stage that has no marks counts as nought."""
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
    basis: str = RAW


def candidate_of(work: Work, basis: str) -> Candidate:
    """Reckon a work by one way of counting."""
    remote = work.stages.get("remote")
    return Candidate(
        number=work.number,
        group=work.group,
        municipality=work.municipality,
        remote=work.points("remote", basis),
        defence=work.points("defence", basis),
        tie_break=remote.tie_break if remote else Decimal(0),
    )


def ranked(works: Iterable[Work], rules: Rules) -> list[Placed]:
    """Give places by the basis of the rules, best first."""
    return place((candidate_of(work, rules.basis) for work in works), rules)


def places_by_basis(works: Sequence[Work], rules: Rules) -> dict[str, dict[str, Placed]]:
    """Return what each way of counting would give every work, by number."""
    return {
        basis: {one.candidate.number: one for one in ranked(works, replace(rules, basis=basis))}
        for basis in BASES
    }


def order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates best first: total, then the tie-breaking criterion, then the earlier number."""
    return sorted(candidates, key=lambda one: (-one.total, -one.tie_break, one.number))


def place(candidates: Iterable[Candidate], rules: Rules) -> list[Placed]:
    """Give places and say who is above the line by threshold, line and quotas, in the order of places."""
    taken: dict[tuple[str, str], int] = {}
    quotas = dict(rules.group_quotas)
    placed: list[Placed] = []
    for number, candidate in enumerate(order(candidates), 1):
        why = _why_below(candidate, number, rules, quotas, taken)
        placed.append(Placed(candidate, number, not why, why))
        if not why:
            for key in _counters(candidate):
                taken[key] = taken.get(key, 0) + 1
    return placed


def _counters(candidate: Candidate) -> Sequence[tuple[str, str]]:
    return (("all", ""), ("group", candidate.group), ("municipality", candidate.municipality))


def _why_below(
    candidate: Candidate,
    number: int,
    rules: Rules,
    quotas: Mapping[str, int],
    taken: Mapping[tuple[str, str], int],
) -> str:
    if rules.threshold is not None and candidate.total < rules.threshold:
        return "ниже проходного балла"
    if rules.line is not None and number > rules.line:
        return "ниже черты"
    if _is_full(taken, ("all", ""), rules.quota):
        return "квота конкурса заполнена"
    if _is_full(taken, ("group", candidate.group), quotas.get(candidate.group)):
        return "квота номинации заполнена"
    if _is_full(taken, ("municipality", candidate.municipality), rules.municipality_quota):
        return "квота муниципалитета заполнена"
    return ""


def _is_full(taken: Mapping[tuple[str, str], int], key: tuple[str, str], limit: int | None) -> bool:
    return limit is not None and taken.get(key, 0) >= limit

"""What was reckoned from the marks of a round: fair totals, severity, agreement; and the marks themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, Sum, prefetch_related_objects

from innoset.review.models import Assignment, Calibration, Round, Score
from innoset.review.pure.calibration.coding import Criterion
from innoset.review.pure.calibration.exports import Line
from innoset.review.pure.calibration.whole import Evidence
from innoset.review.pure.letters import letters_of
from innoset.review.pure.ranking import Standing
from innoset.review.pure.scoring import Rule, maximum
from innoset.review.queries.ranking import finished_of, standing_of
from innoset.review.queries.sheets import rubrics_of, rules_of, with_rubrics
from innoset.review.states import LIVE, SheetState


@dataclass(frozen=True, slots=True)
class CalibratedRow:
    """A dossier beside itself: its result and place as they were, and what an average expert would give.

    `fair`, `se`, `low`, `high` are in points of the round, the interval is of 95 %; `measure` is in points from
    the mean by the additive method and in logits by the Rasch model.
    """

    dossier_id: int
    code: str
    raw: float
    measure: float
    se: float
    low: float
    high: float
    fair: float
    rank_raw: int
    rank_fair: int
    count: int
    fit: float

    @property
    def moved(self) -> int:
        """Return by how many places the dossier rises."""
        return self.rank_raw - self.rank_fair

    @property
    def dropped(self) -> int:
        """Return by how many places it falls."""
        return -self.moved


@dataclass(frozen=True, slots=True)
class CalibratedExpert:
    """An expert under a letter: by how many points stricter (+) or milder (−) than the panel, 95 % interval."""

    letter: str
    count: int
    severity: float
    se: float
    low: float
    high: float
    fit: float


@dataclass(frozen=True, slots=True)
class SubsetOf:
    """Dossiers that can be compared with each other, the groups they belong to, their experts by letter."""

    codes: tuple[str, ...]
    groups: tuple[str, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The last calibration of a round; stale when the marks have changed since."""

    method: str
    parameters: dict[str, Any]
    made_at: datetime
    data_sha256: str
    sha256: str
    is_stale: bool
    rows: tuple[CalibratedRow, ...]
    experts: tuple[CalibratedExpert, ...]
    subsets: tuple[SubsetOf, ...]
    spread: dict[str, float]
    agreement: dict[str, Any]
    report: dict[str, Any] | None

    @property
    def noise(self) -> float:
        """Return how far one review lies from the true total, in points: severity and chance together."""
        return float((self.spread["expert"] ** 2 + self.spread["chance"] ** 2) ** 0.5)

    @property
    def is_connected(self) -> bool:
        """Tell whether all dossiers can be compared."""
        return len(self.subsets) < 2  # noqa: PLR2004  # reason: one group is one whole


def calibration_of(review_round: Round) -> Calibrated | None:
    """Return the last calibration of the round, best fair total first; None when there was none."""
    kept = Calibration.objects.filter(round=review_round).order_by("-id").first()
    if kept is None:
        return None
    dossiers = kept.parameters.get("dossiers") or dossiers_in(review_round)
    known: dict[str, tuple[int, str]] = {code: (key, group) for code, (key, group) in dossiers.items()}
    rows = [_row(one, known) for one in kept.result["rows"] if one["work"] in known]
    return Calibrated(
        method=kept.method,
        parameters=kept.parameters,
        made_at=kept.made_at,
        data_sha256=kept.data_sha256,
        sha256=kept.result_sha256,
        is_stale=kept.parameters.get("footprint") != footprint_of(review_round),
        rows=tuple(sorted(rows, key=lambda one: (one.rank_fair, one.code))),
        experts=tuple(CalibratedExpert(**one) for one in kept.result["experts"]),
        subsets=tuple(_subset(one, known) for one in kept.result["subsets"]),
        spread=kept.result["spread"],
        agreement=kept.result["agreement"],
        report=kept.result["report"],
    )


def _row(kept: dict[str, Any], known: dict[str, tuple[int, str]]) -> CalibratedRow:
    values = dict(kept)
    code = values.pop("work")
    return CalibratedRow(dossier_id=known[code][0], code=code, **values)


def _subset(kept: dict[str, Any], known: dict[str, tuple[int, str]]) -> SubsetOf:
    codes = tuple(kept["works"])
    groups = {known[code][1] for code in codes if code in known}
    return SubsetOf(codes, tuple(sorted(groups - {""})), tuple(kept["experts"]))


def footprint_of(review_round: Round) -> list[Any]:
    """Return a short trace of the marks, in one query: another one means that they have changed."""
    finished = Q(sheet__assignment__state__in=LIVE, sheet__state=SheetState.FINISHED)
    found = Score.objects.filter(finished, sheet__assignment__round=review_round).aggregate(
        marks=Count("pk"),
        points=Sum("value"),
        sheets=Count("sheet", distinct=True),
        saved=Max("saved_at"),
        finished=Max("sheet__finished_at"),
    )
    moments = [found[key].isoformat() if found[key] else "" for key in ("saved", "finished")]
    return [found["marks"], found["points"] or 0, found["sheets"], *moments]


def dossiers_in(review_round: Round) -> dict[str, list[Any]]:
    """Return the key and the group of each dossier by its code; neither ever changes."""
    found = review_round.dossiers.values_list("code", "pk", "group")
    return {code: [key, group] for code, key, group in found}


def letters_in(review_round: Round) -> dict[int, str]:
    """Return the letter of each expert with a finished sheet, by the key of the person."""
    done = Assignment.objects.filter(
        round=review_round, state__in=LIVE, sheet__state=SheetState.FINISHED
    ).values_list("expert_id", flat=True)
    return letters_of(set(done))


def evidence_of(review_round: Round) -> Evidence:
    """Return the marks of the finished sheets, in a constant number of queries: experts stand under letters."""
    prefetch_related_objects([review_round], *with_rubrics())
    done, standings = finished_of(review_round), standing_of(review_round)
    scales = _Scales.of(review_round)
    groups = dict(review_round.dossiers.values_list("pk", "group"))
    letters = letters_of({one.expert_id for given in done.values() for one in given})
    marks = _values(review_round)
    lines: list[Line] = []
    for row in sorted(standings, key=lambda one: one.code):
        rules = scales.rules(groups[row.dossier_id])
        for given, total in zip(done.get(row.dossier_id, []), row.totals, strict=True):
            lines += _lines(row.code, letters[given.expert_id], float(total), rules, marks.get(given.pk, {}))
    return Evidence(
        lines=tuple(lines),
        criteria=scales.criteria(lines),
        maximum=float(scales.most),
        raw={row.code: _raw(row) for row in standings if row.totals},
    )


def _raw(row: Standing) -> tuple[float, int]:
    return float(row.mean or 0), row.place


def _values(review_round: Round) -> dict[int, dict[int, int | None]]:
    """Return by assignment the marks of its criteria; None is «не применимо»."""
    found: dict[int, dict[int, int | None]] = {}
    scores = Score.objects.filter(sheet__assignment__round=review_round).order_by("pk")
    answered = scores.filter(Q(value__isnull=False) | Q(is_not_applicable=True))
    for given, criterion, value in answered.values_list("sheet__assignment_id", "criterion_id", "value"):
        found.setdefault(given, {})[criterion] = value
    return found


def _lines(
    code: str, letter: str, total: float, rules: dict[str, Rule], marks: dict[int, int | None]
) -> list[Line]:
    return [
        Line(
            code, letter, key, str(rule.weight), max(rule.values, default=0), marks[rule.key], round(total, 6)
        )
        for key, rule in rules.items()
        if rule.key in marks
    ]


@dataclass(frozen=True, slots=True)
class _Scales:
    """The criteria of the round and of its groups, under names of their own: «К1», «К1 (Наставничество)»."""

    own: dict[str, Rule]
    groups: dict[str, dict[str, Rule]]
    most: float

    @classmethod
    def of(cls, review_round: Round) -> "_Scales":
        own = rules_of(review_round.rubric)
        return cls(
            own={f"К{rule.number}": rule for rule in own},
            groups={
                group: {f"К{rule.number} ({group})": rule for rule in rules_of(rubric)}
                for group, rubric in rubrics_of(review_round).items()
            },
            most=float(maximum(own)),
        )

    def rules(self, group: str) -> dict[str, Rule]:
        """Return the criteria of a group by their names."""
        return self.groups.get(group, self.own)

    def criteria(self, lines: list[Line]) -> tuple[Criterion, ...]:
        """Return the criteria that were marked, each with the scale that makes its points those of the round."""
        used = {one.criterion for one in lines}
        return tuple(
            Criterion(key, family, float(rule.weight), rule.values, self.most / most)
            for family, rules in {"": self.own, **self.groups}.items()
            for most in [float(maximum(rules.values())) or 1.0]
            for key, rule in rules.items()
            if key in used
        )

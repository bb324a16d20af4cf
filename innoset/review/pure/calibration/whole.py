"""From the marks of a round to one result that can be kept: plain numbers, in a fixed order, rounded alike."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final

from innoset.review.pure import agreement
from innoset.review.pure.calibration.additive import Additive, Sheet, TooLittle, additive
from innoset.review.pure.calibration.coding import Criterion, Rating
from innoset.review.pure.calibration.connection import subsets
from innoset.review.pure.calibration.exports import Line, marks_csv
from innoset.review.pure.calibration.ranks import places
from innoset.review.pure.calibration.report import Report, report

ADDITIVE: Final = "additive"
METHODS: Final = (ADDITIVE, "rsm", "pcm")
DIGITS: Final = 6


@dataclass(frozen=True)
class Evidence:
    """The marks of the finished sheets of a round: works by code, experts by letter, and the official results.

    `raw` holds for each judged work its result in points and its place, as the ranking of the round has them.
    """

    lines: tuple[Line, ...]
    criteria: tuple[Criterion, ...]
    maximum: float
    raw: Mapping[str, tuple[float, int]]

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the totals, one a sheet."""
        return tuple(dict.fromkeys(Sheet(one.work, one.expert, one.total) for one in self.lines))

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        """Return the marks that were put."""
        return tuple(
            Rating(one.work, one.expert, one.criterion, one.value)
            for one in self.lines
            if one.value is not None
        )

    @cached_property
    def text(self) -> str:
        """Return the marks as the table that people take away."""
        return marks_csv(self.lines, self.maximum)

    @property
    def sha256(self) -> str:
        """Return the checksum of that table."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def reckon(evidence: Evidence, method: str = ADDITIVE) -> dict[str, Any]:
    """Calibrate by the method and describe the round; raise `TooLittle` when the method has too few marks.

    Severity and spread are always by the additive model, in points; the report of the Rasch model comes with it
    where the marks allow, None where they do not.
    """
    plain = additive(evidence.sheets, evidence.maximum)
    rasch = _report(evidence, method)
    result: dict[str, Any] = _rounded(
        {
            "rows": _rows(evidence, plain, rasch if method != ADDITIVE else None),
            "experts": [asdict(one) for one in plain.experts],
            "spread": {
                "work": plain.work_sd,
                "expert": plain.expert_sd,
                "chance": plain.chance_sd,
                "reliability": plain.reliability,
            },
            "subsets": [asdict(one) for one in subsets((one.work, one.expert) for one in evidence.sheets)],
            "agreement": _agreement(evidence),
            "report": asdict(rasch) if rasch else None,
        }
    )
    return result


def sha256_of(result: Mapping[str, Any]) -> str:
    """Return the checksum of a result."""
    text = json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _report(evidence: Evidence, method: str) -> Report | None:
    try:
        return report(evidence.ratings, evidence.criteria, steps="pcm" if method == "pcm" else "rsm")
    except TooLittle:
        if method != ADDITIVE:
            raise
        return None


def _rows(evidence: Evidence, plain: Additive, rasch: Report | None) -> list[dict[str, Any]]:
    """Return the works in the order of their codes, the fair totals by the method asked for."""
    middle = sum(one.fair for one in plain.works) / len(plain.works)
    fair = {one.code: (one.fair - middle, one.fair, one.se, one.low, one.high) for one in plain.works}
    if rasch:
        logits = {one.name: one.shrunken for one in rasch.works}
        fair = {one.work: (logits[one.work], one.fair, one.se, one.low, one.high) for one in rasch.fair}
    works = sorted(fair)
    after = dict(zip(works, places([round(fair[work][1], DIGITS) for work in works]), strict=True))
    fit = {one.code: (one.count, one.fit) for one in plain.works}
    return [
        {
            "work": work,
            "raw": evidence.raw[work][0],
            **dict(zip(("measure", "fair", "se", "low", "high"), fair[work], strict=True)),
            "rank_raw": evidence.raw[work][1],
            "rank_fair": after[work],
            **dict(zip(("count", "fit"), fit[work], strict=True)),
        }
        for work in works
    ]


def _agreement(evidence: Evidence) -> dict[str, Any]:
    """Return how far the experts agree in totals and in marks; marks are shares of the greatest."""
    tops = {one.key: max(one.values) or 1 for one in evidence.criteria}
    totals = agreement.table_of((one.work, one.expert, one.total) for one in evidence.sheets)
    marks = [
        ((one.work, one.criterion), one.expert, one.value / tops[one.criterion]) for one in evidence.ratings
    ]
    single, mean = agreement.icc_one_way(totals) or (None, None)
    kappa = agreement.kappa_of_pairs(marks)
    return {
        "alpha_totals": agreement.alpha(totals),
        "alpha_marks": agreement.alpha(agreement.table_of(marks), "ordinal"),
        "icc": single,
        "icc_mean": mean,
        "kappa": asdict(kappa) if kappa else None,
    }


def _rounded(value: Any) -> Any:
    """Round every number, so that the last bits of another machine change no checksum."""
    if isinstance(value, float):
        return round(value, DIGITS) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value

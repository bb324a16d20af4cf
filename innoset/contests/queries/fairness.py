"""What calibration gives the works of a contest, in points."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from innoset.contests.pure.standing import Fair
from innoset.review.models import Calibration, Round
from innoset.review.pure.ranking import Standing
from innoset.review.queries.calibrations import footprint_of


def calibrations_of(rounds: Mapping[str, Round], until: datetime | None) -> dict[str, Calibration]:
    """Return the last calibration of every stage that has one, in one query.

    Whatever is reckoned after `until` (the sitting is over, the results are out) moves nothing any more.
    """
    last = Calibration.objects.filter(round__in=rounds.values()).order_by().values("round")
    if until:
        last = last.filter(made_at__lte=until)
    found = Calibration.objects.filter(pk__in=last.annotate(last=Max("pk")).values("last")).order_by("pk")
    by_round = {one.round_id: one for one in found}
    return {stage: by_round[one.pk] for stage, one in rounds.items() if one.pk in by_round}


def fair_points(
    calibrations: Mapping[str, Calibration], standings: Mapping[str, Collection[Standing]]
) -> dict[str, dict[int, Fair]]:
    """Return the calibrated points by stage and dossier; what was not calibrated is left out."""
    found: dict[str, dict[int, Fair]] = {}
    for stage, kept in calibrations.items():
        rows = {row["work"]: row for row in kept.result["rows"]}
        found[stage] = {one.dossier_id: _fair(rows[one.code]) for one in standings[stage] if one.code in rows}
    return found


def _fair(row: Mapping[str, float]) -> Fair:
    return Fair(*(_points(row[name]) for name in ("fair", "low", "high")))


def _points(value: float) -> Decimal:
    """Return a float as points of the log: four digits, the same on every machine."""
    return Decimal(f"{value:.4f}")


def method_of(kept: Calibration) -> dict[str, Any]:
    """Return how a calibration was reckoned, and the checksums of its marks and of its result."""
    return {"method": kept.method, "marks_sha256": kept.data_sha256, "result_sha256": kept.result_sha256}


def is_stale(kept: Calibration, review_round: Round) -> bool:
    """Tell whether the marks have changed since the calibration."""
    return bool(kept.parameters.get("footprint") != footprint_of(review_round))

"""Deeds of calibration."""

from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.review.models import Calibration, Round
from innoset.review.pure.calibration import TooLittle
from innoset.review.pure.calibration.coding import LEAST_EXPERTS, LEAST_WORKS
from innoset.review.pure.calibration.whole import ADDITIVE, METHODS, reckon, sha256_of
from innoset.review.queries.calibrations import dossiers_in, evidence_of, footprint_of

TOO_LITTLE = (
    "Оценок пока мало: нужны хотя бы два дела, два эксперта и четыре завершённых листа с разными суммами. "
    "Дождитесь листов и рассчитайте снова."
)
TOO_LITTLE_FOR_RASCH = (
    f"Для модели Раша оценок мало: нужны хотя бы {LEAST_WORKS} дел, {LEAST_EXPERTS} эксперта и критерии "
    "с разными баллами. Выберите способ «По суммам»."
)


@action("review.calibrate")
def calibrate(review_round: Round, *, method: str = ADDITIVE, by: Any, at: datetime) -> Calibration:
    """Reckon what an average expert would give to each dossier, and keep it; the marks stay as they are."""
    if method not in METHODS:
        raise Refusal("Такого способа расчёта нет. Выберите способ из списка.", field="method")
    kept = keep_calibration(review_round, method=method, by=by, at=at)
    if kept is None:
        few = TOO_LITTLE if method == ADDITIVE else TOO_LITTLE_FOR_RASCH
        raise Refusal(few, field=None if method == ADDITIVE else "method")
    ledger.note(method=method, marks=kept.data_sha256, result=kept.result_sha256)
    return kept


def keep_calibration(
    review_round: Round, *, method: str = ADDITIVE, by: Any, at: datetime
) -> Calibration | None:
    """Reckon and keep, inside a deed; return None when there are too few marks."""
    evidence = evidence_of(review_round)
    try:
        result = reckon(evidence, method)
    except TooLittle:
        return None
    return Calibration.objects.create(
        round=review_round,
        method=method,
        parameters={
            "footprint": footprint_of(review_round),
            "maximum": evidence.maximum,
            "dossiers": dossiers_in(review_round),
        },
        data_sha256=evidence.sha256,
        result=result,
        result_sha256=sha256_of(result),
        made_at=at,
        made_by=by,
    )

"""What municipalities say of the works defended: would it be of use at home."""

from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.network.models import Municipality
from innoset.review.models import DefenceFeedback, Dossier, Round
from innoset.review.queries.feedback import speaks_for
from innoset.review.states import RoundKind, SlotState

LONGEST = 2000
SCALE = range(1, 6)


@action("review.give_feedback")
def give_feedback(
    review_round: Round,
    *,
    dossier: Dossier,
    municipality: Municipality,
    usefulness: int | None = None,
    wants_visit: bool = False,
    text: str = "",
    by: Any,
    at: datetime,
) -> DefenceFeedback:
    """Say, for one's municipality, how useful a defended work would be; said again, it replaces the first."""
    _require_defended(review_round, dossier)
    if municipality.pk not in speaks_for(review_round, by):
        raise Refusal("Отзыв можно дать только от своего муниципалитета.", field="municipality")
    if dossier.organisation.municipality_id == municipality.pk:
        raise Refusal("Это работа вашего муниципалитета: о своих работах отзыв не дают.")
    _require_said(usefulness, text.strip(), wants_visit=wants_visit)
    made, _ = DefenceFeedback.objects.update_or_create(
        round=review_round,
        dossier=dossier,
        author=by,
        defaults={
            "municipality": municipality,
            "usefulness": usefulness,
            "wants_visit": wants_visit,
            "text": text.strip(),
            "written_at": at,
        },
    )
    ledger.note(dossier=dossier.code, usefulness=usefulness, wants_visit=wants_visit)
    return made


def _require_defended(review_round: Round, dossier: Dossier) -> None:
    if review_round.kind != RoundKind.DEFENCE:
        raise Refusal("Отзыв дают о работах открытой защиты.")
    if not review_round.slots.filter(dossier=dossier, state=SlotState.DONE).exists():
        raise Refusal("Эту работу ещё не защитили. Отзыв можно дать после выступления.")


def _require_said(usefulness: int | None, text: str, *, wants_visit: bool) -> None:
    if usefulness is not None and usefulness not in SCALE:
        raise Refusal("Выберите полезность от 1 до 5.", field="usefulness")
    if len(text) > LONGEST:
        raise Refusal(f"Сократите отзыв до {LONGEST} знаков: сейчас их {len(text)}.", field="text")
    if usefulness is None and not text and not wants_visit:
        raise Refusal(
            "Выберите полезность, отметьте желание приехать или напишите отзыв.", field="usefulness"
        )

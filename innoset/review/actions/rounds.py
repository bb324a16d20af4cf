"""Deeds of a round: its term, its opening and closing, reminders."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import counted, moment_in_words
from innoset.review import notices
from innoset.review.actions.calibrations import keep_calibration
from innoset.review.models import Assignment, Round
from innoset.review.queries.rounds import owing_in, progress_of
from innoset.review.states import LIVE, ROUND, RoundState

MOST_SHEETS = 9
SHEETS = ("листа", "листов", "листов")


@action("review.edit_round")
def edit_round(
    review_round: Round, *, closes_at: datetime, sheets_per_dossier: int, by: Any, at: datetime
) -> None:
    """Change the term of the round and how many experts a dossier needs."""
    if review_round.state == RoundState.CLOSED:
        raise Refusal("Тур завершён. Чтобы изменить срок, сначала откройте тур снова.")
    if closes_at <= max(at, review_round.opens_at):
        raise Refusal("Срок тура должен быть позже этой минуты и начала тура.", field="closes_at")
    if not 1 <= sheets_per_dossier <= MOST_SHEETS:
        raise Refusal(f"Число экспертов на дело — от 1 до {MOST_SHEETS}.", field="sheets_per_dossier")
    ledger.note(
        closes_at=[review_round.closes_at.isoformat(), closes_at.isoformat()],
        sheets_per_dossier=[review_round.sheets_per_dossier, sheets_per_dossier],
    )
    review_round.closes_at, review_round.sheets_per_dossier = closes_at, sheets_per_dossier
    review_round.save(update_fields=["closes_at", "sheets_per_dossier"])


@action("review.open_round")
def open_round(review_round: Round, *, by: Any, at: datetime) -> None:
    """Let the experts in: each learns by letter which dossiers are theirs."""
    move = ROUND.move("open", review_round.state)
    _require_ready(review_round, at)
    review_round.state = move.target
    review_round.save(update_fields=["state"])
    tell_assigned(review_round, list(_live(review_round)), at=at)


def _require_ready(review_round: Round, at: datetime) -> None:
    if not review_round.dossiers.exists():
        raise Refusal("В туре нет ни одного дела.")
    if not review_round.rubric.criteria.exists():
        raise Refusal("В наборе критериев этого тура нет ни одного критерия. Добавьте критерии.")
    if review_round.closes_at <= at:
        raise Refusal("Срок тура уже прошёл. Сначала измените срок.")
    if not _live(review_round).exists():
        raise Refusal("Никому ещё не назначено ни одного дела. Сначала назначьте экспертов.")


def _live(review_round: Round) -> Any:
    return Assignment.objects.filter(round=review_round, state__in=LIVE).select_related("dossier", "expert")


def tell_assigned(review_round: Round, assignments: Collection[Assignment], *, at: datetime) -> None:
    """Tell each expert, in one letter, which dossiers are theirs now."""
    own: dict[User, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        own[assignment.expert].append(assignment)
    for expert, given in own.items():
        announce(
            notices.ASSIGNED,
            to=[expert],
            at=at,
            about=f"round:{review_round.pk}:given:{max(one.pk for one in given)}:{at:%Y%m%d%H%M%S}",
            url=reverse("desk:home"),
            facts={
                "round": review_round.title,
                "count": len(given),
                "codes": ", ".join(sorted(one.dossier.code for one in given)),
                "closes": moment_in_words(review_round.closes_at),
            },
        )


@action("review.close_round")
def close_round(review_round: Round, *, reason: str = "", by: Any, at: datetime) -> None:
    """End the round; while sheets are missing only with a reason, which stays in the log.

    The marks are calibrated on the way, unless there are too few of them.
    """
    move = ROUND.move("close", review_round.state)
    require_complete(review_round, reason)
    review_round.state = move.target
    review_round.save(update_fields=["state"])
    kept = keep_calibration(review_round, by=by, at=at)
    ledger.note(reason=reason.strip(), calibration=kept.result_sha256 if kept else "мало оценок")


def require_complete(review_round: Round, reason: str) -> None:
    """Refuse while sheets are missing and nobody has said why that is all right."""
    progress = progress_of(review_round)
    missing = progress.due - progress.done
    if not progress.is_complete and not reason.strip():
        raise Refusal(
            f"Не хватает {counted(missing, *SHEETS)}. Дождитесь их или укажите причину, "
            "по которой тур завершается без них.",
            field="reason",
        )


@action("review.reopen_round")
def reopen_round(review_round: Round, *, by: Any, at: datetime) -> None:
    """Let the experts in again."""
    move = ROUND.move("reopen", review_round.state)
    if review_round.closes_at <= at:
        raise Refusal("Срок тура прошёл, открыть его снова нельзя.")
    review_round.state = move.target
    review_round.save(update_fields=["state"])


@action("review.remind")
def remind(review_round: Round, *, experts: Collection[int], by: Any, at: datetime) -> int:
    """Remind the chosen experts who owe sheets, once a day each; return how many were told."""
    if review_round.state != RoundState.OPEN:
        raise Refusal("Напоминать можно, пока тур идёт.")
    owing = [pace for pace in owing_in(review_round) if pace.person.pk in set(experts)]
    if not owing:
        raise Refusal("Выберите хотя бы одного эксперта, у которого остались листы.", field="experts")
    for pace in owing:
        announce(
            notices.REMINDED,
            to=[pace.person],
            at=at,
            about=f"round:{review_round.pk}:{at:%Y-%m-%d}",
            url=reverse("desk:home"),
            facts={
                "round": review_round.title,
                "left": pace.left,
                "closes": moment_in_words(review_round.closes_at),
            },
        )
    ledger.note(experts=[pace.person.pk for pace in owing])
    return len(owing)

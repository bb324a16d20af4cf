"""Deeds of an expert: declaring a conflict, scoring, finishing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.review import notices
from innoset.review.models import Assignment, ConflictDeclaration, Criterion, Round, Rubric, Score, ScoreSheet
from innoset.review.pure import scoring
from innoset.review.pure.scoring import Mark
from innoset.review.queries.ranking import rules_of
from innoset.review.queries.rounds import organisers_of, progress_of
from innoset.review.queries.sheets import marks_of
from innoset.review.states import ASSIGNMENT, CONFLICT_GROUNDS, SHEET, AssignmentState, RoundState, SheetState

NOTE, COMMENT = 500, 5000


@action("review.declare")
def declare(assignment: Assignment, *, ground: str = "", note: str = "", by: Any, at: datetime) -> None:
    """Say before the text opens whether there is a conflict of interest; one recuses and frees the place."""
    _require_open(assignment.round)
    _require_ground(ground, note.strip())
    move = ASSIGNMENT.move("recuse" if ground else "clear", assignment.state)
    assignment.state = AssignmentState(move.target)
    assignment.save(update_fields=["state"])
    ConflictDeclaration.objects.update_or_create(
        assignment=assignment,
        defaults={"has_conflict": bool(ground), "ground": ground, "note": note.strip(), "declared_at": at},
    )
    ledger.note(ground=ground)
    if ground:
        _tell_recused(assignment, ground, note.strip(), at=at)
    else:
        ScoreSheet.objects.get_or_create(assignment=assignment, defaults={"opened_at": at})


def _require_open(review_round: Round) -> None:
    if review_round.state != RoundState.OPEN:
        raise Refusal("Тур сейчас закрыт: менять здесь ничего нельзя. Спросите организатора.")


def _require_ground(ground: str, note: str) -> None:
    if ground and ground not in CONFLICT_GROUNDS:
        raise Refusal("Выберите, в чём конфликт интересов, из списка.", field="ground")
    if ground == "other" and not note:
        raise Refusal("Напишите в поле «Пояснение», в чём конфликт интересов.", field="note")
    if len(note) > NOTE:
        raise Refusal(f"Сократите пояснение до {NOTE} знаков.", field="note")


def _tell_recused(assignment: Assignment, ground: str, note: str, *, at: datetime) -> None:
    words = ". ".join(part for part in (CONFLICT_GROUNDS[ground], note) if part)
    announce(
        notices.RECUSED,
        to=organisers_of(assignment.round),
        at=at,
        about=f"assignment:{assignment.pk}:{at:%Y%m%d%H%M%S}",
        facts={
            "code": assignment.dossier.code,
            "person": assignment.expert.full_name,
            "ground": words.rstrip("."),
        },
    )


@action("review.score")
def score(
    sheet: ScoreSheet,
    *,
    criterion: Criterion,
    value: int | None = None,
    comment: str | None = None,
    by: Any,
    at: datetime,
) -> Score:
    """Put one mark, or its comment, or both; what is not given stays as it was."""
    _require_writable(sheet)
    made = _put(sheet, criterion, value, comment, at=at)
    ledger.note(criterion=criterion.number, value=made.value)
    return made


@action("review.save_sheet")
def save_sheet(
    sheet: ScoreSheet, *, marks: Mapping[int, Mark], comment: str | None = None, by: Any, at: datetime
) -> None:
    """Save the whole sheet at once: marks by the key of their criterion, and the conclusion."""
    _save(sheet, marks, comment, at=at)
    ledger.note(marks={str(key): mark.value for key, mark in marks.items()})


def _save(sheet: ScoreSheet, marks: Mapping[int, Mark], comment: str | None, *, at: datetime) -> None:
    _require_writable(sheet)
    criteria = {one.pk: one for one in sheet.assignment.round.rubric.criteria.all()}
    for key, mark in marks.items():
        if key not in criteria:
            raise Refusal("Этого критерия в листе нет. Обновите страницу.")
        if mark.value is not None or mark.comment:
            _put(sheet, criteria[key], mark.value, mark.comment, at=at)
    if comment is not None:
        sheet.comment = _text(comment, "comment")
        sheet.save(update_fields=["comment"])


def _require_writable(sheet: ScoreSheet) -> None:
    assignment = sheet.assignment
    _require_open(assignment.round)
    if assignment.state != AssignmentState.CLEARED:
        raise Refusal("Это дело с вас снято: оценивать его не нужно.")
    if sheet.state != SheetState.OPEN:
        raise Refusal("Лист завершён. Чтобы изменить балл, откройте лист снова.")


def _put(
    sheet: ScoreSheet, criterion: Criterion, value: int | None, comment: str | None, *, at: datetime
) -> Score:
    rubric = sheet.assignment.round.rubric
    field = f"k{criterion.number}"
    if criterion.rubric_id != rubric.pk:
        raise Refusal("Этого критерия в листе нет. Обновите страницу.")
    if value is not None and value not in {level["value"] for level in criterion.levels}:
        raise Refusal(
            f"У критерия К{criterion.number} нет такого балла. Выберите балл из списка.", field=field
        )
    changed: dict[str, Any] = {} if value is None else {"value": value}
    if comment is not None:
        changed["comment"] = _text(comment, f"{field}_comment")
    made, _ = Score.objects.update_or_create(
        sheet=sheet, criterion=criterion, defaults={**changed, "saved_at": at}
    )
    if not rubric.is_frozen:
        Rubric.objects.filter(pk=rubric.pk).update(is_frozen=True)
    return made


def _text(comment: str, field: str) -> str:
    text = comment.strip()
    if len(text) > COMMENT:
        raise Refusal(f"Сократите комментарий до {COMMENT} знаков: сейчас их {len(text)}.", field=field)
    return text


@action("review.finish_sheet")
def finish_sheet(sheet: ScoreSheet, *, comment: str | None = None, by: Any, at: datetime) -> None:
    """Finish the sheet explicitly; while something is missing it is refused by name."""
    _save(sheet, {}, comment, at=at)
    rules, marks = rules_of(sheet.assignment.round.rubric), marks_of(sheet)
    if lacks := scoring.gaps(rules, marks):
        raise Refusal(f"Лист ещё не полон. {'; '.join(gap.words for gap in lacks)}.")
    sheet.state = SheetState(SHEET.move("finish", sheet.state).target)
    sheet.total, sheet.finished_at = scoring.total(rules, marks), at
    sheet.save(update_fields=["state", "total", "finished_at"])
    ledger.note(total=str(sheet.total))
    _tell_complete(sheet.assignment.round, at=at)


def _tell_complete(review_round: Round, *, at: datetime) -> None:
    if progress_of(review_round).is_complete:
        announce(
            notices.ALL_SHEETS_IN,
            to=organisers_of(review_round),
            at=at,
            about=f"round:{review_round.pk}:{at:%Y-%m-%d}",
            url=reverse("office:home"),
            facts={"round": review_round.title},
        )


@action("review.reopen_sheet")
def reopen_sheet(sheet: ScoreSheet, *, by: Any, at: datetime) -> None:
    """Take a finished sheet back to work while the round goes on."""
    _require_open(sheet.assignment.round)
    ledger.note(total=str(sheet.total))
    sheet.state = SheetState(SHEET.move("reopen", sheet.state).target)
    sheet.total = sheet.finished_at = None
    sheet.save(update_fields=["state", "total", "finished_at"])

"""Deeds of an expert: declaring a conflict, scoring, finishing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.review import notices
from innoset.review.actions.marks import GONE, Given, is_newer, put, stamp_of, text_of
from innoset.review.models import Assignment, ConflictDeclaration, Criterion, Round, Rubric, Score, ScoreSheet
from innoset.review.pure import scoring
from innoset.review.pure.scoring import Mark, Rule
from innoset.review.queries.discussions import discussion_of
from innoset.review.queries.rounds import organisers_of, progress_of
from innoset.review.queries.sheets import marks_of, rubric_of, rules_for
from innoset.review.states import ASSIGNMENT, CONFLICT_GROUNDS, SHEET, AssignmentState, RoundState, SheetState

NOTE = 500


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
    is_not_applicable: bool | None = None,
    sequence: int = 0,
    by: Any,
    at: datetime,
) -> Score:
    """Put one mark, or its comment, or both; what is not given stays as it was.

    A mark with a sequence that is not newer than the one in place changes nothing and counts as saved.
    """
    require_writable(sheet)
    given = Given(value, comment, bool(is_not_applicable), sequence)
    made = put(sheet, criterion, given, at=at)
    ledger.note(criterion=criterion.number, value=made.value, sequence=sequence)
    return made


@action("review.save_sheet")
def save_sheet(
    sheet: ScoreSheet,
    *,
    marks: Mapping[int, Mark],
    comment: str | None = None,
    sequence: int = 0,
    by: Any,
    at: datetime,
) -> None:
    """Save the whole sheet at once: marks by the key of their criterion, and the conclusion."""
    save_marks(sheet, marks, comment, sequence, at=at)
    ledger.note(marks={str(key): mark.value for key, mark in marks.items()})


def save_marks(
    sheet: ScoreSheet, marks: Mapping[int, Mark], comment: str | None, sequence: int = 0, *, at: datetime
) -> None:
    """Write the marks and the conclusion inside a deed."""
    require_writable(sheet)
    criteria = {one.pk: one for one in _rubric(sheet).criteria.all()}
    for key, mark in marks.items():
        if key not in criteria:
            raise Refusal(GONE)
        if mark.is_answered or mark.comment:
            put(sheet, criteria[key], Given.of(mark), at=at)
    if comment is not None:
        _conclude(sheet, text_of(comment, "comment"), sequence, at=at)


def _conclude(sheet: ScoreSheet, text: str, sequence: int, *, at: datetime) -> None:
    if is_newer(sequence, sheet.comment_sequence) and (sequence or text != sheet.comment):
        sheet.comment, sheet.comment_sequence = text, sequence or stamp_of(at)
        sheet.save(update_fields=["comment", "comment_sequence"])


def _rubric(sheet: ScoreSheet) -> Rubric:
    return rubric_of(sheet.assignment.round, sheet.assignment.dossier)


def require_writable(sheet: ScoreSheet) -> None:
    """Refuse in words when the sheet takes no marks now."""
    assignment = sheet.assignment
    _require_open(assignment.round)
    if assignment.state != AssignmentState.CLEARED:
        raise Refusal("Это дело с вас снято: оценивать его не нужно.")
    if sheet.state != SheetState.OPEN:
        raise Refusal("Лист завершён. Чтобы изменить балл, откройте лист снова.")


@action("review.finish_sheet")
def finish_sheet(sheet: ScoreSheet, *, comment: str | None = None, by: Any, at: datetime) -> None:
    """Finish the sheet explicitly; while something is missing it is refused by name."""
    save_marks(sheet, {}, comment, at=at)
    rules, marks = rules_for(sheet), marks_of(sheet)
    require_full(rules, marks)
    sheet.state = SheetState(SHEET.move("finish", sheet.state).target)
    sheet.total, sheet.finished_at = scoring.total(rules, marks), at
    sheet.first_finished_at = sheet.first_finished_at or at
    sheet.save(update_fields=["state", "total", "finished_at", "first_finished_at"])
    ledger.note(total=str(sheet.total))
    _tell_complete(sheet.assignment.round, at=at)


def require_full(rules: Sequence[Rule], marks: Mapping[int, Mark]) -> None:
    """Refuse, naming everything that the sheet still lacks."""
    if lacks := scoring.gaps(rules, marks):
        raise Refusal(f"Лист ещё не полон. {'; '.join(gap.words for gap in lacks)}.")


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
    """Take a finished sheet back to work while the round goes on and nobody has seen the others' marks."""
    _require_open(sheet.assignment.round)
    _require_undiscussed(sheet)
    ledger.note(total=str(sheet.total))
    sheet.state = SheetState(SHEET.move("reopen", sheet.state).target)
    # For a sheet finished before first finishes were kept.
    sheet.first_finished_at = sheet.first_finished_at or sheet.finished_at
    sheet.total = sheet.finished_at = None
    sheet.save(update_fields=["state", "total", "finished_at", "first_finished_at"])


def _require_undiscussed(sheet: ScoreSheet) -> None:
    talk = discussion_of(sheet.assignment)
    if talk is None:
        return
    if talk.closed_at is None:
        raise Refusal("По делу идёт обсуждение. Измените балл на странице обсуждения и назовите причину.")
    raise Refusal("Обсуждение дела закончено: баллы больше не меняют.")

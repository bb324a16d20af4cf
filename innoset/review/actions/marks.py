"""Putting one mark on a sheet, inside a deed: the order of marks, the trace of changes, the frozen rubric."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from innoset.foundation.errors import Refusal
from innoset.review.models import Criterion, Discussion, Rubric, Score, ScoreChange, ScoreSheet
from innoset.review.pure.scoring import Mark
from innoset.review.queries.sheets import rubric_of

COMMENT_SIGNS = 5000
GONE = "Этого критерия в листе нет. Обновите страницу."


@dataclass(frozen=True, slots=True)
class Given:
    """What came for one criterion: an answer, a comment, or both; its place in the order of marks."""

    value: int | None = None
    comment: str | None = None
    is_not_applicable: bool = False
    sequence: int = 0

    @classmethod
    def of(cls, mark: Mark) -> Self:
        """Return the whole mark, to be put now."""
        return cls(mark.value, mark.comment, mark.is_not_applicable)

    @property
    def has_answer(self) -> bool:
        """Tell whether an answer came."""
        return self.value is not None or self.is_not_applicable


@dataclass(frozen=True, slots=True)
class Because:
    """Why a mark changes after the sheet had been finished."""

    reason: str = ""
    discussion: Discussion | None = None


def stamp_of(at: datetime) -> int:
    """Return the sequence of what is put without one: milliseconds, as pages count them."""
    return int(at.timestamp() * 1000)


def is_newer(sequence: int, known: int) -> bool:
    """Tell whether what came may take the place of what is there; without a sequence it always may."""
    return sequence == 0 or sequence > known


def put(
    sheet: ScoreSheet, criterion: Criterion, given: Given, *, because: Because | None = None, at: datetime
) -> Score:
    """Write what is new of it and return the mark as it stands; a change after the finish leaves a trace."""
    rubric = rubric_of(sheet.assignment.round, sheet.assignment.dossier)
    if criterion.rubric_id != rubric.pk:
        raise Refusal(GONE)
    _require_sound(criterion, given)
    made = Score.objects.filter(sheet=sheet, criterion=criterion).first()
    made = made or Score(sheet=sheet, criterion=criterion, saved_at=at)
    before = mark_in(made)
    is_written = _answer(made, given, at=at) | _comment(made, given, at=at)
    if is_written or made.pk is None:
        made.saved_at = at
        made.save()
        _trace(sheet, made, before, because or Because(), at=at)
    if not rubric.is_frozen:
        Rubric.objects.filter(pk=rubric.pk).update(is_frozen=True)
    return made


def mark_in(score: Score) -> Mark:
    """Return the mark that a row holds."""
    return Mark(score.value, score.comment, score.is_not_applicable)


def _require_sound(criterion: Criterion, given: Given) -> None:
    field = f"k{criterion.number}"
    if given.is_not_applicable and not criterion.may_not_apply:
        raise Refusal(
            f"Критерий К{criterion.number} применим к каждой работе: поставьте балл из списка.", field=field
        )
    if given.value is not None and given.value not in {level["value"] for level in criterion.levels}:
        raise Refusal(
            f"У критерия К{criterion.number} нет такого балла. Выберите балл из списка.", field=field
        )


def _answer(made: Score, given: Given, *, at: datetime) -> bool:
    value = None if given.is_not_applicable else given.value
    if not given.has_answer or not is_newer(given.sequence, made.sequence):
        return False
    if not given.sequence and (made.value, made.is_not_applicable) == (value, given.is_not_applicable):
        return False
    made.value, made.is_not_applicable = value, given.is_not_applicable
    made.sequence = given.sequence or stamp_of(at)
    return True


def _comment(made: Score, given: Given, *, at: datetime) -> bool:
    if given.comment is None:
        return False
    text = text_of(given.comment, f"k{made.criterion.number}_comment")
    if not is_newer(given.sequence, made.comment_sequence) or (not given.sequence and text == made.comment):
        return False
    made.comment, made.comment_sequence = text, given.sequence or stamp_of(at)
    return True


def _trace(sheet: ScoreSheet, made: Score, before: Mark, because: Because, *, at: datetime) -> None:
    after = mark_in(made)
    if not sheet.first_finished_at or before.shown == after.shown:
        return
    told: dict[str, Any] = {"reason": because.reason, "discussion": because.discussion}
    ScoreChange.objects.create(
        sheet=sheet,
        criterion=made.criterion,
        before=before.shown,
        after=after.shown,
        changed_at=at,
        **told,
    )


def text_of(comment: str, field: str) -> str:
    """Return the text without blanks round it; refuse one that is too long."""
    text = comment.strip()
    if len(text) > COMMENT_SIGNS:
        raise Refusal(f"Сократите комментарий до {COMMENT_SIGNS} знаков: сейчас их {len(text)}.", field=field)
    return text

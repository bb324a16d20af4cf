"""What goes into an expert's pack for work without a network, and what the system has in its place."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from innoset.review.models import Round, ScoreSheet
from innoset.review.pure.packs import CONCLUSION
from innoset.review.pure.packs.book import BookLine
from innoset.review.pure.packs.lines import Known
from innoset.review.pure.scoring import NOTHING, Mark
from innoset.review.queries.desk import sheets_of
from innoset.review.queries.sheets import rubric_of, rule_of
from innoset.review.states import RoundState, SheetState

FINISHED = "Лист по этому делу завершён. Откройте его снова, если хотите изменить балл."
CLOSED = "Тур сейчас закрыт: баллы не принимаются."


def packed_rounds(person: Any) -> QuerySet[Round]:
    """Return the rounds in which the person judges now and has open texts."""
    own = sheets_of(person).values("assignment__round")
    return Round.objects.filter(pk__in=own, state=RoundState.OPEN).order_by("pk")


def packed_sheets(person: Any, review_round: Round) -> QuerySet[ScoreSheet]:
    """Return the person's sheets of the round, by code."""
    return sheets_of(person).filter(assignment__round=review_round).order_by("assignment__dossier__code")


def book_lines(person: Any, review_round: Round) -> Iterator[BookLine]:
    """Yield the lines of the table: the criteria of each open sheet, and its conclusion."""
    for sheet in packed_sheets(person, review_round).filter(state=SheetState.OPEN):
        dossier, scores = sheet.assignment.dossier, {one.criterion_id: one for one in sheet.scores.all()}
        for criterion in rubric_of(review_round, dossier).criteria.all():
            score = scores.get(criterion.pk)
            yield BookLine(
                code=dossier.code,
                theme=dossier.title,
                rule=rule_of(criterion),
                levels=tuple((level["value"], level["text"]) for level in criterion.levels),
                mark=Mark(score.value, score.comment, score.is_not_applicable) if score else NOTHING,
                stamp=max(score.sequence, score.comment_sequence) if score else 0,
            )
        conclusion = Mark(comment=sheet.comment)
        yield BookLine(dossier.code, dossier.title, None, (), conclusion, sheet.comment_sequence)


def known_to(person: Any, review_round: Round) -> dict[tuple[str, int], Known]:
    """Return what stands on each of the person's sheets of the round, by code and number of the criterion."""
    found: dict[tuple[str, int], Known] = {}
    for sheet in packed_sheets(person, review_round):
        dossier, scores = sheet.assignment.dossier, {one.criterion_id: one for one in sheet.scores.all()}
        closed = _closed(review_round, sheet)
        for criterion in rubric_of(review_round, dossier).criteria.all():
            score = scores.get(criterion.pk)
            mark = Mark(score.value, score.comment, score.is_not_applicable) if score else NOTHING
            stamp = max(score.sequence, score.comment_sequence) if score else 0
            found[dossier.code, criterion.number] = Known(rule_of(criterion), mark, stamp, closed)
        conclusion = Mark(comment=sheet.comment)
        found[dossier.code, CONCLUSION] = Known(None, conclusion, sheet.comment_sequence, closed)
    return found


def _closed(review_round: Round, sheet: ScoreSheet) -> str:
    if review_round.state != RoundState.OPEN:
        return CLOSED
    return FINISHED if sheet.state == SheetState.FINISHED else ""

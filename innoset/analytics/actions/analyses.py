"""The analysis of a site: its own, and an expert's of the same statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from innoset.accounts.models import User
from innoset.analytics.models import Analysis, AnalysisAnswer, AnalysisQuestion
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW

MOST = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark on a statement (none yet, or 0 … 4) and what proves it."""

    value: int | None
    comment: str = ""


@action("analytics.save_analysis")
def save_analysis(
    analysis: Analysis, *, marks: Mapping[str, Mark], summary: str, by: User, at: datetime
) -> Analysis:
    """Keep the marks by the codes of statements; an analysis may be filled in several times before it is sent."""
    if analysis.sent_at is not None:
        raise Refusal("Анализ уже отправлен, изменить его нельзя. Попросите организатора вернуть его.")
    analysis = _begun(analysis, by=by, at=at)
    analysis.summary = summary
    analysis.person = by
    analysis.save(update_fields=["summary", "person"])
    for question in AnalysisQuestion.objects.filter(is_active=True, code__in=marks):
        mark = marks[question.code]
        if mark.value is not None and not 0 <= mark.value <= MOST:
            raise Refusal(f"Оценка бывает от 0 до {MOST}. Выберите одну из них.", field=question.code)
        AnalysisAnswer.objects.update_or_create(
            analysis=analysis, question=question, defaults={"value": mark.value, "comment": mark.comment}
        )
    ledger.note(
        analysis=analysis.pk, view=analysis.view, marks={code: mark.value for code, mark in marks.items()}
    )
    return analysis


@action("analytics.send_analysis")
def send_analysis(analysis: Analysis, *, by: User, at: datetime) -> None:
    """Send the analysis: from now on it is shown beside the other one and does not change."""
    if analysis.sent_at is not None:
        raise Refusal("Анализ уже отправлен.")
    marked = set(analysis.answers.exclude(value=None).values_list("question__code", flat=True))
    lacking = (
        AnalysisQuestion.objects.filter(is_active=True).exclude(code__in=marked).order_by("position", "id")
    )
    first = lacking.first()
    if first is not None:
        raise Refusal(f"Отметьте все утверждения. Первое без оценки: «{first.text}».", field=first.code)
    analysis.sent_at, analysis.person = at, by
    analysis.save(update_fields=["sent_at", "person"])
    ledger.note(analysis=analysis.pk, view=analysis.view)


@action("analytics.return_analysis")
def return_analysis(analysis: Analysis, *, reason: str, by: User, at: datetime) -> None:
    """Give a sent analysis back to be mended; the reason is kept in the log."""
    if analysis.sent_at is None:
        raise Refusal("Анализ ещё не отправлен, возвращать нечего.")
    if not reason.strip():
        raise Refusal("Напишите, почему анализ возвращают.", field="reason")
    analysis.sent_at = None
    analysis.save(update_fields=["sent_at"])
    ledger.note(analysis=analysis.pk, reason=reason)


def _begun(analysis: Analysis, *, by: User, at: datetime) -> Analysis:
    """Return the kept analysis of the site, year and view, or begin it."""
    if analysis.pk is not None:
        return analysis
    year = at.astimezone(MOSCOW).year
    if analysis.school_year > year:
        raise Refusal("Этот учебный год ещё не начался. Выберите другой.")
    found, _ = Analysis.objects.get_or_create(
        status=analysis.status,
        school_year=analysis.school_year,
        view=analysis.view,
        defaults={"person": by, "created_at": at},
    )
    # Whoever sends meanwhile is waited for: what was sent does not change.
    found = Analysis.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.sent_at is not None:
        raise Refusal("Анализ уже отправлен, изменить его нельзя. Попросите организатора вернуть его.")
    return found

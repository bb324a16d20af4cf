"""Checking a report: returned with what to mend, accepted, taken back."""

from datetime import date, datetime, timedelta
from typing import Any

from innoset.documents.pure import official
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.foundation.russian import MOSCOW, counted
from innoset.network.states import Role
from innoset.projects import notices
from innoset.projects.actions import nudges
from innoset.projects.models import Report, ReportVersion
from innoset.projects.papers import paper_of
from innoset.projects.queries import reports
from innoset.projects.queries.remarks import remarks_of, unsettled
from innoset.projects.states import REPORT, ReportState
from innoset.review.models import Round
from innoset.review.states import RoundState

TO_MEND = timedelta(days=7)
"""How long a returned report has at least."""


@action("projects.send_back_report")
def send_back(report: Report, *, note: str, due_on: date | None = None, by: Any, at: datetime) -> None:
    """Return the report with what to mend and a new term."""
    move = REPORT.move("send_back", report.state)
    _return(report, ReportState(move.target), note, due_on, at=at)


@action("projects.reopen_report")
def reopen(report: Report, *, note: str, due_on: date | None = None, by: Any, at: datetime) -> None:
    """Return a report that was accepted: something came to light later."""
    move = REPORT.move("reopen", report.state)
    report.accepted_at = report.accepted_by = None
    _return(report, ReportState(move.target), note, due_on, at=at)


def _return(report: Report, state: ReportState, note: str, due_on: date | None, *, at: datetime) -> None:
    if not note.strip():
        raise Refusal("Напишите, что исправить: без этого отчёт не вернуть.", field="note")
    _require_collecting(report)
    today = at.astimezone(MOSCOW).date()
    term = due_on or max(report.due_on, today + TO_MEND)
    if term < today:
        raise Refusal("Новый срок уже прошёл. Укажите сегодняшний день или более поздний.", field="due_on")
    report.state, report.return_note, report.due_on = state, note.strip(), term
    report.save(update_fields=["state", "return_note", "due_on", "accepted_at", "accepted_by"])
    _tell(report, notices.REPORT_RETURNED, at=at, note=report.return_note)
    ledger.note(due_on=term.isoformat())


def _require_collecting(report: Report) -> None:
    if report.campaign.closed_at is not None:
        raise Refusal("Сбор отчётов завершён: вернуть отчёт уже нельзя.")


def _tell(report: Report, notice: Any, *, at: datetime, **facts: object) -> None:
    to = dict.fromkeys([*filter(None, [report.author]), *reports.staff_of(report, Role.HEAD)])
    nudges.tell(report, notice, to=to, about=f"{notice.key}:{report.versions.count()}", at=at, **facts)


@action("projects.accept_report")
def accept(report: Report, *, by: Any, at: datetime) -> None:
    """Accept what was sent, and keep it on paper; required remarks and an unfinished expertise stand in the way."""
    move = REPORT.move("accept", report.state)
    _require_settled(report)
    _require_judged(report)
    version = reports.last_sent(report)
    assert version is not None  # noqa: S101  # reason: a submitted report has one, says its constraint
    report.state, report.return_note = ReportState(move.target), ""
    report.accepted_at, report.accepted_by = at, by
    report.save(update_fields=["state", "return_note", "accepted_at", "accepted_by"])
    _print(version, at=at)
    _tell(report, notices.REPORT_ACCEPTED, at=at)
    ledger.note(version=version.number, sha256=version.sha256)


def _require_settled(report: Report) -> None:
    waiting = [one for one in unsettled(remarks_of(report)) if one.is_required]
    if waiting:
        remarks = counted(
            len(waiting), "обязательное замечание", "обязательных замечания", "обязательных замечаний"
        )
        raise Refusal(f"Принять отчёт пока нельзя: не снято {remarks}. Снимите их или верните отчёт.")


def _require_judged(report: Report) -> None:
    going = Round.objects.exclude(state=RoundState.CLOSED).filter(
        pk=report.campaign.round_number or 0, dossiers=report.dossier_id or 0
    )
    if going.exists():
        raise Refusal("Эксперты ещё оценивают отчёты. Завершите экспертизу, потом принимайте.")


def _print(version: ReportVersion, *, at: datetime) -> None:
    paper, name = paper_of(version), version.report.said_number
    pdf, docx = official.pdf(paper, at=version.made_at), official.docx(paper, at=version.made_at)
    version.pdf = files.keep(pdf, name=f"{name}.pdf", media_type=PDF, at=at, is_made_here=True)
    version.docx = files.keep(docx, name=f"{name}.docx", media_type=DOCX, at=at, is_made_here=True)
    version.save(update_fields=["pdf", "docx"])

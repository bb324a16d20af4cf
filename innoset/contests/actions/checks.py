"""The technical check of a sent application: four outcomes, a letter for each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from innoset.contests.models import Application, FormalCheck
from innoset.contests.notices.checks import BY_OUTCOME
from innoset.contests.papers.letters import issue_check_letter
from innoset.contests.pure.checklist import Mark, objection_to
from innoset.contests.queries.applications import team_of
from innoset.contests.states import (
    APPLICATION,
    APPLICATION_LABELS,
    OUTCOME_MOVES,
    ApplicationState,
    CheckOutcome,
    ContestState,
)
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words


@action("contests.check_application")
def check_application(
    application: Application,
    *,
    outcome: str,
    checklist: Sequence[Mapping[str, Any]],
    comment: str = "",
    mend_by: datetime | None = None,
    by: Any,
    at: datetime,
) -> FormalCheck:
    """Record the outcome of the check, print its letter and send it to the people of the organisation.

    `checklist` holds lines {"code", "title", "is_met", "note"}. An outcome that does not go with the
    marks is refused, and so is a term of mending that has passed.
    """
    kind = _outcome(outcome)
    _require_checkable(application, kind, at)
    marks = [_mark(row) for row in checklist]
    term = mend_by if kind == CheckOutcome.MEND else None
    if objection := objection_to(kind, marks, comment, term, at=at):
        raise Refusal(objection.text, field=objection.field)
    application.state = ApplicationState(APPLICATION.move(OUTCOME_MOVES[kind], application.state).target)
    application.mend_by = term
    application.save(update_fields=["state", "mend_by"])
    check = FormalCheck.objects.create(
        application=application,
        outcome=kind,
        checklist=[mark.as_row() for mark in marks],
        comment=comment.strip(),
        mend_by=term,
        checked_at=at,
        checked_by=by,
    )
    _send_letter(check, by=by, at=at)
    ledger.note(outcome=kind, unmet=[mark.code for mark in marks if not mark.is_met])
    return check


def _outcome(outcome: str) -> CheckOutcome:
    try:
        return CheckOutcome(outcome)
    except ValueError as error:
        raise Refusal("Выберите исход проверки из списка.", field="outcome") from error


def _require_checkable(application: Application, outcome: CheckOutcome, at: datetime) -> None:
    """Let only what was sent be checked; what was not mended in its term may only be refused."""
    if application.contest.state != ContestState.OPEN:
        raise Refusal("Экспертиза уже началась: техническая экспертиза этого конкурса закончена.")
    if application.state == ApplicationState.SUBMITTED:
        return
    if application.state == ApplicationState.RETURNED and outcome == CheckOutcome.REFUSED:
        if application.mend_by is not None and application.mend_by > at:
            term = moment_in_words(application.mend_by)
            raise Refusal(f"Заявитель ещё может исправить заявку: срок до {term}.", field="outcome")
        return
    label = APPLICATION_LABELS[ApplicationState(application.state)]
    raise Refusal(f"Проверяют только отправленные заявки. Состояние этой заявки — «{label}».")


def _mark(row: Mapping[str, Any]) -> Mark:
    return Mark(str(row["code"]), str(row["title"]), bool(row["is_met"]), str(row.get("note", "")).strip())


def _send_letter(check: FormalCheck, *, by: Any, at: datetime) -> None:
    application = check.application
    place = application.checks.count()
    paper, text = issue_check_letter(check, place=place, by=by, at=at)
    check.letter = paper
    check.save(update_fields=["letter"])
    announce(
        BY_OUTCOME[CheckOutcome(check.outcome)],
        to=team_of(application),
        at=at,
        about=f"application:{application.pk}:check:{place}",
        url=f"/cabinet/applications/{application.number}/",
        facts={
            "number": application.shown_number,
            "letter": text,
            "until": moment_in_words(check.mend_by) if check.mend_by else "",
        },
        files=[paper.pdf] if paper.pdf else [],
    )

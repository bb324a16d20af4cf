"""Letters about the technical check: from the tables to the printed paper."""

import hashlib
from datetime import datetime
from typing import Any

from innoset.contests.models import Application, FormalCheck
from innoset.contests.papers.receipts import title_of
from innoset.documents.actions import issue_paper
from innoset.documents.models import Paper
from innoset.documents.pure import letter as letter_paper
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.russian import MOSCOW


def letter_number(application: Application, place: int) -> str:
    """Return the number of the letter about the first, second … check of an application."""
    return f"Т-{application.number}" if place == 1 else f"Т-{application.number}-{place}"


def check_letter(check: FormalCheck, *, number: str, by: Any) -> letter_paper.TechnicalLetter:
    """Compose the letter with the outcome, the remarks and, if so decided, the term of mending."""
    application = check.application
    return letter_paper.TechnicalLetter(
        frame=_frame(application, number=number, by=by, at=check.checked_at),
        subject=letter_paper.Subject(
            number=application.shown_number,
            title=application.project.title,
            contest=title_of(application.contest),
            nomination=application.nomination.title if application.nomination else "",
        ),
        outcome=letter_paper.Outcome(check.outcome),
        checks=tuple(
            letter_paper.Check(str(row["title"]), bool(row["is_met"]), str(row["note"]))
            for row in check.checklist
        ),
        mend_until=check.mend_by,
        comment=check.comment,
    )


def issue_check_letter(check: FormalCheck, *, place: int, by: Any, at: datetime) -> tuple[Paper, str]:
    """Print and register the letter; return it with its text for the post."""
    application = check.application
    number = letter_number(application, place)
    document = check_letter(check, number=number, by=by)
    pdf = letter_paper.pdf(document, at=at)
    paper = issue_paper(
        kind=Paper.Kind.LETTER,
        number=number,
        title=f"Письмо о технической экспертизе: {application.organisation.short_name}",
        data={"number": number, "outcome": check.outcome, "comment": check.comment},
        subject=address_of(application),
        sha256=hashlib.sha256(pdf).hexdigest(),
        at=at,
        pdf=pdf,
        by=by,
    )
    return paper, letter_paper.text(document)


def _frame(application: Application, *, number: str, by: Any, at: datetime) -> letter_paper.Frame:
    organiser, owner = application.contest.organiser, application.organisation
    return letter_paper.Frame(
        sender=(organiser.name,),
        to=letter_paper.Addressee(organisation=owner.name, name=owner.head_name),
        post=organiser.head_position or "Организатор конкурса",
        signatory=organiser.head_name or by.full_name,
        written_on=at.astimezone(MOSCOW).date(),
        number=number,
        executor=by.full_name if organiser.head_name else "",
    )

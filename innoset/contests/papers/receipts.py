"""Receipts and printed applications: from the tables to the paper."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from innoset.contests.models import Application, Contest, ContestStage, Submission
from innoset.contests.queries.confirmations import confirmed_line
from innoset.documents.actions import issue_paper
from innoset.documents.models import Paper
from innoset.documents.pure import receipt as receipt_paper
from innoset.documents.pure.application_paper import ApplicationPaper, Row
from innoset.documents.pure.proof import Proof, signed
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.files.models import StoredFile
from innoset.foundation.russian import MOSCOW, date_in_words, roman
from innoset.projects.models import PassportVersion
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Kind, fields_of


def title_of(contest: Contest) -> str:
    """Return the contest's name with its edition."""
    return f"{contest.title}, {roman(contest.edition)} выпуск" if contest.edition else contest.title


def receipt_number(application: Application, sending: int) -> str:
    """Return the number on the receipt: the application's own, with the sending's from the second on."""
    return application.shown_number if sending == 1 else f"{application.shown_number}-{sending}"


def issue_receipt(
    application: Application,
    *,
    version: PassportVersion,
    sending: int,
    sha256: str,
    files: Sequence[StoredFile],
    mailed_to: Sequence[str],
    confirmed: str = "",
    by: Any,
    at: datetime,
) -> Paper:
    """Print and register the receipt of a sending."""
    number = receipt_number(application, sending)
    proof = _proof_of(application, number, version, sending=sending, sha256=sha256, files=files, at=at)
    document = receipt_paper.Receipt(
        number=number,
        title=proof.title,
        organisation=proof.organisation,
        contest=proof.contest,
        nomination=application.nomination.title if application.nomination else "",
        organiser=application.contest.organiser.name,
        sent_at=at,
        sent_by=by.full_name,
        sent_by_post=by.position,
        confirmed=confirmed,
        version=sending,
        digest=sha256,
        check_url=f"{settings.SITE_URL}{reverse('public:check', args=[number, sha256[:16]])}",
        mailed_to=", ".join(mailed_to),
        files=tuple(file.name for file in files),
        steps=next_steps(application.contest, at),
        proof=signed(proof, settings.SECRET_KEY),
    )
    return issue_paper(
        kind=Paper.Kind.RECEIPT,
        number=number,
        title=f"Расписка о получении заявки {number}",
        data={"application": application.number, "sending": sending, "version": version.number},
        subject=address_of(application),
        sha256=sha256,
        at=at,
        pdf=receipt_paper.pdf(document, at=at),
        by=by,
    )


def _proof_of(
    application: Application,
    number: str,
    version: PassportVersion,
    *,
    sending: int,
    sha256: str,
    files: Sequence[StoredFile],
    at: datetime,
) -> Proof:
    """Compose what the receipt proves without the site."""
    return Proof(
        number=number,
        sent_at=at.isoformat(),
        title=application.project.title,
        organisation=application.organisation.name,
        contest=title_of(application.contest),
        version=sending,
        form=version.form_code,
        form_version=version.form_version,
        seal=sha256,
        files=tuple((file.name, file.sha256) for file in files),
    )


def next_steps(contest: Contest, at: datetime) -> tuple[receipt_paper.Step, ...]:
    """Return what happens after the sending and when, from the calendar of the contest."""
    later = (stage for stage in contest.stages.all() if stage.ends_at > at)
    return tuple(receipt_paper.Step(when_of(stage), str(stage)) for stage in later)


def when_of(stage: ContestStage) -> str:
    """Return the days of a stage in words."""
    starts, ends = (moment.astimezone(MOSCOW).date() for moment in (stage.starts_at, stage.ends_at))
    return date_in_words(starts) if starts == ends else f"{date_in_words(starts)} – {date_in_words(ends)}"


def printed_application(
    application: Application, version: PassportVersion, submission: Submission | None = None
) -> ApplicationPaper:
    """Compose the printed application from a version; a sent one carries its time and checksum."""
    form = form_by_code(version.form_code)
    organisation = application.organisation
    return ApplicationPaper(
        heading=form.title,
        rows=tuple(rows_of(version)),
        title=application.project.title,
        number=application.shown_number,
        contest=title_of(application.contest),
        nomination=application.nomination.title if application.nomination else "",
        organisation=organisation.name,
        sent_at=submission.sent_at if submission else None,
        version=submission.number if submission else 0,
        guarantees=tuple(one.text for one in form.guarantees),
        post=organisation.head_position or "Руководитель",
        signatory=organisation.head_name,
        digest=submission.sha256 if submission else "",
        confirmed=confirmed_line(submission) if submission else "",
    )


def rows_of(version: PassportVersion) -> Iterator[Row]:
    """Yield the rows of the form with what the version answers."""
    for field in fields_of(form_by_code(version.form_code), stages=version.stages):
        text = version.values.get(field.key, "")
        is_group = field.kind is Kind.HEADING and not text
        yield Row(field.printed_number, field.label, text, is_group=is_group)

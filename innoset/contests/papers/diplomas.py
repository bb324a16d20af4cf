"""Diplomas and result letters: from the tables to the printed paper."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from innoset.contests.models import Application, Contest
from innoset.contests.papers.minutes import contest_title
from innoset.contests.papers.orders import issuer_of, term_of
from innoset.contests.queries.contests import most_points_of
from innoset.documents.actions import issue_paper
from innoset.documents.models import Order, Paper
from innoset.documents.pure import diploma as diploma_paper
from innoset.documents.pure import letter as letter_paper
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.russian import date_in_words, initials, moscow
from innoset.network.models import Status
from innoset.projects.queries import people_of
from innoset.review.queries.remarks import conclusions_on, remarks_on


def digest(facts: dict[str, Any]) -> str:
    """Return the hash that a paper is known by: over its facts, without the address that carries it."""
    return hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()


def check_address(number: str, sha256: str) -> str:
    """Return the public address where a paper is checked."""
    return f"{settings.SITE_URL}{reverse('public:check', args=[number, sha256[:16]])}"


def issue_diploma(application: Application, status: Status, order: Order, *, by: Any, at: datetime) -> Paper:
    """Print and register the diploma of an awarded application."""
    contest, issuer = application.contest, issuer_of(application.contest)
    assert order.signed_on is not None  # noqa: S101  # reason: a confirmed order has a date by a constraint
    number = f"Д-{application.number}"
    facts = {
        "number": number,
        "organisation": application.organisation.name,
        "status": status.kind.title,
        "theme": application.project.title,
        "order": order.requisites,
        "issuer": order.issuer,
        "ends_on": status.ends_on.isoformat(),
    }
    sha256 = digest(facts)
    document = diploma_paper.Diploma(
        number=number,
        organisation=application.organisation.name,
        status=status.kind.title,
        theme=application.project.title,
        issuer=(issuer.name,),
        order_number=order.number,
        order_on=order.signed_on,
        post=issuer.head_position or "Руководитель",
        signatory=issuer.head_name,
        check_url=check_address(number, sha256),
        people=tuple(diploma_paper.Recipient(name) for name in people_of(application.version)),
        contest=contest_title(contest),
        term=f"с {date_in_words(status.starts_on)} по {date_in_words(status.ends_on)}",
        place=issuer.municipality.centre,
    )
    return issue_paper(
        kind=Paper.Kind.DIPLOMA,
        number=number,
        title=f"Диплом: {status.kind.abbreviation}, {application.organisation.short_name}",
        data=facts,
        subject=address_of(application),
        sha256=sha256,
        at=at,
        pdf=diploma_paper.pdf(document, at=at),
        by=by,
    )


def issue_result_letter(
    application: Application,
    *,
    status: Status | None,
    order: Order,
    total: Decimal,
    reason: str,
    by: Any,
    at: datetime,
) -> Paper:
    """Print and register the letter with the result and the experts' comments, without their names."""
    document = letter_paper.ResultLetter(
        frame=_frame(application, at),
        subject=letter_paper.Subject(
            number=application.shown_number,
            title=application.project.title,
            contest=contest_title(application.contest),
            nomination=application.nomination.title if application.nomination else "",
        ),
        remarks=tuple(_remarks(application)),
        grant=_grant(application.contest, status, order) if status else None,
        reason=reason,
        mean=float(total),
        maximum=float(most_points_of(application.contest)[-1]),
        general=_conclusions(application),
    )
    number = document.frame.number
    pdf = letter_paper.pdf(document, at=at)
    return issue_paper(
        kind=Paper.Kind.LETTER,
        number=number,
        title=f"Письмо об итогах: {application.organisation.short_name}",
        data={"number": number, "reason": reason, "remarks": [asdict(one) for one in document.remarks]},
        subject=address_of(application),
        sha256=hashlib.sha256(pdf).hexdigest(),
        at=at,
        pdf=pdf,
        by=by,
    )


def _frame(application: Application, at: datetime) -> letter_paper.Frame:
    organiser = application.contest.organiser
    return letter_paper.Frame(
        sender=(organiser.name,),
        to=letter_paper.Addressee(
            organisation=application.organisation.name, name=application.organisation.head_name
        ),
        post=organiser.head_position or "Руководитель",
        signatory=organiser.head_name,
        written_on=moscow(at).date(),
        number=_letter_number(application),
        executor=initials(application.contest.created_by.full_name),
    )


def _letter_number(application: Application) -> str:
    """Return the number of the letter; one that follows an appeal is the second, the third …"""
    before = Paper.objects.filter(
        kind=Paper.Kind.LETTER, subject=address_of(application), number__startswith=f"П-{application.number}"
    ).count()
    return f"П-{application.number}" if not before else f"П-{application.number}-{before + 1}"


def _conclusions(application: Application) -> tuple[str, ...]:
    is_told = application.dossier is not None and application.contest.shares_comments
    return conclusions_on(application.dossier) if is_told and application.dossier else ()


def _grant(contest: Contest, status: Status, order: Order) -> letter_paper.Grant:
    assert order.signed_on is not None  # noqa: S101  # reason: a confirmed order has a date by a constraint
    starts, ends = term_of(contest, order.signed_on)
    return letter_paper.Grant(
        status=status.kind.title,
        term=f"с {date_in_words(starts)} по {date_in_words(ends)}",
        order_number=order.number,
        order_on=order.signed_on,
        issuer=order.issuer,
    )


def _remarks(application: Application) -> list[letter_paper.Remarks]:
    if application.dossier is None or not application.contest.shares_comments:
        return []
    return [
        letter_paper.Remarks(
            criterion=one.criterion,
            maximum=float(one.maximum),
            mean=float(one.mean or Decimal(0)),
            texts=one.texts,
        )
        for one in remarks_on(application.dossier)
    ]

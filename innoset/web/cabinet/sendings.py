"""The receipt of a sending, and the papers to take away."""

import base64
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.contests.models import Application, Submission
from innoset.contests.papers.receipts import printed_application, receipt_number
from innoset.contests.papers.word_forms import word_form
from innoset.contests.queries import applications as queries
from innoset.contests.queries.confirmations import confirmed_line
from innoset.documents.pure import application_paper
from innoset.documents.pure.typesetting import qr_svg
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.projects import queries as projects
from innoset.projects.actions.answers import TITLE
from innoset.projects.models import PassportVersion
from innoset.projects.pure.forms import Signature
from innoset.web.cabinet.applications import application_or_404, crumbs
from innoset.web.cabinet.journey import steps_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.download import bytes_as_file, hand_out


def _submission_or_404(application: Application, sending: int) -> Submission:
    found = queries.submissions_of(application).filter(number=sending).first()
    if found is None:
        raise Http404
    return found


@require_safe
def receipt(request: HttpRequest, number: str, sending: int) -> HttpResponse:
    """Show the receipt: a page to bookmark, the same whenever it is opened."""
    application = application_or_404(request, number)
    sent = _submission_or_404(application, sending)
    paper = sent.receipt
    check_url = f"{settings.SITE_URL}{reverse('public:check', args=[paper.number, paper.mark])}"
    context = {
        "application": application,
        "sent": sent,
        "title": _title_sent(sent),
        "number": receipt_number(application, sent.number),
        "check_url": check_url,
        "qr": f"data:image/svg+xml;base64,{base64.b64encode(qr_svg(check_url).encode()).decode()}",
        "steps": steps_of(application),
        "team": queries.team_of(application),
        "files": list(sent.files.order_by("id")),
        "confirmed": confirmed_line(sent),
        "until": _open_until(application, arrived_at(request)),
        "crumbs": crumbs(application, "Расписка"),
    }
    return render(request, "cabinet/receipt.html", context)


def _title_sent(sent: Submission) -> str:
    """Return the title that was sent, whatever was written or sent later."""
    is_passport = sent.version.form_code == "passport"
    written = sent.version.values.get(TITLE, "") if is_passport else ""
    return written or sent.application.project.title


def _open_until(application: Application, at: datetime) -> datetime | None:
    closed = queries.objection_to_change(application, at)
    return None if closed else queries.deadline_of(application)


@require_safe
def receipt_pdf(request: HttpRequest, number: str, sending: int) -> HttpResponse:
    """Hand out the receipt as it was printed at the sending."""
    application = application_or_404(request, number)
    return hand_out(_submission_or_404(application, sending).receipt.pdf, in_place=True)


@require_safe
def sent_pdf(request: HttpRequest, number: str, sending: int) -> HttpResponse:
    """Print the application as it was sent."""
    application = application_or_404(request, number)
    sent = _submission_or_404(application, sending)
    data = application_paper.pdf(printed_application(application, sent.version, sent), at=sent.sent_at)
    return bytes_as_file(data, name=f"Заявка {application.shown_number}.pdf", media_type=PDF)


@require_safe
def sent_docx(request: HttpRequest, number: str, sending: int) -> HttpResponse:
    """Write the sent application as the official Word form."""
    application = application_or_404(request, number)
    version = _submission_or_404(application, sending).version
    return _word(application, version.values, version.stages)


@require_safe
def draft_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Print what is written now."""
    application, at = application_or_404(request, number), arrived_at(request)
    passport = application.project.passport
    draft = PassportVersion(
        passport=passport,
        number=0,
        form_code=passport.form_code,
        form_version=passport.form_version,
        stages=passport.stages,
        values=projects.values_of(passport),
    )
    data = application_paper.pdf(printed_application(application, draft), at=at)
    return bytes_as_file(data, name=f"Черновик {application.shown_number}.pdf", media_type=PDF)


@require_safe
def draft_docx(request: HttpRequest, number: str) -> HttpResponse:
    """Write what is written now as the official Word form."""
    application = application_or_404(request, number)
    passport = application.project.passport
    return _word(application, projects.values_of(passport), passport.stages)


def _word(application: Application, values: dict[str, str], stages: int) -> HttpResponse:
    organisation = application.organisation
    signature = Signature(position=organisation.head_position, name=organisation.head_name)
    form = projects.form_of(application.project.passport)
    data = word_form(application.contest, form.code, values, stages=stages, signature=signature)
    return bytes_as_file(data, name=f"Паспорт {application.shown_number}.docx", media_type=DOCX)


routes = [
    path("applications/<str:number>/receipts/<int:sending>/", receipt, name="receipt"),
    path("applications/<str:number>/receipts/<int:sending>/receipt.pdf", receipt_pdf, name="receipt_pdf"),
    path("applications/<str:number>/receipts/<int:sending>/application.pdf", sent_pdf, name="sent_pdf"),
    path("applications/<str:number>/receipts/<int:sending>/application.docx", sent_docx, name="sent_docx"),
    path("applications/<str:number>/passport.pdf", draft_pdf, name="draft_pdf"),
    path("applications/<str:number>/passport.docx", draft_docx, name="draft_docx"),
]

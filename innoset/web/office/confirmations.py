"""Papers of the head's confirmation for the office: the frozen PDF, the signature or the scan."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.contests.models import Confirmation
from innoset.contests.queries import confirmations as queries
from innoset.web.office.contest_applications import application_or_404
from innoset.web.ui.download import hand_out


def _confirmation_or_404(request: HttpRequest, code: str, number: str, mark: str) -> Confirmation:
    """Find a confirmation with which something was sent; others are the organisation's own business."""
    application = application_or_404(request, code, number)
    given = queries.confirmations_of(application).filter(pdf_sha256=mark, submissions__isnull=False).first()
    if given is None:
        raise Http404
    return given


@require_safe
def document(request: HttpRequest, code: str, number: str, mark: str) -> HttpResponse:
    """Hand out the frozen PDF that the head confirmed."""
    return hand_out(_confirmation_or_404(request, code, number, mark).pdf, to=request.user, in_place=True)


@require_safe
def evidence(request: HttpRequest, code: str, number: str, mark: str) -> HttpResponse:
    """Hand out the file of the signature or the scan."""
    given = _confirmation_or_404(request, code, number, mark)
    return hand_out(given.signature or given.scan, to=request.user)


_HERE = "contests/<slug:code>/applications/<str:number>/confirmation/<str:mark>"
routes = [
    path(f"{_HERE}.pdf", document, name="confirmed_pdf"),
    path(f"{_HERE}/evidence/", evidence, name="confirmed_evidence"),
]

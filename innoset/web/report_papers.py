"""What both doors show of a yearly report: the colour of its state, its papers."""

from datetime import datetime
from typing import Final

from django.http import Http404, HttpResponse

from innoset.documents.pure import report_paper
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.projects import papers
from innoset.projects.models import Report, ReportVersion
from innoset.projects.states import ReportState
from innoset.web.ui.download import bytes_as_file

STATE_KINDS: Final = {
    ReportState.OPEN: "now",
    ReportState.SUBMITTED: "work",
    ReportState.RETURNED: "warn",
    ReportState.ACCEPTED: "good",
}


def kind_of(report: Report) -> str:
    """Return the colour of the report's state."""
    return STATE_KINDS[ReportState(report.state)]


def paper_of(report: Report, sent: ReportVersion | None, kind: str, at: datetime) -> HttpResponse:
    """Print a report as a PDF or as a Word document: as it was sent, or else as a draft."""
    told = papers.sent_paper(sent) if sent else papers.draft_paper(report)
    moment = sent.made_at if sent else at
    if kind == "docx":
        data = report_paper.docx(told, at=moment)
        return bytes_as_file(data, name=f"{report.said_number}.docx", media_type=DOCX)
    if kind != "pdf":
        raise Http404
    return bytes_as_file(report_paper.pdf(told, at=moment), name=f"{report.said_number}.pdf", media_type=PDF)

"""What came after the deadline, and the wish to be sent by itself."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import automatic as actions
from innoset.contests.models import Application, LateCopy
from innoset.contests.papers.receipts import printed_application
from innoset.contests.papers.word_forms import word_form
from innoset.contests.queries import applications as queries
from innoset.contests.queries import deadlines
from innoset.documents.pure import application_paper
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.projects.pure.forms import Signature
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.cabinet.checking import SendForm
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file

# ── What came late ──────────────────────────────────────────────────────────


def _late_or_404(application: Application, place: int) -> LateCopy:
    found = deadlines.late_copies_of_application(application)
    if not 0 < place <= len(found):
        raise Http404
    return found[place - 1]


@require_safe
def late_copy(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Show what was kept: when it came, which deadline it missed, its checksum."""
    application = application_or_404(request, number)
    context = {
        "application": application,
        "copy": _late_or_404(application, place),
        "place": place,
        "organiser": application.contest.organiser,
        "crumbs": crumbs(application, "Опоздавшая отправка"),
    }
    return render(request, "cabinet/late_copy.html", context)


@require_safe
def late_paper(request: HttpRequest, number: str, place: int, kind: str) -> HttpResponse:
    """Hand out the late copy to read: printed, or as the official Word form."""
    application = application_or_404(request, number)
    copy = _late_or_404(application, place)
    version, name = copy.version, f"Опоздавшая отправка {application.shown_number}"
    if kind == "pdf":
        data = application_paper.pdf(printed_application(application, version), at=copy.arrived_at)
        return bytes_as_file(data, name=f"{name}.pdf", media_type=PDF)
    owner = application.organisation
    signature = Signature(position=owner.head_position, name=owner.head_name)
    data = word_form(
        application.contest, version.form_code, version.values, stages=version.stages, signature=signature
    )
    return bytes_as_file(data, name=f"{name}.docx", media_type=DOCX)


# ── To be sent by itself ────────────────────────────────────────────────────


class AutomaticForm(SendForm):
    """The statements, ticked beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"]


def automatic(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that the application be sent in time if it is complete; the statements are ticked here."""
    application = application_or_404(request, number)
    if queries.objection_to_change(application, arrived_at(request)) and request.method != "POST":
        return redirect(page_of(application))
    statements = queries.statements_of(application)
    form = AutomaticForm(request.POST or None, statements=statements)
    context = {
        "application": application,
        "form": form,
        "until": queries.deadline_of(application),
        "hours": application.contest.confirmation_hours if application.contest.confirmation_ways else 0,
        "crumbs": crumbs(application, "Автоматическая отправка"),
    }
    page = partial(render, request, "cabinet/automatic.html", context)
    if not form.is_valid():
        return page()
    said = "Заявка отправится в срок сама, если все поля будут заполнены."
    return attempt(
        request,
        actions.ask_automatic,
        application,
        consents=form.ticked(),
        said=said,
        then=page_of(application),
        form=form,
        on_refusal=page,
    )


@require_POST
def stop_automatic(request: HttpRequest, number: str) -> HttpResponse:
    """Take the wish back."""
    application = application_or_404(request, number)
    said = "Автоматической отправки не будет. Отправьте заявку сами."
    return attempt(request, actions.stop_automatic, application, said=said, then=page_of(application))


routes = [
    path("applications/<str:number>/late/<int:place>/", late_copy, name="late_copy"),
    path("applications/<str:number>/late/<int:place>/<str:kind>/", late_paper, name="late_paper"),
    path("applications/<str:number>/automatic/", automatic, name="automatic"),
    path("applications/<str:number>/automatic/stop/", stop_automatic, name="automatic_stop"),
]

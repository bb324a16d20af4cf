"""An application from an earlier one: choose which, compare field by field, tick, carry over."""

from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.contests.actions import copying as actions
from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.contests.queries.copying import plan_of, sources_of
from innoset.foundation.russian import counted
from innoset.projects.pure.field_maps import Row
from innoset.projects.queries import values_of
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt


@dataclass(frozen=True, slots=True)
class Slot:
    """One field: the earlier text, what stands there now, and whether it is ticked."""

    row: Row
    present: str
    is_ticked: bool

    @property
    def comes_from(self) -> str:
        """Name the earlier fields when they were others."""
        others = [f"{one.printed_number}. {one.name}" for one in self.row.sources]
        return "; ".join(others) if [one.key for one in self.row.sources] != [self.row.target.key] else ""


@require_safe
def sources(request: HttpRequest, number: str) -> HttpResponse:
    """Show the earlier applications of the organisation."""
    application = application_or_404(request, number)
    if queries.objection_to_change(application, arrived_at(request)):
        return redirect(page_of(application))
    context = {
        "application": application,
        "sources": list(sources_of(application).defer("version__values")),
        "crumbs": crumbs(application, "Из прошлой заявки"),
    }
    return render(request, "cabinet/copy_sources.html", context)


def copy(request: HttpRequest, number: str, source: str) -> HttpResponse:
    """Show the earlier texts beside the present ones, and carry over what is ticked."""
    application = application_or_404(request, number)
    found = sources_of(application).filter(number=source).first()
    if found is None:
        raise Http404
    page = partial(_page, request, application, found)
    if request.method != "POST":
        return page()
    return attempt(
        request,
        actions.copy_application,
        application,
        source=found,
        keys=request.POST.getlist("take"),
        said=_said,
        then=page_of(application),
        on_refusal=page,
    )


def _said(changed: int) -> str:
    moved = counted(changed, "поле", "поля", "полей")
    return f"Перенесено: {moved}. Проверьте сроки этапов, номера приказов и людей: они из прошлой заявки."


def _page(request: HttpRequest, application: Application, source: Application) -> HttpResponse:
    plan, present = plan_of(application, source), values_of(application.project.passport)
    asked = set(request.POST.getlist("take")) if request.method == "POST" else None
    rows = [row for row in plan.rows if present.get(row.target.key) != row.text]
    slots = [
        Slot(row, now, (not now) if asked is None else row.target.key in asked)
        for row in rows
        for now in [present.get(row.target.key, "")]
    ]
    context = {
        "application": application,
        "source": source,
        "slots": slots,
        "same": len(plan.rows) - len(rows),
        "left": plan.left,
        "crumbs": crumbs(application, "Из прошлой заявки"),
    }
    return render(request, "cabinet/copy.html", context)


routes = [
    path("applications/<str:number>/copy/", sources, name="copy_sources"),
    path("applications/<str:number>/copy/<str:source>/", copy, name="copy"),
]

"""Who reads what: the matrix, taking a dossier off an expert."""

from collections.abc import Iterable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from innoset.foundation.russian import counted
from innoset.review import actions
from innoset.review.models import Assignment
from innoset.review.states import LIVE
from innoset.web.office.assignment_matrix import matrix_of
from innoset.web.office.round_frame import Place, place_or_404
from innoset.web.office.rounds import ReasonForm
from innoset.web.ui.attempt import attempt

GIVEN = ("назначение", "назначения", "назначений")
Pair = tuple[int, int]


@require_http_methods(["GET", "POST"])
def assignments(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show the matrix; the form changes what was ticked and what was cleared on this page."""
    place = place_or_404(request, code, kind)
    if request.method != "POST":
        return _page(request, place)
    was = _pairs(request.POST.get("was", "").split())
    now = _pairs(request.POST.getlist("pair"))
    return attempt(
        request,
        actions.change_assignments,
        place.round,
        give=sorted(now - was),
        take=sorted(was - now),
        said=lambda done: f"Добавлено: {counted(done[0], *GIVEN)}. Снято: {counted(done[1], *GIVEN)}.",
        then=request.get_full_path(),
        on_refusal=lambda: _page(request, place, ticked=now),
    )


def _page(request: HttpRequest, place: Place, *, ticked: set[Pair] | None = None) -> HttpResponse:
    matrix = matrix_of(place.round, page=request.GET.get("page"), ticked=ticked)
    return render(request, "office/assignments.html", place.context("assignments", matrix=matrix))


def _pairs(texts: Iterable[str]) -> set[Pair]:
    found = (text.partition("-") for text in texts)
    return {(int(one), int(two)) for one, _, two in found if one.isdigit() and two.isdigit()}


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, code: str, kind: str, dossier: str) -> HttpResponse:
    """Take a dossier off an expert who has begun it; the reason stays in the log."""
    place = place_or_404(request, code, kind)
    expert = request.POST.get("expert") or request.GET.get("expert") or ""
    assignment = get_object_or_404(
        Assignment.objects.select_related("dossier", "expert"),
        round=place.round,
        dossier__code=dossier,
        state__in=LIVE,
        expert=expert if expert.isdigit() else 0,
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context = place.context("assignments", assignment=assignment, form=form)
    page = partial(render, request, "office/removal.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.unassign,
        assignment,
        reason=form.cleaned_data["reason"],
        said=f"Дело {dossier} снято с эксперта.",
        then=place.url("assignments"),
        form=form,
        on_refusal=page,
    )


_ROUND = "contests/<slug:code>/rounds/<slug:kind>/assignments/"
routes = [
    path(_ROUND, assignments, name="assignments"),
    path(f"{_ROUND}<str:dossier>/removal/", removal, name="removal"),
]

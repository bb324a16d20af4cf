"""Analyses of sites: who has sent what, the expert's form, the two judgements side by side."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.analytics import actions
from innoset.analytics.models import Analysis
from innoset.analytics.queries import analyses as queries
from innoset.foundation.policy import may
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Status
from innoset.web.analyses import form_of, side_by_side
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt

PER_PAGE = 50
TITLE = "Анализ площадок"


def _this_year(request: HttpRequest) -> int:
    return queries.school_year_of(arrived_at(request).astimezone(MOSCOW).date())


def _site_or_404(request: HttpRequest, number: str) -> Status:
    today = arrived_at(request).astimezone(MOSCOW).date()
    return get_object_or_404(queries.sites_to_analyse(request.user, today), number=number)


def _crumbs(title: str) -> list[tuple[str, str]]:
    return [(TITLE, reverse("office:analyses")), (title, "")]


@require_safe
def analyses(request: HttpRequest) -> HttpResponse:
    """List the sites that the person sees, with the state of both analyses of this school year."""
    today, year = arrived_at(request).astimezone(MOSCOW).date(), _this_year(request)
    page = Paginator(queries.sites_to_analyse(request.user, today), PER_PAGE).get_page(
        request.GET.get("page")
    )
    sites = list(page)
    boths = queries.boths_of(sites, year)
    context = {
        "page": page,
        "sites": [{"status": site, "both": boths[site.pk]} for site in sites],
        "year": year,
        "year_title": queries.year_title(year),
    }
    return render(request, "office/analyses.html", context)


@require_safe
def analysis(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Show both analyses of a site side by side once both are sent; until then, who has sent."""
    site = _site_or_404(request, number)
    both = queries.both_of(site, year)
    expert = Analysis(status=site, school_year=year, view=Analysis.View.EXPERT)
    context: dict[str, Any] = {
        "status": site,
        "both": both,
        "year": year,
        "year_title": queries.year_title(year),
        "may_mark": year <= _this_year(request) and may(request.user, "analytics.save_analysis", expert),
        "may_return": may(request.user, "analytics.return_analysis", expert),
        "crumbs": _crumbs(str(site.organisation)),
    }
    return render(request, "office/analysis.html", context | (side_by_side(both) if both.are_sent else {}))


def mark(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Mark the same statements as an expert, without seeing the site's own marks."""
    site = _site_or_404(request, number)
    both = queries.both_of(site, year)
    expert = both.expert or Analysis(status=site, school_year=year, view=Analysis.View.EXPERT)
    back = reverse("office:analysis", args=[number, year])
    if not may(request.user, "analytics.save_analysis", expert):
        raise PermissionDenied
    if expert.sent_at is not None:
        return redirect(back)
    form = form_of(both.expert, request.POST)
    context = {
        "status": site,
        "year_title": queries.year_title(year),
        "form": form,
        "back": back,
        "crumbs": _crumbs(str(site.organisation)),
    }
    page = partial(render, request, "office/analysis_mark.html", context)
    if not form.is_valid():
        return page()
    kept = {"marks": form.marks(), "summary": form.cleaned_data["summary"]}
    then = partial(_after, request, number, year)
    return attempt(request, actions.save_analysis, expert, **kept, then=then, form=form, on_refusal=page)


def _after(request: HttpRequest, number: str, year: int, kept: Analysis) -> HttpResponse:
    """Say that it is kept; whoever pressed «Отправить» goes on to the last question."""
    del kept
    messages.success(request, "Анализ сохранён.")
    to = "office:analysis_send" if "send" in request.POST else "office:analysis_mark"
    return redirect(reverse(to, args=[number, year]))


def send(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Ask once more, then send the expert's analysis."""
    site = _site_or_404(request, number)
    expert = get_object_or_404(Analysis, status=site, school_year=year, view=Analysis.View.EXPERT)
    back = reverse("office:analysis", args=[number, year])
    marking = partial(redirect, reverse("office:analysis_mark", args=[number, year]))
    if not may(request.user, "analytics.send_analysis", expert):
        raise PermissionDenied
    if request.method == "POST":
        return attempt(
            request, actions.send_analysis, expert, said="Анализ отправлен.", then=back, on_refusal=marking
        )
    context = {
        "status": site,
        "year_title": queries.year_title(year),
        "back": back,
        "crumbs": _crumbs(str(site.organisation)),
    }
    return render(request, "office/analysis_send.html", context)


@require_POST
def give_back(request: HttpRequest, number: str, year: int, view: str) -> HttpResponse:
    """Give a sent analysis back to be mended."""
    site = _site_or_404(request, number)
    found = get_object_or_404(Analysis, status=site, school_year=year, view=view)
    back = reverse("office:analysis", args=[number, year])
    reason = request.POST.get("reason", "")
    return attempt(
        request, actions.return_analysis, found, reason=reason, said="Анализ возвращён.", then=back
    )


routes = [
    path("analyses/", analyses, name="analyses"),
    path("analyses/<str:number>/<int:year>/", analysis, name="analysis"),
    path("analyses/<str:number>/<int:year>/mark/", mark, name="analysis_mark"),
    path("analyses/<str:number>/<int:year>/send/", send, name="analysis_send"),
    path("analyses/<str:number>/<int:year>/<slug:view>/return/", give_back, name="analysis_return"),
]

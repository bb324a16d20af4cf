"""Self-analysis of a site, and what the site's own figures are."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.analytics import actions
from innoset.analytics.models import Analysis
from innoset.analytics.queries import analyses as queries
from innoset.analytics.queries.index import formula_of, reckoning_of
from innoset.analytics.queries.indicators import years_with_values
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Status
from innoset.web.analyses import form_of, side_by_side
from innoset.web.figures import chosen_year, year_tabs
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt

TITLE = "Самоанализ и показатели"


@require_safe
def analyses(request: HttpRequest) -> HttpResponse:
    """Show the sites of one's organisations: the state of their analysis, and their index of a year."""
    today = arrived_at(request).astimezone(MOSCOW).date()
    school_year, years = queries.school_year_of(today), years_with_values(today)
    year = chosen_year(request, years, today.year)
    sites = list(queries.own_sites(request.user, today))
    boths = queries.boths_of(sites, school_year)
    holders = {site.organisation_id: site.organisation for site in sites}
    context = {
        "sites": [{"status": site, "both": boths[site.pk]} for site in sites],
        "reckonings": [(one, reckoning_of(one, year, today)) for one in holders.values()],
        "formula": formula_of(year),
        "tabs": year_tabs(years, year),
        "year": year,
        "school_year": school_year,
        "school_year_title": queries.year_title(school_year),
    }
    return render(request, "cabinet/analyses.html", context)


def _site_or_404(request: HttpRequest, number: str) -> Status:
    today = arrived_at(request).astimezone(MOSCOW).date()
    return get_object_or_404(queries.own_sites(request.user, today), number=number)


def _crumbs(title: str) -> list[tuple[str, str]]:
    return [(TITLE, reverse("cabinet:analyses")), (title, "")]


def analysis(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Fill the analysis in, keep it, send it; when both are sent, look at the two together."""
    site = _site_or_404(request, number)
    if year > queries.school_year_of(arrived_at(request).astimezone(MOSCOW).date()):
        raise Http404
    both = queries.both_of(site, year)
    context: dict[str, Any] = {
        "status": site,
        "year_title": queries.year_title(year),
        "crumbs": _crumbs(str(site)),
        "both": both,
    }
    if both.own is not None and both.own.sent_at is not None:
        more = side_by_side(both) if both.are_sent else {}
        return render(request, "cabinet/analysis_sent.html", context | more)
    form = form_of(both.own, request.POST)
    page = partial(render, request, "cabinet/analysis.html", context | {"form": form})
    if not form.is_valid():
        return page()
    own = both.own or Analysis(status=site, school_year=year, view=Analysis.View.OWN)
    return attempt(
        request,
        actions.save_analysis,
        own,
        marks=form.marks(),
        summary=form.cleaned_data["summary"],
        then=lambda kept: _after(request, kept, number, year),
        form=form,
        on_refusal=page,
    )


def _after(request: HttpRequest, kept: Analysis, number: str, year: int) -> HttpResponse:
    """Say that it is kept; whoever pressed «Отправить» goes on to the last question."""
    messages.success(request, "Самоанализ сохранён.")
    to = "cabinet:analysis_send" if "send" in request.POST else "cabinet:analysis"
    del kept
    return redirect(reverse(to, args=[number, year]))


def send(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Ask once more, then send."""
    site = _site_or_404(request, number)
    own = get_object_or_404(Analysis, status=site, school_year=year, view=Analysis.View.OWN)
    back = reverse("cabinet:analysis", args=[number, year])
    if request.method == "POST":
        return attempt(
            request,
            actions.send_analysis,
            own,
            said="Самоанализ отправлен.",
            then=back,
            on_refusal=partial(redirect, back),
        )
    context = {
        "status": site,
        "year_title": queries.year_title(year),
        "back": back,
        "crumbs": _crumbs(str(site)),
    }
    return render(request, "cabinet/analysis_send.html", context)


routes = [
    path("analyses/", analyses, name="analyses"),
    path("analyses/<str:number>/<int:year>/", analysis, name="analysis"),
    path("analyses/<str:number>/<int:year>/send/", send, name="analysis_send"),
]

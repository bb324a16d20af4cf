"""The efficiency index: the ranking of a year, a site's reckoning step by step, the formula and its versions."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.analytics import actions
from innoset.analytics.models import IndexFormula
from innoset.analytics.queries.index import formula_of, ranking_of, reckoning_of
from innoset.analytics.queries.indicators import SERIES_YEARS
from innoset.foundation.policy import may
from innoset.foundation.russian import MOSCOW
from innoset.network.queries import organisations_visible_to
from innoset.web.figures import chosen_year, year_tabs
from innoset.web.office.indicator_forms import FormulaForm
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt

PER_PAGE = 50
TITLE = "Индекс площадок"


def _years(request: HttpRequest) -> tuple[int, list[int], Any]:
    today = arrived_at(request).astimezone(MOSCOW).date()
    years = list(range(today.year, today.year - SERIES_YEARS, -1))
    return chosen_year(request, years, today.year), years, today


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """Show the sites of a year in order; equal ones share their place."""
    year, years, today = _years(request)
    places = ranking_of(year, today, person=request.user)
    context = {
        "page": Paginator(places, PER_PAGE).get_page(request.GET.get("page")),
        "reckoned": sum(one.reckoning.total is not None for one in places),
        "formula": formula_of(year),
        "tabs": year_tabs(years, year),
        "year": year,
        "is_partial": year == today.year,
    }
    return render(request, "office/index.html", context)


@require_safe
def reckoning(request: HttpRequest, number: str) -> HttpResponse:
    """Show how one site's index was reckoned, so that anybody can repeat it."""
    year, years, today = _years(request)
    found = get_object_or_404(organisations_visible_to(request.user), number=number)
    context = {
        "organisation": found,
        "reckoning": reckoning_of(found, year, today),
        "formula": formula_of(year),
        "tabs": year_tabs(years, year),
        "year": year,
        "crumbs": [(TITLE, reverse("office:index")), (str(found), "")],
    }
    return render(request, "office/index_site.html", context)


def publish(request: HttpRequest) -> HttpResponse:
    """Publish a new version of the formula."""
    if not may(request.user, "analytics.publish_formula"):
        raise PermissionDenied
    last = IndexFormula.objects.order_by("-version")[:1].get()
    form = FormulaForm(request.POST or None, parts=last.parts)
    context = {
        "form": form,
        "last": last,
        "crumbs": [(TITLE, reverse("office:index")), ("Новая редакция", "")],
    }
    page = partial(render, request, "office/index_formula.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.publish_formula,
        IndexFormula(title=last.title, parts=form.rows(), note=form.cleaned_data["note"]),
        said="Новая редакция опубликована. Прошлые годы считаются по прежней.",
        then=reverse("public:index_formula"),
        form=form,
        on_refusal=page,
    )


routes = [
    path("index/", ranking, name="index"),
    path("index/formula/", publish, name="index_publish"),
    path("index/<str:number>/", reckoning, name="index_site"),
]

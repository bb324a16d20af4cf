"""Open figures of the network, and how the index of a site is reckoned."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.analytics.models import IndexFormula
from innoset.analytics.pure.index import parts_of
from innoset.analytics.pure.indicators import so_far, target_sentence
from innoset.analytics.queries import indicators as queries
from innoset.analytics.states import Source
from innoset.foundation.russian import MOSCOW
from innoset.web.figures import chart_of, note_of, rows_of
from innoset.web.ui.arrival import arrived_at

TITLE = "Сеть в цифрах"
FEWEST = 2
"""So many values make a chart; fewer stand in the table."""


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show what the site counts today, and what was entered over the years."""
    today = arrived_at(request).astimezone(MOSCOW).date()
    every = list(queries.public_indicators())
    counted = [one for one in every if one.source == Source.COUNTED]
    entered = [one for one in every if one.source != Source.COUNTED]
    series = queries.entered_series(entered)
    charts = [(one, chart_of(one, series[one.pk])) for one in entered if len(series[one.pk]) >= FEWEST]
    context = {
        "counted": [
            {
                "indicator": line.indicator,
                "value": line.reading.shown(line.indicator.unit, is_share=line.indicator.is_share),
                "title": line.reading.title,
                "note": note_of(line.reading),
                "target": target_sentence(
                    line.reading, line.indicator.target, line.indicator.target_on, line.indicator.unit
                ),
            }
            for line in queries.overview(counted, so_far(today.year, today))
            if line.reading is not None
        ],
        "charts": [pair for pair in charts if pair[1] is not None],
        "single": [(one, rows_of(one, series[one.pk])[0]) for one in entered if len(series[one.pk]) == 1],
    }
    return render(request, "public/figures.html", context)


@login_not_required
@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one open figure over time."""
    found = get_object_or_404(queries.public_indicators(), code=code)
    today = arrived_at(request).astimezone(MOSCOW).date()
    readings = queries.series_of(found, None, today, person=AnonymousUser())
    last = readings[-1] if readings else None
    context = {
        "indicator": found,
        "chart": chart_of(found, readings),
        "rows": rows_of(found, readings),
        "target": target_sentence(last, found.target, found.target_on, found.unit),
        "crumbs": [(TITLE, reverse("public:figures")), (found.title, "")],
    }
    return render(request, "public/figure.html", context)


@login_not_required
@require_safe
def formula(request: HttpRequest) -> HttpResponse:
    """Show how the index is reckoned, in every version."""
    versions = [(one, parts_of(one.parts)) for one in IndexFormula.objects.all()]
    context = {
        "versions": versions,
        "crumbs": [(TITLE, reverse("public:figures")), ("Как считается индекс", "")],
    }
    return render(request, "public/index_formula.html", context)


routes = [
    path("figures/", figures, name="figures"),
    path("figures/index/", formula, name="index_formula"),
    path("figures/<slug:code>/", figure, name="figure"),
]

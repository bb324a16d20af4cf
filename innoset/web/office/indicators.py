"""Indicators of the network: all of a year, one over time, whose it is, what it is made of."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.analytics import actions
from innoset.analytics.models import Indicator, Measurement
from innoset.analytics.pure.indicators import Period, so_far, tally, target_sentence, unit_title
from innoset.analytics.queries import indicators as queries
from innoset.analytics.queries.counters import COUNTERS
from innoset.analytics.states import SOURCE_LABELS, Scope, Source
from innoset.exchange.papers import book
from innoset.foundation.files.kinds import XLSX
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Municipality, Organisation
from innoset.network.queries import organisations_visible_to
from innoset.web.figures import chart_of, chosen_year, note_of, year_tabs
from innoset.web.office.indicator_forms import ValueForm, places_to_enter
from innoset.web.office.spreadsheets import harmless
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file

PER_PAGE = 50
BY = {"municipality": Scope.MUNICIPALITY, "organisation": Scope.ORGANISATION}


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the list of indicators."""
    return [("Показатели", reverse("office:indicators")), *more]


def _year(request: HttpRequest) -> tuple[int, list[int], Period]:
    today = arrived_at(request).astimezone(MOSCOW).date()
    years = queries.years_with_values(today)
    year = chosen_year(request, years, today.year)
    return year, years, so_far(year, today)


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Show the network's value of every indicator in a year."""
    year, years, period = _year(request)
    lines = queries.overview(list(queries.indicators_visible_to(request.user)), period)
    context = {
        "groups": [(label, _shown(lines, source)) for source, label in SOURCE_LABELS.items()],
        "tabs": year_tabs(years, year),
        "year": year,
        "may_load": bool(places_to_enter(request.user)),
    }
    return render(request, "office/indicators.html", context)


def _shown(lines: list[queries.Line], source: Source) -> list[dict[str, Any]]:
    return [
        {
            "indicator": line.indicator,
            "value": value_shown(line),
            "title": line.reading.title if line.reading else "",
            "note": note_of(line.reading) if line.reading else "",
            "target": target_of(line.indicator, line.reading),
        }
        for line in lines
        if line.indicator.source == source
    ]


def value_shown(line: queries.Line) -> str:
    """Write the figure of a line; a year that nobody has entered is a dash."""
    return line.reading.shown(line.indicator.unit, is_share=line.indicator.is_share) if line.reading else "—"


def target_of(indicator: Indicator, reading: Any) -> str:
    """Say how far an indicator is from its aim."""
    return target_sentence(reading, indicator.target, indicator.target_on, indicator.unit)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give the values of a year as a table for Excel."""
    year, _, period = _year(request)
    lines = queries.overview(list(queries.indicators_visible_to(request.user)), period)
    head = ["Показатель", "Определение", "Единица", "Период", "Значение", "Числитель", "Знаменатель", "Часть периода", "Источник", "Цель"]  # fmt: skip
    rows = [[harmless(cell) for cell in _cells(line)] for line in lines]
    return bytes_as_file(
        book((f"Показатели {year}", head, rows)), name=f"Показатели {year}.xlsx", media_type=XLSX
    )


def _cells(line: queries.Line) -> list[str]:
    one, reading = line.indicator, line.reading
    cells = [one.title, one.definition, unit_title(one.unit)]
    if reading is None:
        return [*cells, "", "", "", "", "", SOURCE_LABELS[Source(one.source)], target_of(one, None)]
    numbers = ["не указано" if reading.value is None else str(reading.value)]
    numbers += ["" if part is None else str(part) for part in (reading.numerator, reading.denominator)]
    origin = reading.note or SOURCE_LABELS[Source(one.source)]
    return [
        *cells,
        reading.title,
        *numbers,
        "да" if reading.is_partial else "нет",
        origin,
        target_of(one, reading),
    ]


def indicator_or_404(request: HttpRequest, code: str) -> Indicator:
    """Return an indicator that the person may see."""
    return get_object_or_404(queries.indicators_visible_to(request.user), code=code)


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show an indicator over time, its values by holder in a year, and its corrections."""
    found = indicator_or_404(request, code)
    year, years, period = _year(request)
    today = arrived_at(request).astimezone(MOSCOW).date()
    readings = queries.series_of(found, None, today, person=request.user)
    context = {
        "indicator": found,
        "chart": chart_of(found, readings),
        "target": target_of(found, readings[-1] if readings else None),
        "is_counted": found.source == Source.COUNTED,
        "source": SOURCE_LABELS[Source(found.source)],
        "tabs": year_tabs(years, year),
        "year": year,
        "history": [] if found.source == Source.COUNTED else _history(request, found),
        "may_enter": found.source != Source.COUNTED and bool(places_to_enter(request.user)),
        "crumbs": crumbs((found.title, "")),
        **_by_holders(request, found, period),
    }
    return render(request, "office/indicator.html", context)


def _by_holders(request: HttpRequest, found: Indicator, period: Period) -> dict[str, Any]:
    offered = [by for by in BY if found.scope in {Scope.ORGANISATION, by}]
    by = request.GET.get("by", "")
    by = by if by in offered else next(iter(offered), "")
    if not by:
        return {"page": None, "offered": [], "by": ""}
    values = queries.values_of(found, period, BY[by], person=request.user)
    page = Paginator(values, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "holder": one.holder,
            "key": one.holder.number
            if isinstance(one.holder, Organisation)
            else getattr(one.holder, "oktmo", ""),
            "value": one.reading.shown(found.unit, is_share=found.is_share),
            "note": note_of(one.reading),
        }
        for one in page
    ]
    return {"page": page, "rows": rows, "offered": offered, "by": by}


def _history(request: HttpRequest, found: Indicator) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "title": queries.reading_of(row).title,
            "value": queries.reading_of(row).shown(found.unit, is_share=found.is_share),
            "holder": row.organisation or row.municipality or "Вся сеть",
        }
        for row in queries.history_of(found, request.user)
    ]


@require_safe
def facts(request: HttpRequest, code: str) -> HttpResponse:
    """Show the rows that a counted figure is made of, and that they add up to it."""
    found = indicator_or_404(request, code)
    if found.source != Source.COUNTED:
        raise Http404
    year, _, period = _year(request)
    holder = _holder(request)
    seen = queries.facts_held(queries.facts_visible_to(request.user, found, period), holder)
    every = queries.facts_held(queries.facts_of(found, period), holder)
    reading = queries.counted_reading(found, tally(seen, COUNTERS[found.counter].how), period)
    context = {
        "indicator": found,
        "holder": holder or "Вся сеть",
        "title": reading.title,
        "value": reading.shown(found.unit, is_share=found.is_share),
        "page": Paginator(seen, PER_PAGE).get_page(request.GET.get("page")),
        "hidden": len(every) - len(seen),
        "crumbs": crumbs(
            (found.title, f"{reverse('office:indicator', args=[code])}?year={year}"),
            ("Из чего складывается", ""),
        ),
    }
    return render(request, "office/indicator_facts.html", context)


def _holder(request: HttpRequest) -> Organisation | Municipality | None:
    number, oktmo = request.GET.get("organisation"), request.GET.get("municipality")
    if number:
        return get_object_or_404(organisations_visible_to(request.user), number=number)
    return get_object_or_404(Municipality, oktmo=oktmo, valid_to=None) if oktmo else None


def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Write a value down, or correct one."""
    found = indicator_or_404(request, code)
    form = ValueForm(request.POST or None, indicator=found, person=request.user)
    back = reverse("office:indicator", args=[code])
    context = {
        "form": form,
        "indicator": found,
        "back": back,
        "crumbs": crumbs((found.title, back), ("Внести значение", "")),
    }
    page = partial(render, request, "office/indicator_enter.html", context)
    if found.source == Source.COUNTED:
        raise Http404
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.record_value,
        Measurement(indicator=found, **form.cleaned_data),
        said="Значение внесено. Прежнее, если оно было, осталось в истории.",
        then=back,
        form=form,
        on_refusal=page,
    )


routes = [
    path("indicators/", indicators, name="indicators"),
    path("indicators/table.xlsx", download, name="indicators_table"),
    path("indicators/<slug:code>/", indicator, name="indicator"),
    path("indicators/<slug:code>/facts/", facts, name="indicator_facts"),
    path("indicators/<slug:code>/enter/", enter, name="indicator_enter"),
]

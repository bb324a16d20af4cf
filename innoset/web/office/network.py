"""The operator's cockpit: every municipality of the network in one table, and whom to call."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.foundation.policy import may
from innoset.web.office import spreadsheets
from innoset.web.office.network_rows import HEAD, Row, rows_for, summary_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.forms import Form


class NetworkFilter(Form):
    """Which municipalities are shown."""

    scope = forms.ChoiceField(
        label="Кто", required=False, choices=[("", "В сети"), ("all", "Все муниципалитеты края")]
    )
    need = forms.ChoiceField(
        label="Что не так",
        required=False,
        choices=[
            ("", "Любые"),
            ("late", "Есть просроченные отчёты"),
            ("agreement", "Нет соглашения или кончается"),
            ("letters", "Ждут нашего ответа"),
            ("errands", "Просрочены поручения"),
        ],
    )


def _rows(request: HttpRequest) -> list[Row]:
    """Return the rows that are asked for; a filter that nobody offers shows the network."""
    if not may(request.user, "network.see_cockpit"):
        raise Http404
    scope, need = request.GET.get("scope", ""), request.GET.get("need", "")
    found = rows_for(request.user, at=arrived_at(request))
    in_scope = found if scope == "all" else [row for row in found if row.is_ours]
    return [row for row in in_scope if need in row.needs] if need else in_scope


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show how every municipality stands, those with most to mend first."""
    rows = _rows(request)
    context = {
        "rows": rows,
        "summary": summary_of(rows),
        "form": NetworkFilter(request.GET or None, auto_id="id_%s"),
        "filtered": bool(request.GET.get("need") or request.GET.get("scope")),
        "query": request.GET.urlencode(),
    }
    return render(request, "office/network.html", context)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Give the table as it is filtered now as a spreadsheet."""
    lines = [row.cells() for row in _rows(request)]
    return spreadsheets.hand_out("xlsx", name="Сеть", head=HEAD, lines=lines, sheet="Сеть")


routes = [
    path("network/", network, name="network"),
    path("network/municipalities.xlsx", sheet, name="network_sheet"),
]

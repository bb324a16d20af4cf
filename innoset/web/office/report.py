"""One yearly report in the office: what was sent, remarks on it, and what is decided."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innoset.projects.actions import campaigns, nudges, report_checks
from innoset.projects.actions import remarks as remark_actions
from innoset.projects.models import Remark, Report, ReportVersion
from innoset.projects.pure.reporting.figures import Figure
from innoset.projects.queries import remarks, reports
from innoset.projects.queries.report_figures import figures_of
from innoset.web.report_papers import kind_of, paper_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.forms import Form


class ReturnForm(Form):
    """Why a report goes back, and until when."""

    note = forms.CharField(label="Что исправить", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(
        label="Новый срок", required=False, help_text="Если пусто, у организации будет не меньше недели"
    )


class TimeForm(Form):
    """Another term for one report."""

    due_on = forms.DateField(label="Новый срок")


class RemarkForm(Form):
    """A remark on a field, or on the whole."""

    key = forms.ChoiceField(label="К какому полю", required=False)
    text = forms.CharField(label="Замечание", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    is_required = forms.BooleanField(label="Без ответа на это замечание отчёт не принимать", required=False)

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", "Ко всему отчёту"), *fields]  # type: ignore[attr-defined]  # a ChoiceField


DECISIONS: dict[str, tuple[Any, type[Form] | None, str, str, str]] = {
    "accept": (report_checks.accept, None, "Принять отчёт", "Принять", "Отчёт принят."),
    "return": (
        report_checks.send_back,
        ReturnForm,
        "Вернуть отчёт на доработку",
        "Вернуть",
        "Отчёт возвращён на доработку.",
    ),
    "reopen": (
        report_checks.reopen,
        ReturnForm,
        "Вернуть принятый отчёт на доработку",
        "Вернуть",
        "Отчёт возвращён на доработку.",
    ),
    "time": (campaigns.give_time, TimeForm, "Продлить срок отчёта", "Продлить", "Срок отчёта изменён."),
    "nudge": (nudges.nudge, None, "Напомнить об отчёте", "Напомнить", "Напоминание отправлено."),
}


def report_or_404(request: HttpRequest, number: str) -> Report:
    """Return a report that the person may see."""
    return get_object_or_404(reports.reports_visible_to(request.user), number=number)


def _crumbs(one: Report, *last: str) -> list[tuple[str, str]]:
    here = reverse("office:report", args=[one.number])
    way = [("Отчёты", reverse("office:reports")), (f"Отчёт {one.said_number}", here if last else "")]
    return [*way, *((title, "") for title in last)]


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show a report as it was sent last: drafts stay with their organisation."""
    return _page(request, report_or_404(request, number))


def _page(
    request: HttpRequest, one: Report, form: RemarkForm | None = None, *, status: int = 200
) -> HttpResponse:
    sent = reports.last_sent(one)
    context = {
        "report": one,
        "kind": kind_of(one),
        "sent": sent,
        "parts": _parts(one, sent) if sent else [],
        "remarks": list(remarks.remarks_of(one)),
        "form": form or RemarkForm(fields=_choices(one)),
        "nudges": list(one.nudges.order_by("-at", "-pk")),
        "crumbs": _crumbs(one),
    }
    return render(request, "office/report.html", context, status=status)


def _choices(one: Report) -> list[tuple[str, str]]:
    return [(field.key, f"{field.printed_number}. {field.name}") for field in reports.fields_of_report(one)]


def _parts(one: Report, sent: ReportVersion) -> list[tuple[str, list[tuple[Any, str]]]]:
    form, texts = reports.form_of_report(one), sent.values["fields"]
    return [
        (
            part.title,
            [(field, texts.get(field.key, "")) for field in form.fields if field.section == part.code],
        )
        for part in form.sections
    ]


@require_safe
def figure(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Show the rows that a figure of the sent report counts; those that are gone since are told of."""
    one = report_or_404(request, number)
    sent = reports.last_sent(one)
    kept = next((row for row in sent.figures if row["key"] == key), None) if sent else None
    if kept is None:
        raise Http404
    now = next((found for found in figures_of(one) if found.key == key), Figure(key, kept["title"], ()))
    rows = tuple(row for row in now.rows if row.pk in set(kept["rows"]))
    shown = Figure(key, kept["title"], rows)
    context = {
        "report": one,
        "figure": shown,
        "sent_value": kept["value"],
        "now": now.value,
        "crumbs": _crumbs(one, kept["title"]),
    }
    return render(request, "office/report_figure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    """Ask before a decision, and carry it out."""
    if deed not in DECISIONS:
        raise Http404
    one, (action, kind, title, button, said) = report_or_404(request, number), DECISIONS[deed]
    given = request.POST if request.method == "POST" else None
    form = (kind or Form)(given)
    context = {"form": form, "title": title, "button": button, "report": one, "crumbs": _crumbs(one, title)}
    page = partial(render, request, "office/report_decide.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        action,
        one,
        **form.cleaned_data,
        said=said,
        then=reverse("office:report", args=[number]),
        form=form,
        on_refusal=page,
    )


@require_POST
def remark(request: HttpRequest, number: str) -> HttpResponse:
    """Remark on the report."""
    one = report_or_404(request, number)
    form = RemarkForm(request.POST, fields=_choices(one))
    page: Callable[[], HttpResponse] = partial(_page, request, one, form, status=422)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        remark_actions.remark_on_report,
        one,
        **form.cleaned_data,
        said="Замечание отправлено.",
        then=reverse("office:report", args=[number]),
        form=form,
        on_refusal=page,
    )


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a remark on a report or on a passport."""
    found: Remark = get_object_or_404(remarks.remarks_visible_to(request.user), pk=pk)
    return attempt(request, remark_actions.settle, found, said="Замечание снято.")


@require_safe
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Hand out the report as it was sent; the accepted one is the paper that was kept."""
    one = report_or_404(request, number)
    sent = reports.last_sent(one)
    if sent is None:
        raise Http404
    kept = {"pdf": sent.pdf, "docx": sent.docx}.get(kind)
    if kept is not None:
        return hand_out(kept, name=f"{one.said_number}.{kind}")
    return paper_of(one, sent, kind, arrived_at(request))


_REPORT = "reports/<slug:number>/"
routes = [
    path(_REPORT, report, name="report"),
    path(f"{_REPORT}figures/<slug:key>/", figure, name="report_figure"),
    path(f"{_REPORT}decide/<slug:deed>/", decide, name="report_decide"),
    path(f"{_REPORT}remark/", remark, name="report_remark"),
    path(f"{_REPORT}paper.<slug:kind>", paper, name="report_paper"),
    path("remarks/<int:pk>/settle/", settle, name="remark_settle"),
]

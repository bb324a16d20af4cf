"""Yearly reports in the office: the list, its spreadsheet, who is late and whom to call."""

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.exchange.papers import book
from innoset.foundation.files.kinds import XLSX
from innoset.foundation.policy import may
from innoset.foundation.russian import MOSCOW, counted, date_in_digits
from innoset.network.models import Municipality, StatusKind
from innoset.projects.actions import nudges
from innoset.projects.models import Report, ReportCampaign
from innoset.projects.pure.reporting.steps import BY_HAND, STEP_LABELS
from innoset.projects.queries import reports
from innoset.projects.states import REPORT_LABELS
from innoset.web.office.spreadsheets import harmless
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.listing import Listing, Table

LATE = "late"
WORDS = ("отчёт", "отчёта", "отчётов")
HEADINGS = (
    "Номер",
    "Организация",
    "Муниципалитет",
    "Статус",
    "Тема",
    "Сбор отчётов",
    "Срок",
    "Состояние",
    "Сдан",
    "Последнее напоминание",
    "Телефон",
)


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    """What somebody looks for among reports."""

    q = django_filters.CharFilter(method="by_words", label="Организация, тема или номер")
    campaign = django_filters.ModelChoiceFilter(
        label="Сбор отчётов", queryset=ReportCampaign.objects.none(), to_field_name="code", empty_label="Все"
    )
    state = django_filters.ChoiceFilter(
        method="by_state",
        label="Состояние",
        choices=[*((str(key), text) for key, text in REPORT_LABELS.items()), (LATE, "Срок прошёл")],
        empty_label="Любое",
    )
    kind = django_filters.ModelChoiceFilter(
        label="Статус",
        field_name="status__kind",
        queryset=StatusKind.objects.all(),
        to_field_name="code",
        empty_label="Любой",
    )
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        field_name="organisation__municipality",
        queryset=Municipality.objects.none(),
        empty_label="Любой",
    )

    def __init__(self, data: Any, queryset: QuerySet[Report], **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        every = queryset.order_by().values("pk")
        self.filters["campaign"].queryset = ReportCampaign.objects.filter(reports__in=every).distinct()
        places = Municipality.objects.filter(organisations__reports__in=every)
        self.filters["municipality"].queryset = places.distinct()

    def by_state(self, found: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        """Keep one state, or those whose term is over."""
        del name
        if value != LATE:
            return found.filter(state=value)
        return reports.unsent(found).filter(due_on__lt=_today(self.request))

    def by_words(self, found: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        """Keep what has every word in its number, organisation or theme."""
        del name
        for word in value.split():
            found = found.filter(
                Q(number__icontains=_bare(word))
                | Q(organisation__short_name__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(status__theme__icontains=word)
            )
        return found


def _bare(word: str) -> str:
    """Return the number without the letters before it: КИП-2025-001 → 2025-001."""
    letters, dash, rest = word.partition("-")
    return rest if dash and letters.isalpha() else word


class ReportTable(Table):
    """Reports as a list."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'office:report' record.number %}\">{{ record.said_number }}</a>",
        verbose_name="Номер",
        attrs={"td": {"class": "nowrap"}},
    )
    organisation = tables.TemplateColumn(
        template_name="office/_report_cell.html",
        verbose_name="Организация",
        order_by="organisation__short_name",
    )
    status = tables.TemplateColumn(
        "{{ record.status.kind.abbreviation }}: {{ record.status.theme }}",
        verbose_name="Тема",
        orderable=False,
    )
    due_on = tables.TemplateColumn("{% load ui %}{{ record.due_on|day }}", verbose_name="Срок")
    state = tables.TemplateColumn(template_name="office/_report_state.html", verbose_name="Состояние")

    class Meta(Table.Meta):
        fields = ("number", "organisation", "status", "due_on", "state")


def _today(request: HttpRequest) -> date:
    return arrived_at(request).astimezone(MOSCOW).date()


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the reports that the person may see."""
    found = reports.with_nudges(reports.reports_visible_to(request.user))
    listing = Listing(request, found, filterset=ReportFilter, table=ReportTable, words=WORDS)
    late = reports.overdue_reports(arrived_at(request), request.user).count()
    context = {"listing": listing, "query": request.GET.urlencode(), "late": late}
    return render(request, "office/reports.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give the list as it is filtered now as a spreadsheet."""
    found = reports.with_nudges(reports.reports_visible_to(request.user))
    chosen = ReportFilter(request.GET, found, request=request).qs
    lines = [[harmless(cell) for cell in _line(one)] for one in chosen]
    return bytes_as_file(book(("Отчёты", HEADINGS, lines)), name="Отчёты.xlsx", media_type=XLSX)


def _line(one: Report) -> tuple[str, ...]:
    sent = date_in_digits(one.submitted_at.astimezone(MOSCOW).date()) if one.submitted_at else ""
    return (
        one.said_number,
        one.organisation.short_name,
        one.organisation.municipality.name,
        one.status.kind.abbreviation,
        one.status.theme,
        one.campaign.title,
        date_in_digits(one.due_on),
        one.get_state_display(),
        sent,
        last_nudge(one),
        one.organisation.phone,
    )


def last_nudge(one: Report) -> str:
    """Say when and how somebody was reminded last; needs the nudges at hand."""
    last = next(iter(one.nudges.all()), None)
    if last is None:
        return ""
    step = "вручную" if last.step.startswith(BY_HAND) else _named(last.step)
    reached = "" if last.reached else ", писать некому"
    return f"{date_in_digits(last.at.astimezone(MOSCOW).date())}: {step}{reached}"


def _named(step: str) -> str:
    label = STEP_LABELS[next(one for one in STEP_LABELS if one == step.partition(":")[0])]
    return f"{label[:1].lower()}{label[1:]}"


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """Show who is late, by municipality, with the working phone; ticks send one reminder to several."""
    found = reports.with_nudges(reports.overdue_reports(arrived_at(request), request.user))
    found = found.order_by("organisation__municipality__name", "due_on", "pk")
    today = _today(request)
    rows = [(one, (today - one.due_on).days, last_nudge(one)) for one in found]
    return render(request, "office/reports_overdue.html", {"rows": rows})


@require_POST
def nudge_chosen(request: HttpRequest) -> HttpResponse:
    """Remind of the ticked reports, each once a day."""
    chosen = {int(key) for key in request.POST.getlist("report") if key.isdecimal()}
    found = reports.reports_visible_to(request.user).filter(pk__in=chosen).order_by("pk")
    mine = [one for one in found if may(request.user, "projects.nudge", one)]
    count = nudges.nudge_many(mine, by=request.user, at=arrived_at(request))
    messages.success(request, _nudged(count))
    return redirect("office:reports_overdue")


def _nudged(count: int) -> str:
    if not count:
        return "Напоминать не о чем: отметьте отчёты, о которых сегодня ещё не напоминали."
    return f"Напоминание отправлено: {counted(count, *WORDS)}."


routes = [
    path("reports/", listed, name="reports"),
    path("reports/download/", download, name="reports_download"),
    path("reports/overdue/", overdue, name="reports_overdue"),
    path("reports/overdue/nudge/", nudge_chosen, name="reports_nudge"),
]

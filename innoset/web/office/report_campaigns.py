"""Campaigns of reports: who reports for which period by when; opening by hand, expertise, the end."""

from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innoset.foundation.russian import counted
from innoset.network.models import Organisation, StatusKind
from innoset.network.queries import organisation_ids_of
from innoset.projects.actions import campaigns
from innoset.projects.models import ReportCampaign
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.reporting.prefill import WRITERS
from innoset.projects.queries import reports
from innoset.projects.states import REPORT_LABELS
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

WORDS = ("отчёт", "отчёта", "отчётов")


class CampaignForm(Form):
    """What is collected, of whom, for which period, by when."""

    title = forms.CharField(label="Название", max_length=200)
    code = forms.SlugField(
        label="Обозначение",
        max_length=24,
        help_text="Латинские буквы и цифры. С него начнутся номера отчётов",
    )
    form_code = forms.ChoiceField(label="Форма отчёта")
    kinds = forms.ModelMultipleChoiceField(
        label="Кто отчитывается",
        queryset=StatusKind.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
    )
    organiser = forms.ModelChoiceField(label="Кто собирает", queryset=Organisation.objects.none())
    starts_on = forms.DateField(label="Период с")
    ends_on = forms.DateField(label="Период по")
    opens_on = forms.DateField(label="Открыть отчёты")
    due_on = forms.DateField(label="Сдать до")
    head_after_days = forms.IntegerField(
        label="Через сколько дней просрочки сообщить руководителю", min_value=1, max_value=90, initial=1
    )
    coordinator_after_days = forms.IntegerField(
        label="Через сколько дней просрочки сообщить координатору", min_value=1, max_value=90, initial=5
    )
    needs_review = forms.BooleanField(label="Отчёты оценивают эксперты", required=False)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = organisation_ids_of(person, *reports.CHECKERS)
        every = Organisation.objects.filter(is_active=True)
        own = every if person.is_superuser else every.filter(pk__in=mine)
        self.fields["organiser"].queryset = own  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["form_code"].choices = [(code, form_by_code(code).title) for code in WRITERS]  # type: ignore[attr-defined]  # a ChoiceField


class TermForm(Form):
    """The term for everybody, and when others are told of those who are late."""

    due_on = forms.DateField(label="Сдать до")
    head_after_days = forms.IntegerField(label="Сообщить руководителю, дней", min_value=1, max_value=90)
    coordinator_after_days = forms.IntegerField(
        label="Сообщить координатору, дней", min_value=1, max_value=90
    )


def campaign_or_404(request: HttpRequest, code: str) -> ReportCampaign:
    """Return a campaign that the person runs."""
    return get_object_or_404(reports.campaigns_run_by(request.user), code=code)


def crumbs(campaign: ReportCampaign, *last: str) -> list[tuple[str, str]]:
    """Return the way to a page of a campaign."""
    here = reverse("office:report_campaign", args=[campaign.code])
    way = [("Отчёты", reverse("office:reports")), ("Сбор отчётов", reverse("office:report_campaigns"))]
    return [*way, (campaign.title, here if last else ""), *((title, "") for title in last)]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the campaigns that the person runs."""
    found = list(reports.campaigns_run_by(request.user))
    counts = {one.pk: one.reports.count() for one in found}
    context = {
        "rows": [(one, counts[one.pk]) for one in found],
        "crumbs": [("Отчёты", reverse("office:reports")), ("Сбор отчётов", "")],
    }
    return render(request, "office/report_campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Announce a campaign."""
    form = CampaignForm(request.POST if request.method == "POST" else None, person=request.user)
    way = [("Сбор отчётов", reverse("office:report_campaigns")), ("Новый сбор отчётов", "")]
    page = partial(render, request, "office/report_campaign_new.html", {"form": form, "crumbs": way})
    if not form.is_valid():
        return page()
    given = dict(form.cleaned_data)
    kinds = list(given.pop("kinds"))
    return attempt(
        request,
        campaigns.make_campaign,
        ReportCampaign(**given),
        kinds=kinds,
        said="Сбор отчётов объявлен. Отчёты откроются в назначенный день.",
        then=lambda made: reverse("office:report_campaign", args=[made.code]),
        form=form,
        on_refusal=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """Show how the collecting goes; the form moves the term."""
    one = campaign_or_404(request, code)
    initial = {name: getattr(one, name) for name in TermForm.base_fields}
    form = TermForm(request.POST if request.method == "POST" else None, initial=initial)
    page = partial(_page, request, one, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        campaigns.edit_campaign,
        one,
        **form.cleaned_data,
        said=lambda moved: f"Срок изменён. Новый срок получили: {counted(moved, *WORDS)}.",
        then=reverse("office:report_campaign", args=[code]),
        form=form,
        on_refusal=page,
    )


def _page(request: HttpRequest, one: ReportCampaign, form: TermForm) -> HttpResponse:
    states = list(one.reports.order_by().values_list("state", flat=True))
    context = {
        "campaign": one,
        "form": form,
        "kinds": ", ".join(kind.abbreviation for kind in one.kinds.all()),
        "waiting": reports.statuses_to_report(one).count(),
        "counts": [{"title": label, "value": states.count(state)} for state, label in REPORT_LABELS.items()],
        "form_title": form_by_code(one.form_code).title,
        "crumbs": crumbs(one),
    }
    return render(request, "office/report_campaign.html", context)


MOVES: dict[str, tuple[Any, Any]] = {
    "open": (campaigns.open_reports, lambda count: f"Открыто: {counted(count, *WORDS)}."),
    "close": (campaigns.close_campaign, "Сбор отчётов завершён."),
}


@require_POST
def move(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Open the reports now, or end the collecting."""
    if deed not in MOVES:
        raise Http404
    action, said = MOVES[deed]
    here = reverse("office:report_campaign", args=[code])
    return attempt(request, action, campaign_or_404(request, code), said=said, then=here)


routes = [
    path("report-campaigns/", listed, name="report_campaigns"),
    path("report-campaigns/new/", new, name="report_campaign_new"),
    path("report-campaigns/<slug:code>/", campaign, name="report_campaign"),
    path("report-campaigns/<slug:code>/<slug:deed>/", move, name="report_campaign_move"),
]

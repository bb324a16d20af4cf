"""The expertise of reports: given to experts, its panel, who reads what, and what came of it."""

from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from innoset.accounts.models import User
from innoset.foundation.russian import counted
from innoset.projects.actions import report_reviews
from innoset.projects.models import ReportCampaign
from innoset.review import actions as review
from innoset.review import queries
from innoset.review.models import Dossier, PanelSeat, Round, Rubric
from innoset.review.queries.panels import candidates_for
from innoset.review.queries.ranking import standing_of
from innoset.review.queries.rounds import progress_of
from innoset.web.office.report_campaigns import campaign_or_404, crumbs
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, MomentField


class StartForm(Form):
    """By which criteria, until when, how many sheets a report needs."""

    rubric = forms.ModelChoiceField(label="Критерии", queryset=Rubric.objects.order_by("title", "pk"))
    closes_at = MomentField(label="Срок экспертизы")
    sheets_per_report = forms.IntegerField(
        label="Экспертов на один отчёт", min_value=1, max_value=9, initial=2
    )


class AssignForm(Form):
    """Which expert reads which report."""

    dossier = forms.ModelChoiceField(label="Отчёт", queryset=Dossier.objects.none())
    expert = forms.ModelChoiceField(label="Эксперт", queryset=User.objects.none())

    def __init__(self, *args: Any, tour: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = queries.experts_of(tour).values("person")
        self.fields["dossier"].queryset = tour.dossiers.order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["expert"].queryset = User.objects.filter(pk__in=seated)  # type: ignore[attr-defined]  # a ModelChoiceField


class CloseForm(Form):
    """Why the expertise ends before all sheets are in."""

    reason = forms.CharField(
        label="Причина", required=False, help_text="Нужна, если сданы не все листы", max_length=1000
    )


def _round_of(campaign: ReportCampaign) -> Round:
    return get_object_or_404(Round.objects.select_related("rubric"), pk=campaign.round_number or 0)


def _here(campaign: ReportCampaign) -> str:
    return reverse("office:report_review", args=[campaign.code])


@require_http_methods(["GET", "HEAD", "POST"])
def expertise(request: HttpRequest, code: str) -> HttpResponse:
    """Show how the expertise goes; before it begins, the form that begins it."""
    campaign = campaign_or_404(request, code)
    if campaign.round_number is not None:
        return _page(request, campaign)
    form = StartForm(request.POST if request.method == "POST" else None)
    context = {"campaign": campaign, "form": form, "crumbs": crumbs(campaign, "Экспертиза отчётов")}
    page = partial(render, request, "office/report_review_start.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        report_reviews.start_review,
        campaign,
        **form.cleaned_data,
        said="Отчёты переданы экспертам. Теперь пригласите экспертов.",
        then=_here(campaign),
        form=form,
        on_refusal=page,
    )


def _page(
    request: HttpRequest,
    campaign: ReportCampaign,
    form: AssignForm | None = None,
    close: CloseForm | None = None,
) -> HttpResponse:
    tour = _round_of(campaign)
    whose = {one.dossier_id: one for one in campaign.reports.select_related("organisation", "status")}
    context = {
        "campaign": campaign,
        "round": tour,
        "progress": progress_of(tour),
        "seats": list(queries.panel_of(tour)),
        "candidates": candidates_for(tour, part=PanelSeat.Part.EXPERT),
        "standing": [(one, whose.get(one.dossier_id)) for one in standing_of(tour)],
        "form": form or AssignForm(tour=tour),
        "end": close or CloseForm(),
        "crumbs": crumbs(campaign, "Экспертиза отчётов"),
    }
    return render(request, "office/report_review.html", context)


@require_POST
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invite the ticked experts."""
    campaign = campaign_or_404(request, code)
    tour, wanted = _round_of(campaign), set(request.POST.getlist("person"))
    people = [one.person for one in candidates_for(tour) if str(one.person.pk) in wanted]
    return attempt(
        request,
        review.invite_experts,
        tour,
        people=people,
        part=PanelSeat.Part.EXPERT,
        said=lambda count: f"Отправлено: {counted(count, 'приглашение', 'приглашения', 'приглашений')}.",
        then=_here(campaign),
        on_refusal=partial(_page, request, campaign),
    )


@require_POST
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Give a report to an expert."""
    campaign = campaign_or_404(request, code)
    tour = _round_of(campaign)
    form = AssignForm(request.POST, tour=tour)
    page = partial(_page, request, campaign, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        review.assign,
        tour,
        **form.cleaned_data,
        said="Отчёт передан эксперту.",
        then=_here(campaign),
        form=form,
        on_refusal=page,
    )


@require_POST
def move(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Let the experts in, or end the expertise."""
    campaign, form = campaign_or_404(request, code), CloseForm(request.POST)
    page = partial(_page, request, campaign, None, form)
    if deed not in {"open", "close"}:
        raise Http404
    if not form.is_valid():
        return page()
    is_opening = deed == "open"
    return attempt(
        request,
        review.open_round if is_opening else review.close_round,
        _round_of(campaign),
        **({} if is_opening else form.cleaned_data),
        said="Экспертиза открыта." if is_opening else "Экспертиза завершена.",
        then=_here(campaign),
        form=form,
        on_refusal=page,
    )


_CAMPAIGN = "report-campaigns/<slug:code>/expertise/"
routes = [
    path(_CAMPAIGN, expertise, name="report_review"),
    path(f"{_CAMPAIGN}invite/", invite, name="report_review_invite"),
    path(f"{_CAMPAIGN}assign/", assign, name="report_review_assign"),
    path(f"{_CAMPAIGN}<slug:deed>/", move, name="report_review_move"),
]

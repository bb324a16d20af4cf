"""The appeal of an application: until when, the text, the decision."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.contests.actions import appeals as actions
from innoset.contests.queries import appeals as queries
from innoset.contests.states import AppealState
from innoset.web.cabinet.applications import application_or_404, crumbs
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

KINDS = {
    AppealState.FILED: "now",
    AppealState.IN_REVIEW: "work",
    AppealState.UPHELD: "good",
    AppealState.DISMISSED: "bad",
    AppealState.WITHDRAWN: "",
}


class AppealForm(Form):
    """What the applicant does not agree with."""

    text = forms.CharField(
        label="С чем вы не согласны и почему",
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Назовите критерий и место в заявке, которое это подтверждает. Имена и телефоны не нужны.",
    )


def appeal(request: HttpRequest, number: str) -> HttpResponse:
    """Show the appeals of the application; file one."""
    one, at = application_or_404(request, number), arrived_at(request)
    form = AppealForm(request.POST or None)
    context = {
        "application": one,
        "appeals": [(appeal, KINDS[AppealState(appeal.state)]) for appeal in queries.appeals_of(one)],
        "objection": queries.objection_to_appeal(one, at),
        "until": queries.appeal_until(one),
        "form": form,
        "crumbs": crumbs(one, "Апелляция"),
    }
    page = partial(render, request, "cabinet/appeal.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.file_appeal,
        one,
        text=form.cleaned_data["text"],
        said="Апелляция подана. О решении мы напишем.",
        then=reverse("cabinet:appeal", args=[number]),
        form=form,
        on_refusal=page,
    )


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the appeal back."""
    one = application_or_404(request, number)
    found = get_object_or_404(queries.appeals_of(one), state=AppealState.FILED)
    return attempt(
        request,
        actions.withdraw_appeal,
        found,
        said="Апелляция отозвана.",
        then=reverse("cabinet:appeal", args=[number]),
    )


routes = [
    path("applications/<str:number>/appeal/", appeal, name="appeal"),
    path("applications/<str:number>/appeal/withdraw/", withdraw, name="appeal_withdraw"),
]

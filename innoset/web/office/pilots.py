"""Pilot schools: seen by the keepers, the methodists and the coordinator of the municipality; by nobody else."""

from functools import partial
from typing import cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from innoset.foundation.russian import moscow
from innoset.network import actions
from innoset.network.models import Organisation, PilotMark
from innoset.network.queries import ties
from innoset.web.office.ties import EndForm, sees_pilots, tabs
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class PilotForm(Form):
    """Which school, for which results, since when."""

    organisation = forms.ModelChoiceField(
        label="Школа", queryset=Organisation.objects.none(), empty_label="Выберите"
    )
    results = forms.ChoiceField(label="Почему в пилоте", choices=PilotMark.Results.choices)
    since = forms.DateField(label="С какого дня", widget=forms.DateInput())
    note = forms.CharField(label="Пояснение", max_length=300, required=False)


def pilots(request: HttpRequest) -> HttpResponse:
    """List the pilot schools that a person may know of, and mark one more."""
    if not sees_pilots(request.user):
        raise Http404
    form = PilotForm(request.POST or None, initial={"since": moscow(arrived_at(request)).date()})
    schools = cast("forms.ModelChoiceField[Organisation]", form.fields["organisation"])
    schools.queryset = ties.schools_to_mark(request.user)
    marks = ties.pilots_visible_to(request.user).filter(until=None)
    context = {"form": form, "marks": marks, "tabs": tabs(request, "pilots")}
    page = partial(render, request, "office/pilots.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.mark_pilot,
        PilotMark(**form.cleaned_data),
        said="Школа отмечена.",
        then=reverse("office:pilots"),
        form=form,
        on_refusal=page,
    )


def unmark(request: HttpRequest, number: str) -> HttpResponse:
    """Take a mark off."""
    mark = get_object_or_404(ties.pilots_visible_to(request.user), organisation__number=number, until=None)
    form = EndForm(request.POST or None, initial={"on": moscow(arrived_at(request)).date()})
    context = {
        "form": form,
        "title": "Снять отметку",
        "lead": str(mark.organisation),
        "back": reverse("office:pilots"),
    }
    page = partial(render, request, "office/tie_end.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.unmark_pilot,
        mark,
        on=form.cleaned_data["on"],
        said="Отметка снята.",
        then=reverse("office:pilots"),
        form=form,
        on_refusal=page,
    )


routes = [
    path("pilots/", pilots, name="pilots"),
    path("pilots/<str:number>/unmark/", unmark, name="pilot_unmark"),
]

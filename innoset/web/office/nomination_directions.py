"""Subjects of the nominations, for matching with those of experts."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from innoset.contests.actions.directions import set_directions
from innoset.contests.models import Contest
from innoset.review.models import Direction
from innoset.review.queries.experts import directions
from innoset.web.office.contest_frame import contest_or_404, crumbs_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, polish


class DirectionsForm(Form):
    """A row of ticks for each nomination."""

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        nominations = list(contest.nominations.prefetch_related("directions"))
        self.names = {f"nomination_{one.pk}": one.pk for one in nominations}
        initial = {f"nomination_{one.pk}": list(one.directions.all()) for one in nominations}
        super().__init__(*args, initial=initial, **kwargs)
        for one in nominations:
            self.fields[f"nomination_{one.pk}"] = _ticks(one.title)
        for name in self.names:
            polish(name, self.fields[name])

    def chosen(self) -> dict[int, list[Direction]]:
        """Return the subjects by the key of the nomination."""
        return {key: list(self.cleaned_data[name]) for name, key in self.names.items()}


def _ticks(title: str) -> forms.Field:
    return forms.ModelMultipleChoiceField(
        label=title, queryset=directions(), widget=forms.CheckboxSelectMultiple, required=False
    )


def nomination_directions(request: HttpRequest, code: str) -> HttpResponse:
    """Say which subjects the works of each nomination are about."""
    contest = contest_or_404(request, code)
    form = DirectionsForm(request.POST or None, contest=contest)
    back = reverse("office:contest_nominations", args=[code])
    crumbs = crumbs_of(contest, ("Номинации", back), ("Направления", ""))
    context = {"contest": contest, "form": form, "crumbs": crumbs}
    page = partial(render, request, "office/nomination_directions.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        set_directions,
        contest,
        directions=form.chosen(),
        said="Направления сохранены.",
        then=back,
        form=form,
        on_refusal=page,
    )


routes = [
    path("contests/<slug:code>/nominations/directions/", nomination_directions, name="nomination_directions")
]

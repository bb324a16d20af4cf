"""Yearly plans of resource centres: the list, a new one, and the plan itself with its plan and fact."""

from functools import partial
from typing import Any

import django_tables2 as tables
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from innoset.network.models import Organisation
from innoset.projects.actions import roadmaps as actions
from innoset.projects.models import Roadmap
from innoset.projects.queries import roadmaps as queries
from innoset.web.roadmaps.frame import Frame, today
from innoset.web.roadmaps.routes import routes_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing, Table

WORDS = ("план", "плана", "планов")
LIST = "Планы центров"


class PlanForm(Form):
    """Whose plan, and for which year."""

    organisation = forms.ModelChoiceField(
        label="Центр", queryset=Organisation.objects.none(), empty_label="Выберите"
    )
    year = forms.IntegerField(label="Год", widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.centres_planned_by(person)  # type: ignore[attr-defined]  # a field of models has one


class PlanTable(Table):
    """The plans as a list."""

    title = tables.TemplateColumn(
        template_name="office/_plan_cell.html", verbose_name="План", order_by="-year"
    )
    organisation = tables.Column(verbose_name="Центр", order_by="organisation__short_name")
    state = tables.TemplateColumn(
        template_name="office/_plan_state.html", verbose_name="Состояние", order_by="state"
    )

    class Meta(Table.Meta):
        fields = ("title", "organisation", "state")


def plans(request: HttpRequest) -> HttpResponse:
    """List the plans; begin one for a centre where the person works."""
    found = queries.plans_visible_to(request.user).order_by("-year", "organisation__short_name")
    listing = Listing(request, found, table=PlanTable, words=WORDS)
    form = PlanForm(request.POST or None, person=request.user, initial={"year": today(request).year})
    may_plan = queries.centres_planned_by(request.user).exists()
    context = {"listing": listing, "form": form, "may_plan": may_plan}
    shown = partial(render, request, "office/plans_of_centres.html", context)
    if not form.is_valid():
        return shown()
    return attempt(
        request,
        actions.start_plan,
        form.cleaned_data["organisation"],
        year=form.cleaned_data["year"],
        then=page_of,
        form=form,
        on_refusal=shown,
    )


def page_of(plan: Roadmap) -> str:
    """Return the address of a plan."""
    return reverse("office:plan", args=[queries.plan_number(plan)])


def frame_of(request: HttpRequest, number: str) -> Frame:
    """Return a plan that the person sees."""
    plan = queries.plan_by_number(request.user, number)
    if plan is None:
        raise Http404
    way = (("Сегодня", reverse("office:home")), (LIST, reverse("office:plans_of_centres")))
    return Frame(plan, "office", "office:plan", number, way)


routes = [
    path("plans-of-centres/", plans, name="plans_of_centres"),
    *routes_of("plans-of-centres/<str:number>/", "plan", frame_of, has_lines=False),
]

"""What became of organisations: the list, and a form that shows first which status passes where."""

import re
from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.foundation.policy import may
from innoset.foundation.russian import moscow
from innoset.network import actions
from innoset.network.actions import Change
from innoset.network.models import Organisation, Reorganisation
from innoset.network.queries.successions import Passing, passings
from innoset.network.states import REORGANISATION_LABELS, ReorganisationKind
from innoset.web.office.ties import tabs
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

_CHOICE = re.compile(r"to-[0-9]{1,12}")
_LIVE = Organisation.objects.filter(is_active=True).order_by("short_name", "pk")


class ReorganisationForm(Form):
    """What happened, to whom, when and on what ground."""

    kind = forms.ChoiceField(label="Что произошло", choices=list(REORGANISATION_LABELS.items()))
    before = forms.ModelMultipleChoiceField(
        label="Какие организации были", queryset=_LIVE, help_text="Кого переименовали, объединили, разделили"
    )
    after = forms.ModelMultipleChoiceField(
        label="Преемники",
        queryset=_LIVE,
        required=False,
        help_text="Новую организацию сначала внесите в реестр. Для переименования и ликвидации преемник не нужен",
    )
    on = forms.DateField(label="С какого дня", widget=forms.DateInput())
    ground = forms.CharField(
        label="Основание", max_length=300, help_text="Постановление или приказ, номер и дата"
    )
    name = forms.CharField(
        label="Новое полное наименование",
        max_length=500,
        required=False,
        help_text="Только для переименования",
    )
    short_name = forms.CharField(label="Новое краткое наименование", max_length=200, required=False)
    note = forms.CharField(label="Пояснение", max_length=500, required=False)

    def __init__(self, *args: Any, beside: Organisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            field = cast("forms.ModelMultipleChoiceField[Organisation]", self.fields[name])
            field.widget.attrs["size"] = 8
            if beside is not None:
                # Whom an organisation is joined with lies in the same municipality.
                field.queryset = _LIVE.filter(municipality=beside.municipality_id)


@require_safe
def reorganisations(request: HttpRequest) -> HttpResponse:
    """List what organisations went through."""
    found = Reorganisation.objects.prefetch_related("sides__organisation").order_by("-on", "-pk")
    context = {"reorganisations": found, "tabs": tabs(request, "reorganisations")}
    return render(request, "office/reorganisations.html", context)


def make(request: HttpRequest) -> HttpResponse:
    """Ask what happened, show which status passes where, and write it down when that is confirmed."""
    if not may(request.user, "network.reorganise"):
        raise PermissionDenied
    form = _form(request)
    context: dict[str, Any] = {"form": form}
    page = partial(render, request, "office/reorganisation.html", context)
    if not form.is_valid():
        return page()
    given = form.cleaned_data
    plan = _plan(given, request)
    context |= {"plan": plan, "shown": _told(given, plan)}
    if request.POST.get("sure") != "yes" or request.POST.get("shown") != context["shown"]:
        return page()
    return attempt(
        request,
        actions.reorganise,
        Reorganisation(**{name: given[name] for name in ("kind", "on", "ground", "note")}),
        change=_change(given, plan),
        said="Запись внесена. Статусы перешли, как показано.",
        then=reverse("office:reorganisations"),
        form=form,
        on_refusal=page,
    )


def _form(request: HttpRequest) -> ReorganisationForm:
    """Return the form; opened from a card, it offers the neighbours of that organisation only."""
    asked = _LIVE.filter(number=request.GET.get("organisation", "")).first()
    initial = {"on": moscow(arrived_at(request)).date(), "before": [asked.pk] if asked else []}
    return ReorganisationForm(request.POST or None, initial=initial, beside=asked)


def _told(given: dict[str, Any], plan: list[Passing]) -> str:
    """Put what was shown into one line: what is agreed to must be what was seen."""
    sides = [",".join(str(one.pk) for one in given[name]) for name in ("before", "after")]
    ways = [f"{one.status.pk}-{one.successor.pk if one.successor else int(one.stays)}" for one in plan]
    return "|".join([given["kind"], str(given["on"]), *sides, *ways])


def _plan(given: dict[str, Any], request: HttpRequest) -> list[Passing]:
    after = {str(one.pk): one for one in given["after"]}
    chosen = {
        int(name.removeprefix("to-")): after[value]
        for name, value in request.POST.items()
        if _CHOICE.fullmatch(name) and value in after
    }
    return passings(
        ReorganisationKind(given["kind"]),
        before=list(given["before"]),
        after=list(given["after"]),
        on=given["on"],
        chosen=chosen,
    )


def _change(given: dict[str, Any], plan: list[Passing]) -> Change:
    return Change(
        before=list(given["before"]),
        after=list(given["after"]),
        name=given["name"],
        short_name=given["short_name"],
        successors={one.status.pk: one.successor for one in plan if one.successor is not None},
    )


routes = [
    path("reorganisations/", reorganisations, name="reorganisations"),
    path("reorganisations/new/", make, name="reorganisation_new"),
]

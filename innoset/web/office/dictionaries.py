"""Dictionaries that organisers keep: statuses with their terms, grounds for ending, subject directions."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.network import actions
from innoset.network.models import EndingGround, StatusKind
from innoset.review import actions as review
from innoset.review.models import Direction
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class KindForm(Form):
    """A line of the dictionary of statuses."""

    title = forms.CharField(label="Название", max_length=200)
    term_years = forms.IntegerField(label="Срок, лет", min_value=1, max_value=20)
    is_active = forms.BooleanField(label="Присваивать этот статус", required=False)


class GroundForm(Form):
    """A ground for ending a status."""

    title = forms.CharField(label="Основание", max_length=300)
    is_active = forms.BooleanField(label="Предлагать это основание", required=False)


class DirectionForm(Form):
    """A line of the dictionary of subjects."""

    title = forms.CharField(label="Название", max_length=200)
    is_active = forms.BooleanField(label="Предлагать это направление", required=False)


@require_safe
def dictionaries(request: HttpRequest) -> HttpResponse:
    """Show the dictionaries."""
    context = {
        "kinds": StatusKind.objects.all(),
        "grounds": EndingGround.objects.all(),
        "directions": Direction.objects.all(),
    }
    return render(request, "office/dictionaries.html", context)


def kind(request: HttpRequest, code: str) -> HttpResponse:
    """Change a kind of status."""
    found = get_object_or_404(StatusKind, code=code)
    initial = {"title": found.title, "term_years": found.term_years, "is_active": found.is_active}
    form = KindForm(request.POST or None, initial=initial)
    page = partial(render, request, "office/dictionary_edit.html", {"form": form, "subject": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_status_kind,
        found,
        **form.cleaned_data,
        said="Словарь сохранён.",
        then="office:dictionaries",
        form=form,
        on_refusal=page,
    )


def ground(request: HttpRequest, code: str) -> HttpResponse:
    """Change a ground for ending a status."""
    found = get_object_or_404(EndingGround, code=code)
    form = GroundForm(request.POST or None, initial={"title": found.title, "is_active": found.is_active})
    page = partial(render, request, "office/dictionary_edit.html", {"form": form, "subject": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_ending_ground,
        found,
        **form.cleaned_data,
        said="Словарь сохранён.",
        then="office:dictionaries",
        form=form,
        on_refusal=page,
    )


def direction(request: HttpRequest, code: str) -> HttpResponse:
    """Change a subject direction."""
    found = get_object_or_404(Direction, code=code)
    form = DirectionForm(request.POST or None, initial={"title": found.title, "is_active": found.is_active})
    page = partial(render, request, "office/dictionary_edit.html", {"form": form, "subject": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        review.edit_direction,
        found,
        **form.cleaned_data,
        said="Словарь сохранён.",
        then="office:dictionaries",
        form=form,
        on_refusal=page,
    )


def new_direction(request: HttpRequest) -> HttpResponse:
    """Add a subject direction."""
    form = DirectionForm(request.POST or None, initial={"is_active": True})
    page = partial(render, request, "office/dictionary_edit.html", {"form": form, "subject": "Направление"})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        review.add_direction,
        Direction(**form.cleaned_data),
        said="Направление добавлено.",
        then="office:dictionaries",
        form=form,
        on_refusal=page,
    )


routes = [
    path("dictionaries/directions/new/", new_direction, name="direction_new"),
    path("dictionaries/directions/<slug:code>/", direction, name="direction"),
    path("dictionaries/", dictionaries, name="dictionaries"),
    path("dictionaries/statuses/<slug:code>/", kind, name="status_kind"),
    path("dictionaries/grounds/<slug:code>/", ground, name="ending_ground"),
]

"""The dictionary of indicators."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from innoset.analytics import actions
from innoset.analytics.models import Indicator
from innoset.foundation.policy import may
from innoset.web.office.indicator_forms import IndicatorForm, NewIndicatorForm
from innoset.web.office.indicators import crumbs
from innoset.web.ui.attempt import attempt


def add(request: HttpRequest) -> HttpResponse:
    """Add an indicator."""
    if not may(request.user, "analytics.add_indicator"):
        raise PermissionDenied
    form = NewIndicatorForm(request.POST or None)
    context = {
        "form": form,
        "title": "Новый показатель",
        "back": reverse("office:indicators"),
        "crumbs": crumbs(("Новый показатель", "")),
    }
    page = partial(render, request, "office/indicator_edit.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.add_indicator,
        Indicator(**form.cleaned_data),
        said="Показатель добавлен.",
        then=lambda made: reverse("office:indicator", args=[made.code]),
        form=form,
        on_refusal=page,
    )


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an indicator; one that is out of use can be found here too."""
    if not may(request.user, "analytics.edit_indicator"):
        raise PermissionDenied
    found = get_object_or_404(Indicator, code=code)
    initial = {name: getattr(found, name) for name in IndicatorForm.base_fields}
    form = IndicatorForm(request.POST or None, initial=initial)
    back = reverse("office:indicator", args=[code])
    context = {
        "form": form,
        "title": found.title,
        "back": back,
        "crumbs": crumbs((found.title, back), ("Изменить", "")),
    }
    page = partial(render, request, "office/indicator_edit.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_indicator,
        found,
        values=form.cleaned_data,
        said="Показатель сохранён.",
        then=lambda _: back if found.is_active else reverse("office:indicators"),
        form=form,
        on_refusal=page,
    )


routes = [
    path("indicators/new/", add, name="indicator_new"),
    path("indicators/<slug:code>/edit/", edit, name="indicator_edit"),
]

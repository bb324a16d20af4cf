"""Granting and ending statuses by hand, for orders that did not come from a contest."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone

from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.network import actions, queries
from innoset.network.models import EndingGround, StatusKind
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

DATE = forms.DateInput


class GrantForm(Form):
    """A status: kind, theme, order, term."""

    kind = forms.ModelChoiceField(
        label="Статус", queryset=StatusKind.objects.filter(is_active=True), empty_label="Выберите"
    )
    theme = forms.CharField(label="Тема", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    order = forms.ModelChoiceField(
        label="Приказ",
        queryset=Order.objects.filter(state=OrderState.CONFIRMED),
        empty_label="Выберите",
        help_text="Только подписанные приказы, которые подтвердил второй человек",
    )
    starts_on = forms.DateField(label="Начало", widget=DATE())
    ends_on = forms.DateField(
        label="Окончание",
        widget=DATE(),
        required=False,
        help_text="Если пусто, срок возьмём из словаря статусов",
    )


class EndForm(Form):
    """When and why a status ends."""

    ground = forms.ModelChoiceField(
        label="Основание", queryset=EndingGround.objects.filter(is_active=True), empty_label="Выберите"
    )
    on = forms.DateField(label="С какого дня", widget=DATE())
    note = forms.CharField(label="Пояснение", max_length=400, required=False)


class CompleteForm(Form):
    """When and with what a status is completed."""

    on = forms.DateField(label="Дата завершения", widget=DATE())
    note = forms.CharField(
        label="Пояснение", max_length=400, required=False, help_text="Обязательно, если срок ещё не вышел"
    )


class RestoreForm(Form):
    """Why a status comes back."""

    note = forms.CharField(label="Причина", max_length=400)


MOVES: dict[str, tuple[Any, type[Form], str, str]] = {
    "complete": (actions.complete_status, CompleteForm, "Завершить статус", "Статус завершён."),
    "terminate": (actions.terminate_status, EndForm, "Прекратить статус досрочно", "Статус прекращён."),
    "restore": (actions.restore_status, RestoreForm, "Восстановить статус", "Статус восстановлен."),
}


def grant(request: HttpRequest, number: str) -> HttpResponse:
    """Grant a status by a confirmed order."""
    found = get_object_or_404(queries.organisations_visible_to(request.user), number=number)
    form = GrantForm(request.POST or None)
    page = partial(render, request, "office/status_grant.html", {"form": form, "organisation": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.grant_status,
        found,
        **form.cleaned_data,
        said="Статус присвоен.",
        then=reverse("office:organisation", args=[number]),
        form=form,
        on_refusal=page,
    )


def move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Complete, terminate or restore a status."""
    status = get_object_or_404(queries.statuses_visible_to(request.user), pk=pk)
    deed, form_class, title, said = MOVES[step]
    form = form_class(request.POST or None, initial={"on": timezone.localdate()})
    context = {"form": form, "status": status, "title": title}
    page = partial(render, request, "office/status_move.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        deed,
        status,
        **form.cleaned_data,
        said=said,
        then=reverse("office:organisation", args=[status.organisation.number]),
        form=form,
        on_refusal=page,
    )


routes = [
    path("organisations/<str:number>/statuses/new/", grant, name="status_grant"),
    *(path(f"statuses/<int:pk>/{step}/", move, {"step": step}, name=f"status_{step}") for step in MOVES),
]

"""A status in the office: its page, and what is done to it by hand, by orders that no contest brought."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.policy import may
from innoset.foundation.russian import moscow
from innoset.network import actions, queries
from innoset.network.models import EndingGround, Organisation, Status, StatusEvent, StatusKind
from innoset.network.queries.accompaniment import companions_of
from innoset.network.queries.completion import completion_checklist
from innoset.network.queries.ties import mentorships_of
from innoset.network.states import StatusState
from innoset.web.statuses import continuity_in_words, lines_of, renewal_contests, term_picture
from innoset.web.ui.arrival import arrived_at
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
        label="Пояснение",
        max_length=400,
        required=False,
        help_text="Обязательно, если срок ещё не вышел или показать пока нечего",
    )


class RestoreForm(Form):
    """Why a status comes back."""

    note = forms.CharField(label="Причина", max_length=400)


class PauseForm(Form):
    """From when, till when and why a status is paused."""

    on = forms.DateField(label="С какого дня", widget=DATE())
    until = forms.DateField(
        label="По какой день",
        widget=DATE(),
        required=False,
        help_text="Если пусто, статус приостановлен, пока его не возобновят",
    )
    note = forms.CharField(label="Причина", max_length=400)


class ResumeForm(Form):
    """From when a status is in force again."""

    on = forms.DateField(label="С какого дня", widget=DATE())
    note = forms.CharField(label="Пояснение", max_length=400, required=False)


class ExtendForm(Form):
    """By which order and till when a term goes on."""

    order = forms.ModelChoiceField(
        label="Приказ",
        queryset=Order.objects.filter(state=OrderState.CONFIRMED),
        empty_label="Выберите",
        help_text="Статус продлён со дня этого приказа",
    )
    ends_on = forms.DateField(label="Новый последний день", widget=DATE())
    note = forms.CharField(label="Пояснение", max_length=400, required=False)


class PassForm(Form):
    """To whom a status passes, from when and on what ground."""

    successor = forms.ModelChoiceField(
        label="Преемник",
        queryset=Organisation.objects.filter(is_active=True).order_by("short_name", "pk"),
        empty_label="Выберите",
    )
    on = forms.DateField(label="С какого дня", widget=DATE())
    note = forms.CharField(label="Основание", max_length=400)


class AnnulForm(Form):
    """What is wrong with a line."""

    note = forms.CharField(label="В чём ошибка", max_length=400)


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can be done to a status: the deed, its form, its words, in which states."""

    deed: Any
    form: type[Form]
    title: str
    said: str
    states: tuple[StatusState, ...]


S = StatusState
_LIVE = (S.ACTIVE, S.PAUSED)
MOVES = {
    "complete": Move(actions.complete_status, CompleteForm, "Завершить статус", "Статус завершён.", _LIVE),
    "extend": Move(actions.extend_status, ExtendForm, "Продлить статус", "Статус продлён.", _LIVE),
    "pause": Move(
        actions.pause_status, PauseForm, "Приостановить статус", "Статус приостановлен.", (S.ACTIVE,)
    ),
    "resume": Move(
        actions.resume_status, ResumeForm, "Возобновить статус", "Статус возобновлён.", (S.PAUSED,)
    ),
    "pass": Move(actions.pass_status, PassForm, "Передать преемнику", "Статус передан преемнику.", _LIVE),
    "terminate": Move(
        actions.terminate_status, EndForm, "Прекратить статус досрочно", "Статус прекращён.", _LIVE
    ),
    "restore": Move(
        actions.restore_status,
        RestoreForm,
        "Восстановить статус",
        "Статус восстановлен.",
        (S.COMPLETED, S.TERMINATED),
    ),
}


@require_safe
def status(request: HttpRequest, number: str) -> HttpResponse:
    """Show a status: whose it is, its term, its ledger, what is left to do, what can be done."""
    found = get_object_or_404(queries.statuses_visible_to(request.user), number=number)
    today = moscow(arrived_at(request)).date()
    may_change = may(request.user, "network.complete_status", found)
    context = {
        "status": found,
        "today": today,
        "picture": term_picture(found, today),
        "lines": lines_of(found),
        "checks": completion_checklist(found),
        "continuity": continuity_in_words(found, today),
        "companions": companions_of(found, today),
        "mentorships": mentorships_of(found),
        "leads": found.kind.code == "msip",
        "may_lead": may(request.user, "network.start_mentorship"),
        "contests": renewal_contests(found),
        "may_change": may_change,
        "moves": _moves_for(found) if may_change else [],
    }
    return render(request, "office/status.html", context)


def _moves_for(found: Status) -> list[dict[str, str]]:
    return [
        {"text": move.title, "url": reverse(f"office:status_{step}", args=[found.number])}
        for step, move in MOVES.items()
        if found.state in move.states
    ]


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


def move(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Do one of the moves to a status."""
    found = get_object_or_404(queries.statuses_visible_to(request.user), number=number)
    chosen = MOVES[step]
    form = chosen.form(request.POST or None, initial={"on": timezone.localdate()})
    context = {"form": form, "status": found, "title": chosen.title}
    page = partial(render, request, "office/status_move.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        chosen.deed,
        found,
        **form.cleaned_data,
        said=chosen.said,
        then=reverse("office:status", args=[number]),
        form=form,
        on_refusal=page,
    )


def annul(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """Declare a line of the ledger a mistake."""
    found = get_object_or_404(queries.statuses_visible_to(request.user), number=number)
    fact = get_object_or_404(StatusEvent, status=found, pk=line)
    form = AnnulForm(request.POST or None)
    context = {"form": form, "status": found, "fact": fact}
    page = partial(render, request, "office/status_annul.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.annul_fact,
        found,
        fact=fact,
        note=form.cleaned_data["note"],
        said="Запись отменена.",
        then=reverse("office:status", args=[number]),
        form=form,
        on_refusal=page,
    )


routes = [
    path("organisations/<str:number>/statuses/new/", grant, name="status_grant"),
    path("statuses/<slug:number>/", status, name="status"),
    path("statuses/<slug:number>/lines/<int:line>/annul/", annul, name="status_annul"),
    *(path(f"statuses/<slug:number>/{step}/", move, {"step": step}, name=f"status_{step}") for step in MOVES),
]

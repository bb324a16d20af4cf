"""The schedule of the open defence."""

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from innoset.contests.actions import expertise as contest_actions
from innoset.contests.models import Contest
from innoset.foundation.russian import counted
from innoset.review import actions
from innoset.review.models import Dossier
from innoset.review.queries import standing_of
from innoset.review.queries.live import slots_in_order
from innoset.review.queries.speaking import fewest_moves, moves_in
from innoset.review.states import RoundKind
from innoset.web.office.round_frame import Place, place_or_404
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, MomentField

ORDERS = (
    ("moves", "Чтобы эксперты с конфликтом интересов реже выходили из зала"),
    ("code", "По порядку подачи заявок"),
    ("rank", "По рейтингу, с первого места"),
    ("reverse", "По рейтингу, с последнего места"),
)
TEAMS = ("команда", "команды", "команд")
_SLOT = ("starts_at", "minutes", "room", "link", "not_before", "not_after")


class SlotForm(Form):
    """When and where one dossier is defended."""

    starts_at = MomentField(label="Начало")
    minutes = forms.IntegerField(label="Минут на выступление и вопросы", initial=15)
    room = forms.CharField(label="Место", max_length=200, required=False)
    link = forms.URLField(label="Ссылка для подключения", required=False, assume_scheme="https")


class OneSlotForm(SlotForm):
    """The same with the hours when the speakers can come."""

    not_before = forms.TimeField(label="Могут не раньше", required=False)
    not_after = forms.TimeField(label="Могут начать не позже", required=False)


class ScheduleForm(SlotForm):
    """How the whole schedule is made."""

    pause = forms.IntegerField(label="Минут перерыва", initial=0)
    order = forms.ChoiceField(label="Порядок", choices=ORDERS, widget=forms.RadioSelect, initial="code")
    keeps_groups = forms.BooleanField(label="Работы одной номинации подряд", required=False)


@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Show the schedule; the form makes it anew."""
    place = place_or_404(request, code, RoundKind.DEFENCE)
    form = ScheduleForm(
        request.POST if request.method == "POST" else None, initial={"starts_at": place.round.opens_at}
    )
    page = partial(_page, request, place, form)
    if not form.is_valid():
        return page()
    fields = {**form.cleaned_data, "order": _ordered(place, form.cleaned_data)}
    del fields["keeps_groups"]
    return attempt(
        request,
        actions.schedule_all,
        place.round,
        **fields,
        said="Расписание составлено. Участники узнают о нём, когда вы его разошлёте.",
        then=_url(place),
        form=form,
        on_refusal=page,
    )


def _page(request: HttpRequest, place: Place, form: ScheduleForm) -> HttpResponse:
    applications = place.applications()
    slots = slots_in_order(place.round)
    context = place.context(
        "schedule",
        form=form,
        moves=moves_in(place.round, slots),
        slots=[(slot, applications.get(slot.dossier_id)) for slot in slots],
        missing=place.round.dossiers.exclude(slots__round=place.round),
        teams=[one.organisation.short_name for one in applications.values()],
    )
    return render(request, "office/schedule.html", context)


def _url(place: Place) -> str:
    return reverse("office:schedule", args=[place.contest.code])


def _ordered(place: Place, given: dict[str, Any]) -> list[Dossier]:
    dossiers, order = (
        {dossier.pk: dossier for dossier in place.round.dossiers.order_by("code")},
        given["order"],
    )
    if order == "moves":
        step = timedelta(minutes=given["minutes"] + given["pause"])
        found = fewest_moves(place.round, given["starts_at"], step, keeps_groups=given["keeps_groups"])
        return [dossiers[key] for key in found.keys]
    if order == "code" or place.contest.remote_round is None:
        return list(dossiers.values())
    ranked = [
        dossiers[row.dossier_id]
        for row in standing_of(place.contest.remote_round)
        if row.dossier_id in dossiers
    ]
    return ranked if order == "rank" else ranked[::-1]


@require_http_methods(["GET", "POST"])
def slot(request: HttpRequest, code: str, dossier: str) -> HttpResponse:
    """Change when and where one dossier is defended."""
    place = place_or_404(request, code, RoundKind.DEFENCE)
    found = get_object_or_404(place.round.dossiers.all(), code=dossier)
    form = OneSlotForm(request.POST if request.method == "POST" else None, initial=_slot_of(place, found))
    page = partial(render, request, "office/slot.html", place.context("schedule", form=form, dossier=found))
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.schedule,
        place.round,
        dossier=found,
        **form.cleaned_data,
        said=f"Время защиты {dossier} изменено.",
        then=_url(place),
        form=form,
        on_refusal=page,
    )


def _slot_of(place: Place, dossier: Dossier) -> dict[str, Any]:
    known = place.round.slots.filter(dossier=dossier).first()
    if known is None:
        return {"starts_at": place.round.opens_at}
    return {name: getattr(known, name) for name in _SLOT}


@require_POST
def held(request: HttpRequest, code: str, dossier: str) -> HttpResponse:
    """Write down whether the defence took place."""
    place = place_or_404(request, code, RoundKind.DEFENCE)
    return attempt(
        request,
        actions.mark_slot,
        get_object_or_404(place.round.slots.all(), dossier__code=dossier),
        held=request.POST.get("held") == "yes",
        then=_url(place),
        on_refusal=partial(_page, request, place, ScheduleForm()),
    )


@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Tell the teams when and where they defend."""
    place = place_or_404(request, code, RoundKind.DEFENCE)
    contest: Contest = place.contest
    return attempt(
        request,
        contest_actions.send_schedule,
        contest,
        said=lambda count: f"Расписание отправлено: {counted(count, *TEAMS)}.",
        then=_url(place),
        on_refusal=partial(_page, request, place, ScheduleForm()),
    )


routes = [
    path("contests/<slug:code>/schedule/", schedule, name="schedule"),
    path("contests/<slug:code>/schedule/send/", send, name="schedule_send"),
    path("contests/<slug:code>/schedule/<str:dossier>/", slot, name="slot"),
    path("contests/<slug:code>/schedule/<str:dossier>/held/", held, name="slot_held"),
]

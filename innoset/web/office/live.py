"""The console of an open defence: what goes on in the hall, and the buttons that move it."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import defence as contest_actions
from innoset.contests.models import Contest
from innoset.foundation.russian import counted
from innoset.review import actions
from innoset.review.models import DefenceSlot, Round
from innoset.review.pure.conduct import STEP_LABELS, minutes_late
from innoset.review.queries.live import (
    board_of,
    hall_of,
    late_of,
    marked_of,
    rounds_conducted_by,
    slots_in_order,
)
from innoset.review.states import BOARD, Phase, SlotState
from innoset.web.office.contest_frame import crumbs_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.live import fresh_part, tag_of

MOVED = ("выступление", "выступления", "выступлений")


class StepForm(Form):
    """One tap on the console; the version tells a second tap from a first."""

    step = forms.ChoiceField(choices=list(STEP_LABELS.items()), required=False)
    version = forms.IntegerField(min_value=0)
    slot = forms.CharField(required=False)
    minutes = forms.IntegerField(required=False)


class ShiftForm(Form):
    """By how many minutes the rest of the day moves."""

    minutes = forms.IntegerField(label="Минут")


def conducted_or_404(request: HttpRequest, code: str) -> Contest:
    """Return a contest whose defence the person runs from the console."""
    rounds = rounds_conducted_by(request.user)
    found = Contest.objects.filter(defence_round__in=rounds).select_related(
        "organiser", "defence_round__rubric", "defence_round__organiser"
    )
    return get_object_or_404(found, code=code)


def _round(contest: Contest) -> Round:
    assert contest.defence_round is not None  # noqa: S101  # reason: found by it in conducted_or_404
    return contest.defence_round


@require_safe
def console(request: HttpRequest, code: str) -> HttpResponse:
    """Show the console."""
    contest = conducted_or_404(request, code)
    context = _context(contest, arrived_at(request))
    crumbs = crumbs_of(contest, ("Пульт защиты", ""))
    return render(request, "office/live.html", {**context, "crumbs": crumbs})


@require_safe
def part(request: HttpRequest, code: str) -> HttpResponse:
    """Show the part of the console that changes by itself."""
    contest, at = conducted_or_404(request, code), arrived_at(request)
    context = _context(contest, at)
    return fresh_part(request, "office/_live.html", context, etag=context["etag"], at=at)


def _context(contest: Contest, at: datetime) -> dict[str, Any]:
    here = _round(contest)
    board, slots, hall, marked, late = (
        board_of(here),
        slots_in_order(here),
        hall_of(here),
        marked_of(here),
        late_of(here),
    )
    rows = [(slot, marked.get(slot.dossier_id, (0, 0)), late.get(slot.dossier_id, [])) for slot in slots]
    minutes = _behind(slots, hall.slot, at) if hall.following else 0
    told = (hall.etag, minutes, [(slot.state, slot.starts_at, counts) for slot, counts, _ in rows])
    return {
        "contest": contest,
        "round": here,
        "board": board,
        "hall": hall,
        "rows": rows,
        "late": late.get(hall.slot.dossier_id, []) if hall.slot else [],
        "step_text": STEP_LABELS.get(hall.step, ""),
        "clock": hall.timer.shown(at) if hall.timer else "",
        "may": {move.name for move in BOARD.open_moves(board.phase)},
        "is_called": board.phase == Phase.WAITING and hall.slot is not None,
        "behind": minutes,
        "waiting": sum(slot.state != SlotState.DONE and not slot.began_at for slot in slots),
        "may_undo": bool(board.steps),
        "etag": tag_of(told),
    }


def _behind(slots: list[DefenceSlot], speaking: DefenceSlot | None, at: datetime) -> int:
    """Return by how many minutes the one who waits first will begin late."""
    waiting = next((one for one in slots if one.state != SlotState.DONE and not one.began_at), None)
    if waiting is None:
        return 0
    ends_at = at
    if speaking is not None and speaking.began_at and not speaking.ended_at:
        ends_at = max(at, speaking.began_at + timedelta(minutes=speaking.minutes))
    return minutes_late(waiting.starts_at, ends_at)


@require_POST
def step(request: HttpRequest, code: str) -> HttpResponse:
    """Make one step."""
    contest, form = conducted_or_404(request, code), StepForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    here = _round(contest)
    turn = actions.Turn(
        step=given.get("step", ""),
        version=given.get("version", -1),
        slot=here.slots.filter(dossier__code=given.get("slot", "")).first(),
        minutes=given.get("minutes"),
    )
    return attempt(request, actions.conduct, here, turn=turn, then=_back(request, contest), on_refusal=None)


@require_POST
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Take the last step back."""
    contest = conducted_or_404(request, code)
    return attempt(
        request,
        actions.step_back,
        _round(contest),
        version=_version(request),
        said="Последний шаг отменён.",
        then=_back(request, contest),
    )


@require_POST
def miss(request: HttpRequest, code: str) -> HttpResponse:
    """The called speaker is not here."""
    contest = conducted_or_404(request, code)
    return attempt(
        request,
        contest_actions.postpone_speaker,
        contest,
        version=_version(request),
        said=lambda slot: f"{slot.dossier.code}: выступление перенесено в конец. Команда получит письмо.",
        then=_back(request, contest),
    )


@require_POST
def shift(request: HttpRequest, code: str) -> HttpResponse:
    """Move the rest of the day."""
    contest, form = conducted_or_404(request, code), ShiftForm(request.POST)
    return attempt(
        request,
        contest_actions.shift_defence,
        contest,
        minutes=form.cleaned_data["minutes"] if form.is_valid() else 0,
        said=lambda moved: f"Сдвинуто: {counted(len(moved), *MOVED)}. Команды получат письма.",
        then=_back(request, contest),
    )


def _version(request: HttpRequest) -> int:
    form = StepForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else -1


def _back(request: HttpRequest, contest: Contest) -> str:
    """Return to the console, or to the big screen if the step was made there."""
    if request.POST.get("from") == "screen":
        return reverse("desk:screen", args=[contest.code])
    return reverse("office:live", args=[contest.code])


routes = [
    path("contests/<slug:code>/live/", console, name="live"),
    path("contests/<slug:code>/live/part/", part, name="live_part"),
    path("contests/<slug:code>/live/step/", step, name="live_step"),
    path("contests/<slug:code>/live/back/", back, name="live_back"),
    path("contests/<slug:code>/live/miss/", miss, name="live_miss"),
    path("contests/<slug:code>/live/shift/", shift, name="live_shift"),
]

"""The hall of an open defence: the big screen, and the page of a juror that follows it."""

from datetime import datetime
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innoset.foundation.policy import may
from innoset.review import actions
from innoset.review.models import Assignment, DefenceSlot, Round
from innoset.review.pure.conduct import STEP_LABELS
from innoset.review.queries.live import Hall, hall_of, own_assignments, rounds_watched_by, slots_in_order
from innoset.review.states import Phase
from innoset.web.desk.hall_sheet import SheetShown, sheet_shown
from innoset.web.desk.places import sheet_or_404
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.live import fresh_part, tag_of


def hall_or_404(request: HttpRequest, code: str) -> Round:
    """Return a defence whose hall the person may see."""
    return get_object_or_404(rounds_watched_by(request.user), defence_contest__code=code)


@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """Show the big screen: the state of the defence, and the marks only when they are shown to all."""
    here, at = hall_or_404(request, code), arrived_at(request)
    context = _screen(request, here, code, at)
    if "part" in request.GET:
        return fresh_part(request, "desk/_screen.html", context, etag=context["etag"], at=at)
    return render(request, "desk/screen.html", context)


def _screen(request: HttpRequest, here: Round, code: str, at: datetime) -> dict[str, Any]:
    hall = hall_of(here)
    conducts = may(request.user, "review.conduct", here) and here.state == "open"
    return {
        "round": here,
        "code": code,
        "hall": hall,
        "at": at,
        "clock": hall.timer.shown(at) if hall.timer else "",
        "dots": _dots(hall),
        "conducts": conducts,
        "step_text": STEP_LABELS.get(hall.step, ""),
        "etag": tag_of(hall.etag, conducts),
    }


def _dots(hall: Hall) -> list[tuple[float, float]]:
    """Lay the marks out on a line from nought to the maximum; equal ones stand on each other."""
    if hall.revealed is None:
        return []
    placed: list[tuple[float, float]] = []
    for total in hall.revealed.totals:
        x = round(20 + 960 * float(total) / (float(hall.revealed.maximum) or 1), 1)
        placed.append((x, 100 - 22.0 * sum(one == x for one, _ in placed)))
    return placed


@require_safe
def strip(request: HttpRequest, code: str) -> HttpResponse:
    """Show what goes on now above a juror's sheet, and lead to the speaker when the sheet is not begun."""
    here, at = hall_or_404(request, code), arrived_at(request)
    context = _strip(request, here, code, at, request.GET.get("shown", ""))
    return fresh_part(request, "desk/_hall_strip.html", context, etag=context["etag"], at=at)


def _strip(request: HttpRequest, here: Round, code: str, at: datetime, shown: str) -> dict[str, Any]:
    hall = hall_of(here)
    own = own_assignments(here, request.user)
    begun = next((one for one in own.values() if one.dossier.code == shown and _is_begun(one)), None)
    now = hall.slot.dossier.code if hall.slot else ""
    return {
        "hall": hall,
        "code": code,
        "shown": shown,
        "stays": "stay" in request.GET,
        "at": at,
        "clock": hall.timer.shown(at) if hall.timer else "",
        "is_elsewhere": bool(now) and now != shown,
        "follows": bool(now) and now != shown and begun is None and "stay" not in request.GET,
        "etag": tag_of(hall.etag, shown, begun is None),
    }


def _is_begun(assignment: Assignment) -> bool:
    """Tell whether the juror is in the middle of the sheet."""
    sheet = getattr(assignment, "sheet", None)
    return sheet is not None and sheet.state == "open" and sheet.scores.exists()


@require_safe
def now(request: HttpRequest, code: str) -> HttpResponse:
    """Lead a juror to the work of the moment; before the first one show the order."""
    here = hall_or_404(request, code)
    hall = hall_of(here)
    slot = hall.slot or (hall.following if hall.phase != Phase.OVER else None)
    if slot is not None:
        return redirect("desk:hall_work", code, slot.dossier.code)
    return _page(request, here, code, None)


@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, code: str, dossier: str) -> HttpResponse:
    """Show one work with big buttons; a plain form saves all of it, or saves and finishes."""
    here = hall_or_404(request, code)
    slot = get_object_or_404(here.slots.select_related("dossier"), dossier__code=dossier)
    if request.method != "POST":
        return _page(request, here, code, slot)
    found = sheet_or_404(request, here.kind, dossier)
    shown = sheet_shown(found, request)
    page = partial(_page, request, here, code, slot, shown)
    if not shown.form.is_valid():
        return page()
    ends = request.POST.get("then") == "finish"
    return attempt(
        request,
        actions.finish_at_once if ends else actions.save_sheet,
        found,
        marks=shown.form.marks(),
        said=f"{dossier}: лист завершён." if ends else "Сохранено.",
        then=reverse("desk:hall", args=[code]) if ends else reverse("desk:hall_work", args=[code, dossier]),
        form=shown.form,
        on_refusal=page,
    )


def _page(
    request: HttpRequest, here: Round, code: str, slot: DefenceSlot | None, shown: SheetShown | None = None
) -> HttpResponse:
    at, slots = arrived_at(request), slots_in_order(here)
    own = own_assignments(here, request.user)
    assignment = own.get(slot.dossier_id) if slot else None
    if shown is None and assignment is not None and getattr(assignment, "sheet", None) is not None:
        shown = sheet_shown(sheet_or_404(request, here.kind, assignment.dossier.code), request)
    context = {
        **_strip(request, here, code, at, slot.dossier.code if slot else ""),
        "round": here,
        "slot": slot,
        "shown": slot.dossier.code if slot else "",
        "assignment": assignment,
        "sheet": shown,
        "form": shown.form if shown else None,
        "is_juror": bool(own),
        **_neighbours(slots, slot),
        "unfinished": [one for one in slots if one.dossier_id in own and not _is_done(own[one.dossier_id])],
        "slots": slots,
    }
    return render(request, "desk/hall.html", context)


def _is_done(assignment: Assignment) -> bool:
    sheet = getattr(assignment, "sheet", None)
    return sheet is not None and sheet.state == "finished"


def _neighbours(slots: list[DefenceSlot], slot: DefenceSlot | None) -> dict[str, DefenceSlot | None]:
    keys = [one.pk for one in slots]
    place = keys.index(slot.pk) if slot else -1
    return {
        "before": slots[place - 1] if place > 0 else None,
        "after": slots[place + 1] if slot and place + 1 < len(slots) else None,
    }


@require_POST
def clear(request: HttpRequest, code: str, dossier: str) -> HttpResponse:
    """Say in one tap that there is no conflict of interest, and go on to the marks."""
    here = hall_or_404(request, code)
    found = [one for one in own_assignments(here, request.user).values() if one.dossier.code == dossier]
    if not found:
        raise Http404
    return attempt(request, actions.declare, found[0], then=reverse("desk:hall_work", args=[code, dossier]))


routes = [
    path("hall/<slug:code>/", now, name="hall"),
    path("hall/<slug:code>/screen/", screen, name="screen"),
    path("hall/<slug:code>/strip/", strip, name="hall_strip"),
    path("hall/<slug:code>/works/<str:dossier>/", work, name="hall_work"),
    path("hall/<slug:code>/works/<str:dossier>/clear/", clear, name="hall_clear"),
]

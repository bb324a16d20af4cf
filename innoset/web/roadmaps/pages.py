"""The page of a roadmap or plan: its picture, its measures, its history, and the steps of its life."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from innoset.foundation.policy import may
from innoset.foundation.russian import counted
from innoset.projects.actions import roadmaps as actions
from innoset.projects.models import RoadmapChange, RoadmapItem
from innoset.projects.pure.roadmap.columns import TITLES
from innoset.projects.pure.roadmap.gantt import gantt_of
from innoset.projects.pure.roadmap.measures import STANDING_KINDS, STANDING_LABELS, standing_of, tally_of
from innoset.projects.pure.roadmap.plan_fact import plan_fact
from innoset.projects.queries import roadmaps as queries
from innoset.projects.states import ROADMAP, RoadmapState
from innoset.web.roadmaps.frame import Frame, today, writer_only
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing

STATE_KINDS = {RoadmapState.DRAFT: "", RoadmapState.SENT: "work", RoadmapState.APPROVED: "good"}


def shown_items(items: Sequence[RoadmapItem], day: date) -> list[dict[str, Any]]:
    """Return the measures as rows: each with how it stands, stage by stage."""
    order = {name: place for place, name in enumerate(dict.fromkeys(one.stage for one in items))}
    rows = []
    for one in sorted(items, key=lambda one: (order[one.stage], one.position)):
        measure = queries.measure_of(one)
        standing = standing_of(measure, day)
        rows.append(
            {
                "item": one,
                "standing": STANDING_LABELS[standing],
                "kind": STANDING_KINDS[standing],
                "late": counted(measure.days_late(day), "день", "дня", "дней")
                if standing == "overdue"
                else "",
            }
        )
    return rows


def grouped(rows: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the rows by stage."""
    return [(stage, list(found)) for stage, found in groupby(rows, key=lambda row: row["item"].stage)]


@require_safe
def page(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Show the roadmap: how it stands, the picture with its table, what may be done."""
    day, roadmap = today(request), frame.roadmap
    items = queries.items_of(roadmap)
    measures = [queries.measure_of(one) for one in items]
    live = [one for one in items if one.dropped_at is None]
    context = frame.context(request) | {
        "state_kind": STATE_KINDS[RoadmapState(roadmap.state)],
        "tally": tally_of(measures, day),
        "gantt": gantt_of(measures, day),
        "stages": grouped(shown_items(live, day)),
        "dropped": [one for one in items if one.dropped_at is not None],
        "plan": plan_fact(queries.lines_of(items)) if frame.is_plan else None,
        "has_earlier": frame.is_plan
        and roadmap.state == "draft"
        and queries.plan_before(roadmap) is not None,
        "lines": len(queries.candidates_of(roadmap, day)) if not frame.is_plan else 0,
        "may_send": _may_step(request, frame, "send", "projects.send_roadmap"),
        "may_recall": _may_step(request, frame, "send_back", "projects.recall_roadmap"),
        "may_decide": _may_step(request, frame, "approve", "projects.approve_roadmap"),
    }
    return render(request, "roadmaps/page.html", context)


def _may_step(request: HttpRequest, frame: Frame, move: str, permission: str) -> bool:
    return ROADMAP.allows(move, frame.roadmap.state) and may(request.user, permission, frame.roadmap)


STEPS: dict[str, tuple[Any, Any]] = {
    "send": (actions.send_roadmap, "Отправлено на утверждение."),
    "recall": (actions.recall_roadmap, "Отозвано. Теперь можно вносить изменения."),
    "approve": (actions.approve_roadmap, "Утверждено."),
    "copy": (
        actions.copy_plan,
        lambda count: f"Перенесено: {counted(count, 'строка', 'строки', 'строк')}. Проверьте сроки.",
    ),
}


@require_POST
def step(request: HttpRequest, frame: Frame, name: str) -> HttpResponse:
    """Send, recall or approve; take over last year's plan."""
    if name not in STEPS:
        raise Http404
    deed, said = STEPS[name]
    return attempt(request, deed, frame.roadmap, said=said, then=frame.url())


class ReturnForm(Form):
    """What is to be mended."""

    note = forms.CharField(
        label="Что исправить",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Увидят те, кто ведёт карту",
    )


def send_back(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Send the roadmap back with a note."""
    if not may(request.user, "projects.return_roadmap", frame.roadmap):
        raise Http404
    form = ReturnForm(request.POST or None)
    context = frame.context(request, "Вернуть") | {"form": form, "title": "Вернуть с замечанием"}
    shown = partial(render, request, "roadmaps/form.html", context | {"button": "Вернуть"})
    if not form.is_valid():
        return shown()
    return attempt(
        request,
        actions.return_roadmap,
        frame.roadmap,
        **form.cleaned_data,
        said="Возвращено с замечанием.",
        then=frame.url(),
        form=form,
        on_refusal=shown,
    )


@require_safe
def history(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Show every correction since the approval: what it was, what it became, who and why."""
    listing = Listing(request, queries.changes_of(frame.roadmap), words=("запись", "записи", "записей"))
    rows = [{"change": one, "lines": list(_lines(one))} for one in listing.rows]
    context = frame.context(request, "История") | {"listing": listing, "rows": rows}
    return render(request, "roadmaps/history.html", context)


def _lines(change: RoadmapChange) -> Iterator[dict[str, str]]:
    if "dropped" in change.after:
        yield {"title": "Снято" if change.after["dropped"] else "Возвращено", "before": "", "after": ""}
        return
    for name, after in change.after.items():
        before = change.before.get(name)
        yield {"title": TITLES[name], "before": _said(before), "after": _said(after)}


def _said(value: Any) -> str:
    if value in (None, ""):
        return "пусто"
    try:
        return f"{date.fromisoformat(value):%d.%m.%Y}" if isinstance(value, str) else str(value)
    except ValueError:
        return str(value)


@writer_only
def lines(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Offer the lines of fields 12–13 of the passport; make measures of those that are ticked."""
    found = queries.candidates_of(frame.roadmap, today(request))
    context = frame.context(request, "Строки паспорта") | {"found": found}
    shown = partial(render, request, "roadmaps/lines.html", context)
    if request.method != "POST":
        return shown()
    return attempt(
        request,
        actions.take_lines,
        frame.roadmap,
        origins=request.POST.getlist("line"),
        reason=request.POST.get("reason", ""),
        said=lambda made: f"Добавлено: {counted(len(made), 'мероприятие', 'мероприятия', 'мероприятий')}.",
        then=frame.url(),
        on_refusal=shown,
    )

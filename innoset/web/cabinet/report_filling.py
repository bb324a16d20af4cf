"""Filling a report: a section with what the site wrote, saving as one types, the tasks of the year."""

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW
from innoset.projects.actions import reports as actions
from innoset.projects.actions.reports import Kept, ReportClash, Told
from innoset.projects.models import Report, ReportAnswer, ReportTask
from innoset.projects.pure.changes import both, changes_between
from innoset.projects.pure.forms import Field, Kind, Piece, Section
from innoset.projects.pure.reporting.figures import Departure, departures
from innoset.projects.pure.reporting.prefill import FIGURED, Proposal, proposals
from innoset.projects.queries import reports
from innoset.projects.queries.report_facts import facts_of
from innoset.projects.states import TASK_LABELS, TaskState
from innoset.web.cabinet.reports import crumbs, report_or_404
from innoset.web.cabinet.shown import PREFIX, Shown, mark_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

ROWS = {Kind.LINE: 2, Kind.URL: 1, Kind.PERSON: 2}
KEEPS = (("mine", "Мой текст"), ("theirs", "Текст коллеги"), ("both", "Оба подряд"))


@dataclasses.dataclass(slots=True)
class Slot:
    """One field on the page: the text, what the site would write now, what stands in the way of saving."""

    field: Field
    answer: ReportAnswer | None
    text: str
    proposal: Proposal | None = None
    departures: tuple[Departure, ...] = ()
    error: str = ""
    rival: ReportAnswer | None = None

    @property
    def label(self) -> str:
        """Return the official label without the stop of the printed form."""
        return self.field.label.rstrip(":.")

    @property
    def rows(self) -> int:
        """Return how tall the control is."""
        return ROWS.get(self.field.kind, 10)

    @property
    def shown(self) -> Shown:
        """Return what the page shows of the field, carried by the form and back."""
        return shown_of(self.answer)

    @property
    def seen_name(self) -> str:
        """Return the name of the hidden input with what was shown."""
        return f"{PREFIX}{self.field.key}"

    @property
    def describedby(self) -> str:
        """Return the ids of the hint and the error."""
        parts = [("helptext", self.field.hint), ("error", self.error)]
        return " ".join(f"id_{self.field.key}_{name}" for name, text in parts if text)

    @property
    def origin(self) -> str:
        """Say whence the text comes; nothing for one that a person typed, or for none."""
        if self.answer is None or not self.answer.text or self.answer.text != self.answer.prefilled:
            return ""
        return str(self.answer.get_origin_display())

    @property
    def is_outdated(self) -> bool:
        """Tell whether the site would write something else than stands here."""
        return self.proposal is not None and self.proposal.text != self.text

    @property
    def changes(self) -> tuple[Piece, ...]:
        """Return how what the site counts now differs from the text."""
        return changes_between(self.text, self.proposal.text if self.proposal else "")


def shown_of(answer: ReportAnswer | None) -> Shown:
    return Shown(answer.version, mark_of(answer.text)) if answer else Shown(0, mark_of(""))


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A section of a report, and what follows it."""

    report: Report
    section: Section
    fields: tuple[Field, ...]

    @property
    def following(self) -> str:
        """Return the address of the next section, or of the tasks after the last one."""
        codes = [one.code for one in reports.form_of_report(self.report).sections]
        rest = codes[codes.index(self.section.code) + 1 :]
        if rest:
            return reverse("cabinet:report_section", args=[self.report.number, rest[0]])
        return reverse("cabinet:report_tasks", args=[self.report.number])

    @property
    def here(self) -> str:
        """Return the address of this section."""
        return reverse("cabinet:report_section", args=[self.report.number, self.section.code])


def place_or_404(request: HttpRequest, number: str, code: str) -> Place:
    one = report_or_404(request, number)
    found = next((part for part in reports.form_of_report(one).sections if part.code == code), None)
    if found is None:
        raise Http404
    return Place(one, found, tuple(f for f in reports.fields_of_report(one) if f.section == code))


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show a section to fill; without scripts its button saves all of it at once."""
    place = place_or_404(request, number, code)
    if request.method != "POST":
        if place.report.state not in reports.UNSENT:
            return redirect("cabinet:report", number)
        return _page(request, place)
    typed = {one.key: request.POST[one.key] for one in place.fields if one.key in request.POST}
    return attempt(
        request,
        actions.save_section,
        place.report,
        texts=_touched(place, request.POST, typed),
        restore=[key for key in request.POST.getlist("restore") if key in typed],
        then=lambda refusals: _saved(request, place, typed, refusals),
        on_refusal=partial(_page, request, place, typed, status=422),
    )


def _touched(place: Place, data: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return the texts that were changed on the page, after the choice between one's own and a colleague's."""
    answers = reports.answers_of_report(place.report)
    found: dict[str, tuple[str, int]] = {}
    for key, text in typed.items():
        keep, theirs = data.get(f"keep-{key}", "mine"), answers[key].text if key in answers else ""
        seen = Shown.parsed(data.get(f"{PREFIX}{key}", ""))
        chosen = both(theirs, text) if keep == "both" else text
        if keep != "theirs" and seen.is_touched(chosen):
            found[key] = (chosen, seen.version)
    return found


def _saved(
    request: HttpRequest, place: Place, typed: Mapping[str, str], refusals: list[Refusal]
) -> HttpResponse:
    if refusals:
        return _page(request, place, typed, refusals, status=409)
    return redirect(place.here if {"stay", "restore"} & set(request.POST) else place.following)


def _page(
    request: HttpRequest,
    place: Place,
    typed: Mapping[str, str] | None = None,
    refusals: list[Refusal] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    slots = _slots(place, typed or {}, {one.field: one for one in refusals or []})
    context = {
        "place": place,
        "report": place.report,
        "sections": reports.form_of_report(place.report).sections,
        "slots": slots,
        "problems": _problems(slots),
        "keeps": KEEPS,
        "crumbs": crumbs(place.report, place.section.title),
    }
    return render(request, "cabinet/report_section.html", context, status=status)


def _problems(slots: list[Slot]) -> Form | None:
    """Return the errors as a form, for that is what the page's summary is made of."""
    wrong, summary = [slot for slot in slots if slot.error], Form({})
    for slot in wrong:
        summary.fields[slot.field.key] = forms.CharField(required=False)
        summary.add_error(slot.field.key, slot.error)
    return summary if wrong else None


def _slots(place: Place, typed: Mapping[str, str], refusals: Mapping[str | None, Refusal]) -> list[Slot]:
    answers, facts = reports.answers_of_report(place.report), facts_of(place.report)
    made, figured = proposals(facts), FIGURED[place.report.form_code]
    slots = []
    for one in place.fields:
        answer, no = answers.get(one.key), refusals.get(one.key)
        text = typed.get(one.key, answer.text if answer else "")
        slot = Slot(one, answer, text, made.get(one.key), error=no.text if no else "")
        slot.rival = no.answer if isinstance(no, ReportClash) else None
        slot.departures = departures(text, facts.figures) if one.key == figured else ()
        slots.append(slot)
    return slots


@require_POST
def autosave(request: HttpRequest, number: str) -> HttpResponse:
    """Save one field as it is being typed, and say so in JSON."""
    one, key = report_or_404(request, number), request.POST.get("field", "")
    seen = Shown.parsed(request.POST.get(f"{PREFIX}{key}", ""))
    text, at = request.POST.get(key, ""), arrived_at(request)
    try:
        kept = actions.save_field(one, key=key, text=text, seen=seen.version, by=request.user, at=at)
    except Refusal as no:
        return JsonResponse({"error": no.text, "kept": False}, status=422)
    if isinstance(kept.refusal, ReportClash):
        return JsonResponse(_told(one, key, kept.refusal), status=409)
    return JsonResponse(_said(key, kept))


def _said(key: str, kept: Kept) -> dict[str, str]:
    clock = f"{kept.answer.saved_at.astimezone(MOSCOW):%H:%M:%S}"
    return {"at": clock, "version": str(shown_of(kept.answer)), "versioned": f"{PREFIX}{key}"}


def _told(one: Report, key: str, clash: ReportClash) -> dict[str, Any]:
    theirs = clash.answer
    return {
        "error": clash.said,
        "field": key,
        "kept": True,
        "compare": f"{reverse('cabinet:report_texts', args=[one.number])}?field={key}",
        "theirs": {
            "text": theirs.text,
            "who": theirs.saved_by.short_name if theirs.saved_by else "",
            "at": f"{theirs.saved_at.astimezone(MOSCOW):%H:%M}",
            "version": str(shown_of(theirs)),
        },
    }


@dataclasses.dataclass(slots=True)
class TaskSlot:
    """A task of the year on the page, with what was typed about it."""

    task: ReportTask
    state: str
    note: str
    error: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: HttpRequest, number: str) -> HttpResponse:
    """Tell what came of the tasks of the year, and plan the next ones."""
    one = report_or_404(request, number)
    if request.method != "POST":
        if one.state not in reports.UNSENT:
            return redirect("cabinet:report", number)
        return _tasks_page(request, one)
    year = list(one.tasks.filter(is_next=False))
    told = {
        task.pk: Told(
            request.POST.get(f"state-{task.pk}", task.state), request.POST.get(f"note-{task.pk}", task.note)
        )
        for task in year
    }
    return attempt(
        request,
        actions.tell_tasks,
        one,
        told=told,
        planned=request.POST.get("planned", "").splitlines(),
        said="Задачи сохранены.",
        then=reverse("cabinet:report", args=[number]),
        on_refusal=partial(_tasks_page, request, one, told, status=422),
    )


def _tasks_page(
    request: HttpRequest, one: Report, told: Mapping[int, Told] | None = None, *, status: int = 200
) -> HttpResponse:
    given = told or {}
    slots = [
        TaskSlot(task, given[task.pk].state, given[task.pk].note)
        if task.pk in given
        else TaskSlot(task, task.state, task.note)
        for task in one.tasks.filter(is_next=False)
    ]
    planned = "\n".join(task.text for task in one.tasks.filter(is_next=True))
    context = {
        "report": one,
        "slots": slots,
        "planned": request.POST.get("planned", planned),
        "states": [(str(key), TASK_LABELS[key]) for key in TaskState],
        "crumbs": crumbs(one, "Задачи года и планы"),
    }
    return render(request, "cabinet/report_tasks.html", context, status=status)


_REPORT = "reports/<slug:number>/"
routes = [
    path(f"{_REPORT}sections/<slug:code>/", section, name="report_section"),
    path(f"{_REPORT}answer/", autosave, name="report_answer"),
    path(f"{_REPORT}tasks/", tasks, name="report_tasks"),
]

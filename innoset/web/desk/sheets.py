"""The split view: document on the left, score sheet on the right."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innoset.foundation.russian import MOSCOW
from innoset.review import actions
from innoset.review.actions.marks import stamp_of
from innoset.review.models import Assignment, ScoreSheet
from innoset.review.pure import scoring
from innoset.review.queries.desk import finished_by
from innoset.review.queries.discussions import discussion_of
from innoset.review.queries.sheets import marks_of, rubric_of, rules_for
from innoset.review.states import AssignmentState, SheetState
from innoset.web.desk.forms import SheetForm
from innoset.web.desk.pictures import rows_of, terms_of
from innoset.web.desk.places import (
    assignment_or_404,
    duration,
    may_write,
    minutes_for,
    neighbours,
    next_after,
    sheet_or_404,
    tasks_of,
    url_of,
)
from innoset.web.desk.strips import strip_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt


def _form(sheet: ScoreSheet, data: Mapping[str, Any] | None = None) -> SheetForm:
    criteria = list(rubric_of(sheet.assignment.round, sheet.assignment.dossier).criteria.all())
    return SheetForm(data, criteria=criteria, marks=marks_of(sheet), comment=sheet.comment)


def _page(request: HttpRequest, sheet: ScoreSheet, form: SheetForm) -> HttpResponse:
    assignment = sheet.assignment
    rules, marks = rules_for(sheet), marks_of(sheet)
    context = {
        "sheet": sheet,
        "assignment": assignment,
        "dossier": assignment.dossier,
        "form": form,
        "lines": list(form.lines(assignment.dossier.content)),
        "rows": rows_of(assignment.dossier, form.criteria),
        "terms": terms_of(assignment.dossier),
        "total": scoring.total(rules, marks),
        "maximum": scoring.maximum(rules),
        "saved_at": _saved_at(sheet),
        "now": stamp_of(arrived_at(request)),
        "may_write": may_write(assignment.round) and sheet.state == SheetState.OPEN,
        "may_reopen": may_write(assignment.round) and sheet.state == SheetState.FINISHED,
        "talk": url_of(assignment, "discussion") if discussion_of(assignment) else "",
        "strip": strip_of(sheet, scoring.maximum(rules)) if sheet.state == SheetState.FINISHED else None,
        **_way(request, assignment),
    }
    return render(request, "desk/sheet.html", context)


def _way(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    """Return where the expert is among the tasks of the round, and how long the rest takes."""
    tasks = tasks_of(request.user, of=assignment.round)
    code = assignment.dossier.code
    before, after = neighbours(tasks, code)
    left = duration(sum(task.minutes for task in tasks if not task.is_done))
    return {
        "place": sorted(task.dossier.code for task in tasks).index(code) + 1,
        "count": len(tasks),
        "pace": f"~{duration(minutes_for(assignment.dossier))} · осталось ≈ {left}",
        "before": before,
        "after": after,
        "following": next_after(tasks, code),
    }


def _saved_at(sheet: ScoreSheet) -> str:
    """Return the hour of the last mark, as the page says it."""
    last = max((one.saved_at for one in sheet.scores.all()), default=None)
    return f"{last.astimezone(MOSCOW):%H:%M}" if last else ""


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Show the document and the sheet; a plain form saves all of it at once."""
    assignment = assignment_or_404(request, kind, code)
    if assignment.state != AssignmentState.CLEARED:
        return redirect(url_of(assignment, "conflict"))
    found = sheet_or_404(request, kind, code)
    form = _form(found, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, found, form)
    return attempt(
        request,
        actions.save_sheet,
        found,
        marks=form.marks(),
        comment=form.conclusion(),
        said="Сохранено.",
        then=_onward(request, found),
        form=form,
        on_refusal=lambda: _page(request, found, form),
    )


def _onward(request: HttpRequest, found: ScoreSheet) -> str:
    """Say where the pressed button leads: to the check, to the next dossier, or back here."""
    assignment, then = found.assignment, request.POST.get("then")
    if then == "finish":
        return url_of(assignment, "finish")
    if then == "next":
        following = next_after(tasks_of(request.user, of=assignment.round), assignment.dossier.code)
        return following.url if following else reverse("desk:home")
    return url_of(assignment)


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Show the sheet as it stands and what it lacks; finish it."""
    found = sheet_or_404(request, kind, code)
    if request.method == "POST":
        return attempt(
            request,
            actions.finish_sheet,
            found,
            said=f"Лист по делу {found.assignment.dossier.code} завершён.",
            then=_after_finish(request, found),
            on_refusal=lambda: redirect(url_of(found.assignment, "finish")),
        )
    rules, marks = rules_for(found), marks_of(found)
    context = {
        "sheet": found,
        "assignment": found.assignment,
        "dossier": found.assignment.dossier,
        "gaps": scoring.gaps(rules, marks),
        "rows": [(rule, marks.get(rule.key, scoring.NOTHING), _points(rule, marks)) for rule in rules],
        "total": scoring.total(rules, marks),
        "maximum": scoring.maximum(rules),
        "rescaled": scoring.applicable(rules, marks) != scoring.maximum(rules),
    }
    return render(request, "desk/finish.html", context)


def _points(rule: scoring.Rule, marks: Mapping[int, scoring.Mark]) -> object:
    return scoring.points(rule, marks.get(rule.key, scoring.NOTHING))


def _after_finish(request: HttpRequest, found: ScoreSheet) -> str:
    following = next_after(tasks_of(request.user, of=found.assignment.round), found.assignment.dossier.code)
    return following.url if following else reverse("desk:home")


@require_POST
def reopen(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take a finished sheet back to work."""
    found = sheet_or_404(request, kind, code)
    return attempt(
        request,
        actions.reopen_sheet,
        found,
        said="Лист снова открыт. Не забудьте завершить его.",
        then=url_of(found.assignment),
        on_refusal=lambda: redirect(url_of(found.assignment)),
    )


@require_safe
def scores(request: HttpRequest) -> HttpResponse:
    """Show the person's own finished sheets, each round by itself, beside one another."""
    found = list(finished_by(request.user))
    rounds = {one.assignment.round_id: one.assignment.round for one in found}
    groups = [
        (review_round, [one for one in found if one.assignment.round_id == key])
        for key, review_round in rounds.items()
    ]
    shown = [
        (review_round, own, [(one.assignment.dossier.code, float(one.total or 0)) for one in own])
        for review_round, own in groups
    ]
    return render(request, "desk/scores.html", {"groups": shown})


routes = [
    path("dossiers/<slug:kind>/<str:code>/", sheet, name="sheet"),
    path("dossiers/<slug:kind>/<str:code>/finish/", finish, name="finish"),
    path("dossiers/<slug:kind>/<str:code>/reopen/", reopen, name="reopen"),
    path("scores/", scores, name="scores"),
]

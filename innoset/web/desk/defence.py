"""The open defence as the panel sees it: who speaks when, where, and the sheet beside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.review.queries.desk import slots_visible_to
from innoset.review.queries.live import rounds_conducted_by, rounds_watched_by
from innoset.review.states import RoundKind, RoundState
from innoset.web.desk.places import tasks_of


@require_safe
def defence(request: HttpRequest) -> HttpResponse:
    """Show the order of speakers with the person's own task at each."""
    tasks = {
        (task.assignment.round_id, task.assignment.dossier_id): task
        for task in tasks_of(request.user)
        if task.assignment.round.kind == RoundKind.DEFENCE
    }
    slots = [(slot, tasks.get((slot.round_id, slot.dossier_id))) for slot in slots_visible_to(request.user)]
    going = rounds_watched_by(request.user).filter(state=RoundState.OPEN, defence_contest__isnull=False)
    halls = list(going.order_by("pk").values_list("defence_contest__code", "title"))
    run = set(rounds_conducted_by(request.user).values_list("defence_contest__code", flat=True))
    return render(
        request,
        "desk/defence.html",
        {"slots": slots, "halls": [(code, title, code in run) for code, title in halls]},
    )


routes = [path("defence/", defence, name="defence")]

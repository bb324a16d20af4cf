"""The first page of the office: what needs a person today, where every contest stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from innoset.contests.models import Contest
from innoset.contests.queries import contests as queries
from innoset.contests.states import ContestState
from innoset.network.queries import holds, organisation_ids_of
from innoset.network.states import Role
from innoset.web.office.cockpit import failed_letters_for, needs_of
from innoset.web.office.contest_frame import name_of
from innoset.web.office.contests import KINDS, RUNNING
from innoset.web.office.funnel import funnels_of
from innoset.web.ui.arrival import arrived_at


def home(request: HttpRequest) -> HttpResponse:
    """Show what waits and the funnel of every running contest."""
    visible = queries.with_stages(queries.contests_visible_to(request.user))
    running = list(visible.filter(state__in=RUNNING))
    context = {
        "needs": needs_of(
            request.user, [one for one in running if _is_run_by(request.user, one)], at=arrived_at(request)
        ),
        "funnels": [
            (one, name_of(one.contest), KINDS[ContestState(one.contest.state)]) for one in funnels_of(running)
        ],
        "may_make": bool(organisation_ids_of(request.user, Role.ORGANISER)),
    }
    return render(request, "office/home.html", context)


def _is_run_by(person: Any, contest: Contest) -> bool:
    """Tell an organiser's contest from one whose order the person only confirms."""
    return bool(person.is_superuser) or holds(person, Role.ORGANISER, organisation=contest.organiser_id)


def letters(request: HttpRequest) -> HttpResponse:
    """List the letters that did not reach anybody."""
    context = {
        "letters": failed_letters_for(request.user).order_by("-created_at", "-id"),
        "crumbs": [("Сегодня", reverse("office:home")), ("Не дошедшие письма", "")],
    }
    return render(request, "office/letters.html", context)


routes = [path("", home, name="home"), path("letters/", letters, name="letters")]

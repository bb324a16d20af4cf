"""The first page of this door: invitations to answer, dossiers to judge."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from innoset.review import actions, queries
from innoset.review.models import PanelSeat, Round
from innoset.review.queries.bids import is_bidding
from innoset.review.queries.invitations import answer_by, is_late
from innoset.review.states import SeatState
from innoset.web.answering import SAID, AnswerForm, frame_of, seats_on_desk
from innoset.web.desk.places import Task, tasks_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt


@dataclass(frozen=True, slots=True)
class Pile:
    """The tasks of one round."""

    round: Round
    tasks: list[Task]

    @property
    def done(self) -> int:
        """Return how many sheets are finished."""
        return sum(task.is_done for task in self.tasks)

    @property
    def minutes_left(self) -> int:
        """Return a guess of the time that the rest takes."""
        return sum(task.minutes for task in self.tasks if not task.is_done)

    @property
    def following(self) -> Task | None:
        """Return the first open task."""
        return next((task for task in self.tasks if not task.is_done), None)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person here."""
    tasks = sorted(tasks_of(request.user), key=lambda task: task.assignment.round_id)
    piles = [
        Pile(tasks_[0].assignment.round, tasks_)
        for _, group in groupby(tasks, key=lambda task: task.assignment.round_id)
        if (tasks_ := list(group))
    ]
    at = arrived_at(request)
    seats = [(number, seat, answer_by(seat), is_late(seat, at)) for number, seat in _seats(request)]
    context = {
        "invitations": [one for one in seats if one[1].state == SeatState.INVITED],
        "seats": [one for one in seats if one[1].state != SeatState.INVITED],
        "bidding": [(number, seat) for number, seat, *_ in seats if is_bidding(seat, at)],
        "piles": sorted(piles, key=lambda pile: pile.following is None),
        "observed": queries.observed_by(request.user),
    }
    return render(request, "desk/home.html", context)


def _seats(request: HttpRequest) -> list[tuple[int, PanelSeat]]:
    return list(seats_on_desk(request.user).items())


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Answer an invitation: one tap for yes; the terms and the reason are optional."""
    seat = seats_on_desk(request.user).get(number)
    if seat is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial=_limits_of(seat))
    page = partial(render, request, "desk/invitation.html", frame_of(request, seat) | {"form": form})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.answer_invitation,
        seat,
        **form.told(request),
        said=SAID[form.cleaned_data["answer"]],
        then="desk:home",
        form=form,
        on_refusal=page,
    )


def _limits_of(seat: PanelSeat) -> dict[str, int | None]:
    return {name: getattr(seat, name) for name in ("most", "least_minutes", "most_minutes")}


routes = [path("", home, name="home"), path("invitations/<int:number>/", invitation, name="invitation")]

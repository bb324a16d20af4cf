"""The first page of this door: invitations to answer, dossiers to judge."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from innoset.review import actions, queries
from innoset.review.models import Round
from innoset.review.queries.desk import seats_of
from innoset.review.states import SeatState
from innoset.web.desk.places import Task, tasks_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class AnswerForm(Form):
    """Can or cannot, and on what terms."""

    answer = forms.ChoiceField(choices=[("yes", "Могу"), ("no", "Не могу")], label="Ответ")
    most = forms.IntegerField(label="Возьму не больше дел", required=False)
    reason = forms.CharField(label="Почему не можете", required=False, max_length=300)


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
    seats = list(enumerate(seats_of(request.user), 1))
    context = {
        "invitations": [(number, seat) for number, seat in seats if seat.state == SeatState.INVITED],
        "seats": [(number, seat) for number, seat in seats if seat.state != SeatState.INVITED],
        "piles": sorted(piles, key=lambda pile: pile.following is None),
        "observed": queries.observed_by(request.user),
    }
    return render(request, "desk/home.html", context)


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Answer an invitation: one tap for yes; the terms and the reason are optional."""
    seat = dict(enumerate(seats_of(request.user), 1)).get(number)
    if seat is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    page = partial(render, request, "desk/invitation.html", {"seat": seat, "form": form})
    if not form.is_valid():
        return page()
    accept = form.cleaned_data["answer"] == "yes"
    return attempt(
        request,
        actions.answer_invitation,
        seat,
        accept=accept,
        reason=form.cleaned_data["reason"],
        most=form.cleaned_data["most"],
        said="Спасибо! Вы в комиссии. Дела появятся здесь, когда их назначат."
        if accept
        else "Мы передали организатору, что вы не сможете.",
        then="desk:home",
        form=form,
        on_refusal=page,
    )


routes = [path("", home, name="home"), path("invitations/<int:number>/", invitation, name="invitation")]

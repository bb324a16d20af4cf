"""Votes from the members' own places: opened and counted by the secretary, given by a tap each."""

from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.contests.actions import ballots as actions
from innoset.contests.models import Application, Ballot, Sitting
from innoset.contests.pure.voting import Outcome
from innoset.contests.queries import ballots as queries
from innoset.contests.queries import council
from innoset.contests.states import CHOICE_LABELS, Choice
from innoset.web.office.council_table import way_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class ReasonForm(Form):
    """Why a result departs from the order of places."""

    reason = forms.CharField(
        label="Почему решение отступает от рейтинга",
        max_length=2000,
        widget=forms.Textarea,
        help_text="Войдёт в протокол.",
    )


def _sitting(request: HttpRequest, code: str) -> Sitting:
    sitting = council.room_visible_to(request.user, code)
    if sitting is None:
        raise Http404
    return sitting


def _ballot(request: HttpRequest, code: str, number: str) -> Ballot:
    found = Ballot.objects.filter(sitting=_sitting(request, code), application__number=number)
    return get_object_or_404(found.select_related("sitting__contest", "sitting__council", "application"))


def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a member what is voted on now: three buttons an application."""
    sitting = _sitting(request, code)
    going = [_asked(ballot, request.user) for ballot in queries.ballots_open_to(request.user, sitting)]
    return render(
        request,
        "office/council_vote.html",
        {
            "contest": sitting.contest,
            "sitting": sitting,
            "going": going,
            "choices": CHOICE_LABELS.items(),
            "crumbs": [
                *way_of(sitting.contest, request.user),
                ("Совет", reverse("office:council_room", args=[code])),
                ("Голосование", ""),
            ],
        },
    )


def _asked(ballot: Ballot, person: Any) -> dict[str, Any]:
    seat = queries.seat_of(ballot, person)
    has_voted = seat is not None and ballot.marks.filter(seat=seat).exists()
    return {"ballot": ballot, "seat": seat, "has_voted": has_voted}


@require_POST
def vote(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Take a vote."""
    choice = request.POST.get("choice", "")
    if choice not in set(Choice):
        raise Http404
    return attempt(
        request,
        actions.vote,
        _ballot(request, code, number),
        choice=Choice(choice),
        said="Ваш голос учтён.",
        then=reverse("office:council_vote", args=[code]),
    )


@require_POST
def open_one(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Open the ballot on an application."""
    return attempt(
        request,
        actions.open_ballots,
        _sitting(request, code),
        applications=[get_object_or_404(Application, number=number, contest__code=code)],
        said="Голосование открыто. Члены совета голосуют на странице «Голосование».",
        then=reverse("office:council_decision", args=[code, number]),
    )


@require_POST
def open_rest(request: HttpRequest, code: str) -> HttpResponse:
    """Open ballots on all that have no decision."""
    sitting = _sitting(request, code)
    return attempt(
        request,
        actions.open_ballots,
        sitting,
        applications=council.rest_to_ballot(sitting),
        said="Голосование открыто по всем заявкам без решения. Члены совета голосуют на странице «Голосование».",
        then=reverse("office:council_room", args=[code]),
    )


@require_POST
def close_one(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Count the votes on an application."""

    def words(found: dict[str, Outcome]) -> str:
        return found[number].words

    ballot = _ballot(request, code, number)
    return attempt(
        request,
        actions.close_ballots,
        ballot.sitting,
        ballots=[ballot],
        said=words,
        then=reverse("office:council_decision", args=[code, number]),
    )


@require_POST
def close_all(request: HttpRequest, code: str) -> HttpResponse:
    """Count the votes on everything that is balloted now."""
    sitting = _sitting(request, code)
    return attempt(
        request,
        actions.close_ballots,
        sitting,
        ballots=list(queries.open_ballots_of(sitting)),
        said="Голоса подсчитаны. Итоги — в столбце «Решение».",
        then=reverse("office:council_room", args=[code]),
    )


@require_POST
def resolve(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Record the result of a ballot that departs from the order, with its reason."""
    ballot, form = _ballot(request, code, number), ReasonForm(request.POST)
    page = partial(_reason_page, request, ballot, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.resolve_by_ballot,
        ballot,
        reason=form.cleaned_data["reason"],
        said=f"Решение по заявке {number} записано.",
        then=reverse("office:council_room", args=[code]),
        form=form,
        on_refusal=page,
    )


def _reason_page(request: HttpRequest, ballot: Ballot, form: Form) -> HttpResponse:
    context = {
        "ballot": ballot,
        "contest": ballot.sitting.contest,
        "found": queries.outcome_of(ballot),
        "form": form,
        "crumbs": [*way_of(ballot.sitting.contest, request.user), ("Причина", "")],
    }
    return render(request, "office/council_reason.html", context)


def ballot_context(sitting: Sitting, application: Application) -> dict[str, Any]:
    """Return what the page of a decision shows of its ballot."""
    ballot = queries.ballot_on(sitting, application)
    if ballot is None:
        return {"ballot": None}
    return {
        "ballot": ballot,
        "voted": ballot.marks.count(),
        "found": queries.outcome_of(ballot) if ballot.closed_at else None,
        "reason_form": ReasonForm(),
    }


routes = [
    path("contests/<slug:code>/council/vote/", place, name="council_vote"),
    path("contests/<slug:code>/council/ballots/", open_rest, name="ballots_open"),
    path("contests/<slug:code>/council/count/", close_all, name="ballots_close"),
    path("contests/<slug:code>/council/<str:number>/vote/", vote, name="ballot_vote"),
    path("contests/<slug:code>/council/<str:number>/ballot/", open_one, name="ballot_open"),
    path("contests/<slug:code>/council/<str:number>/count/", close_one, name="ballot_close"),
    path("contests/<slug:code>/council/<str:number>/reason/", resolve, name="ballot_resolve"),
]

"""The panel of a round: who sits on it, who may be invited."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innoset.foundation.russian import counted, moscow
from innoset.review import actions, queries
from innoset.review.models import Assignment, ExpertProfile, PanelSeat, Round
from innoset.review.queries.conflicts import NOTHING, Panorama, Summary, summaries_of
from innoset.review.queries.invitations import unanswered_in
from innoset.review.queries.panels import Candidate, candidates_for, places_of
from innoset.review.states import LIVE, RoundKind, SeatState
from innoset.web.office.round_frame import Place, place_or_404
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, MomentField

KINDS = {SeatState.ACCEPTED: "good", SeatState.INVITED: "now", SeatState.DECLINED: ""}
PEOPLE = ("человек", "человека", "человек")
LETTERS = ("приглашение", "приглашения", "приглашений")


class TermsForm(Form):
    """Until when the invited answer, and until when the agreed mark dossiers."""

    answer_by = MomentField(label="Ответить на приглашение до", required=False)
    bids_until = MomentField(
        label="Отметить подходящие дела до",
        required=False,
        help_text="Эксперты увидят названия и начало текста без авторов. Пусто — дела не отмечают.",
    )

    @staticmethod
    def initial_of(review_round: Round) -> dict[str, Any]:
        """Return the terms as they are."""
        return {"answer_by": review_round.answer_by, "bids_until": review_round.bids_until}


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate: ticked beforehand or not, what ties them to the works, what they are good at."""

    one: Candidate
    is_ticked: bool
    ties: Summary
    profile: ExpertProfile | None


@require_safe
def panel(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show the seats with their answers, and the pool to invite from."""
    return _page(request, place_or_404(request, code, kind))


def _page(request: HttpRequest, place: Place, form: TermsForm | None = None) -> HttpResponse:
    seats = list(queries.panel_of(place.round))
    people = [seat.person_id for seat in seats]
    homes = places_of(people)
    loads = Counter(
        Assignment.objects.filter(round=place.round, state__in=LIVE).values_list("expert_id", flat=True)
    )
    context = place.context(
        "panel",
        form=form or TermsForm(initial=TermsForm.initial_of(place.round)),
        seats=[
            (seat, homes.get(seat.person_id), loads[seat.person_id], KINDS[SeatState(seat.state)])
            for seat in seats
        ],
        waiting=[seat for seat in seats if seat.state == SeatState.INVITED],
        now=arrived_at(request),
    )
    return render(request, "office/panel.html", context)


def _pool(request: HttpRequest, place: Place, part: str) -> HttpResponse:
    """Show the candidates; beside each expert what ties them to the works, so that none is asked in vain."""
    people = candidates_for(place.round, part=part)
    is_expert = part == PanelSeat.Part.EXPERT
    before = _sat_before(place) if is_expert else set()
    ties = summaries_of(place.round, [one.person for one in people]) if is_expert else Panorama({}, 0)
    options = [
        Option(
            one,
            one.person.pk in before,
            ties.by_person.get(one.person.pk, NOTHING),
            getattr(one.person, "expert_profile", None),
        )
        for one in people
    ]
    today = moscow(arrived_at(request)).date()
    context = place.context(
        "panel", options=options, total=ties.dossiers, part=part, is_expert=is_expert, today=today
    )
    return render(request, "office/pool.html", context)


def _sat_before(place: Place) -> set[int]:
    """Return who judged the remote round: at a defence they are ticked beforehand."""
    if place.round.kind == RoundKind.REMOTE or place.contest.remote_round is None:
        return set()
    return set(queries.experts_of(place.contest.remote_round).values_list("person_id", flat=True))


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show the pool with conflicts found beforehand; invite the ticked people."""
    place = place_or_404(request, code, kind)
    part = request.POST.get("part", request.GET.get("part", ""))
    part = part if part in PanelSeat.Part.values else PanelSeat.Part.EXPERT
    if request.method != "POST":
        return _pool(request, place, part)
    wanted = set(request.POST.getlist("person"))
    people = [one.person for one in candidates_for(place.round, part=part) if str(one.person.pk) in wanted]
    return attempt(
        request,
        actions.invite_experts,
        place.round,
        people=people,
        part=part,
        said=lambda count: f"Отправлено: {counted(count, *LETTERS)}.",
        then=place.url("panel"),
        on_refusal=lambda: _pool(request, place, part),
    )


@require_POST
def terms(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Set the terms of answers and wishes."""
    place = place_or_404(request, code, kind)
    form = TermsForm(request.POST)
    page = partial(_page, request, place, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.set_panel_terms,
        place.round,
        **form.cleaned_data,
        said="Сроки сохранены.",
        then=place.url("panel"),
        form=form,
        on_refusal=page,
    )


@require_POST
def remind(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Write once more to those who have not answered: to the chosen one, else to all."""
    place = place_or_404(request, code, kind)
    chosen = {int(key) for key in request.POST.getlist("person") if key.isdecimal()}
    return attempt(
        request,
        actions.remind_invited,
        place.round,
        people=chosen or [seat.person_id for seat in unanswered_in(place.round)],
        said=lambda count: f"Напоминание отправлено: {counted(count, *PEOPLE)}.",
        then=place.url("panel"),
        on_refusal=lambda: _page(request, place),
    )


@require_POST
def withdraw(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Take back an invitation."""
    place = place_or_404(request, code, kind)
    number = request.POST.get("seat", "")
    seat = get_object_or_404(place.round.seats.all(), pk=number if number.isdigit() else 0)
    return attempt(
        request,
        actions.withdraw_invitation,
        seat,
        said="Приглашение отозвано.",
        then=place.url("panel"),
        on_refusal=lambda: _page(request, place),
    )


_ROUND = "contests/<slug:code>/rounds/<slug:kind>/panel/"
routes = [
    path(_ROUND, panel, name="panel"),
    path(f"{_ROUND}terms/", terms, name="panel_terms"),
    path(f"{_ROUND}remind/", remind, name="panel_remind"),
    path(f"{_ROUND}invite/", invite, name="panel_invite"),
    path(f"{_ROUND}withdraw/", withdraw, name="panel_withdraw"),
]

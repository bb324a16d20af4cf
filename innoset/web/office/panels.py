"""The panel of a round: who sits on it, who may be invited."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.foundation.russian import counted
from innoset.review import actions, queries
from innoset.review.models import Assignment, PanelSeat
from innoset.review.queries.panels import Candidate, candidates_for, places_of
from innoset.review.states import LIVE, RoundKind, SeatState
from innoset.web.office.round_frame import Place, place_or_404
from innoset.web.ui.attempt import attempt

KINDS = {SeatState.ACCEPTED: "good", SeatState.INVITED: "now", SeatState.DECLINED: ""}
LETTERS = ("приглашение", "приглашения", "приглашений")


@require_safe
def panel(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show the seats with their answers, and the pool to invite from."""
    return _page(request, place_or_404(request, code, kind))


def _page(request: HttpRequest, place: Place) -> HttpResponse:
    seats = list(queries.panel_of(place.round))
    homes = places_of([seat.person_id for seat in seats])
    loads = Counter(
        Assignment.objects.filter(round=place.round, state__in=LIVE).values_list("expert_id", flat=True)
    )
    before = _sat_before(place)
    context = place.context(
        "panel",
        seats=[
            (seat, homes.get(seat.person_id), loads[seat.person_id], KINDS[SeatState(seat.state)])
            for seat in seats
        ],
        experts=[_option(one, before) for one in candidates_for(place.round)],
        observers=[_option(one, set()) for one in candidates_for(place.round, part=PanelSeat.Part.OBSERVER)],
        waiting=sum(seat.state == SeatState.INVITED for seat in seats),
    )
    return render(request, "office/panel.html", context)


def _sat_before(place: Place) -> set[int]:
    """Return who judged the remote round: at a defence they are ticked beforehand."""
    if place.round.kind == RoundKind.REMOTE or place.contest.remote_round is None:
        return set()
    return set(queries.experts_of(place.contest.remote_round).values_list("person_id", flat=True))


def _option(one: Candidate, before: set[int]) -> tuple[Candidate, bool]:
    return one, one.person.pk in before


@require_POST
def invite(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Invite the ticked people."""
    place = place_or_404(request, code, kind)
    part = request.POST.get("part", "")
    part = part if part in PanelSeat.Part.values else PanelSeat.Part.EXPERT
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
    path(f"{_ROUND}invite/", invite, name="panel_invite"),
    path(f"{_ROUND}withdraw/", withdraw, name="panel_withdraw"),
]

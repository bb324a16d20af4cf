"""Before the assignment: what the expert would like to judge, and conflicts told in good time."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.review import actions
from innoset.review.models import PanelSeat
from innoset.review.queries.bids import is_bidding, offers_to
from innoset.review.states import CONFLICT_GROUNDS, WISH_LABELS
from innoset.web.answering import seats_on_desk
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class EarlyForm(Form):
    """Which conflict, in the expert's own words."""

    ground = forms.ChoiceField(label="В чём конфликт", choices=list(CONFLICT_GROUNDS.items()), required=False)
    note = forms.CharField(label="Пояснение", required=False, max_length=500)


def _seat_or_404(request: HttpRequest, number: int) -> PanelSeat:
    seat = seats_on_desk(request.user).get(number)
    if seat is None or not is_bidding(seat, arrived_at(request)):
        raise Http404
    return seat


@require_safe
def bids(request: HttpRequest, number: int) -> HttpResponse:
    """Show the dossiers by title and first lines, each with what has been said of it."""
    seat = _seat_or_404(request, number)
    offers = offers_to(seat)
    context = {
        "seat": seat,
        "number": number,
        "offers": offers,
        "marked": sum(bool(one.wish or one.ground) for one in offers),
        "wishes": list(WISH_LABELS.items()),
        "grounds": list(CONFLICT_GROUNDS.items()),
    }
    return render(request, "desk/bids.html", context)


@require_POST
def bid(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Take one word about one dossier; pressing the same again takes it back."""
    seat = _seat_or_404(request, number)
    dossier = get_object_or_404(seat.round.dossiers.all(), code=code)
    return attempt(
        request,
        actions.bid,
        seat,
        dossier=dossier,
        wish=request.POST.get("wish", ""),
        then=_place(number, code),
    )


@require_POST
def early(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Take a conflict told beforehand; without a ground it is taken back."""
    seat = _seat_or_404(request, number)
    dossier = get_object_or_404(seat.round.dossiers.all(), code=code)
    form = EarlyForm(request.POST)
    form.is_valid()
    return attempt(
        request,
        actions.declare_early,
        seat,
        dossier=dossier,
        ground=form.cleaned_data.get("ground", "-"),
        note=form.cleaned_data.get("note", ""),
        then=_place(number, code),
    )


def _place(number: int, code: str) -> str:
    """Return to the very dossier, so that the keyboard goes on from there."""
    return f"{reverse('desk:bids', args=[number])}#{code}"


_ROUND = "invitations/<int:number>/dossiers/"
routes = [
    path(_ROUND, bids, name="bids"),
    path(f"{_ROUND}<str:code>/wish/", bid, name="bid"),
    path(f"{_ROUND}<str:code>/conflict/", early, name="early_conflict"),
]

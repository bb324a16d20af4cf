"""What the network has won, for everybody: how many organisations, how much, year by year."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.foundation.money import rubles
from innoset.network.queries.honours import (
    listed_achievements,
    listed_grants,
    winnings_by_year,
    winnings_of,
)
from innoset.web.ui.listing import Listing
from innoset.web.winnings import HonourFilter

PER_PAGE = 25


@login_not_required
@require_safe
def winnings(request: HttpRequest) -> HttpResponse:
    """Show the totals of grants and the honours; teams are people and stay inside."""
    grants = listed_grants()
    listing = Listing(
        request,
        listed_achievements(),
        filterset=HonourFilter,
        per_page=PER_PAGE,
        words=("награда", "награды", "наград"),
    )
    context = {
        "won": winnings_of(grants),
        "years": [(one.year, one.won, rubles(one.won.kopecks)) for one in winnings_by_year(grants)],
        "listing": listing,
    }
    return render(request, "public/winnings.html", context)


routes = [path("winnings/", winnings, name="winnings")]

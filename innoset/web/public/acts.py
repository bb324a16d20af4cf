"""The normative base for everybody: what is in force, what it replaced, how to cite it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.documents import queries
from innoset.web.normative import WORDS, ActFilter, Shown, ShownChain, line_of
from innoset.web.ui.listing import Listing

PER_PAGE = 25
TITLE = "Нормативная база"


@login_not_required
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """List the acts of the base."""
    listing = Listing(request, queries.listed_acts(), filterset=ActFilter, per_page=PER_PAGE, words=WORDS)
    context = {"listing": listing, "acts": [Shown.of(act) for act in listing.rows], "title": TITLE}
    return render(request, "public/acts.html", context)


@login_not_required
@require_safe
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an act: its citation, its force, the acts around it."""
    found = queries.act_of(pk)
    if found is None:
        raise Http404
    context = {
        "shown": Shown.of(found),
        "chain": ShownChain.of(found),
        "line": line_of(found),
        "crumbs": [
            ("Главная", "/"),
            (TITLE, reverse("public:acts")),
            (f"№ {found.number}" if found.number else found.title, ""),
        ],
    }
    return render(request, "public/act.html", context)


routes = [
    path("acts/", acts, name="acts"),
    path("acts/<int:pk>/", act, name="act"),
]

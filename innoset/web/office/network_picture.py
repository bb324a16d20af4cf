"""The network as colleagues see it: with what is not yet confirmed, who accompanies whom, who is left alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.analytics.pure.centrality import METHOD, cohesion
from innoset.analytics.pure.coverage import Apart, apart
from innoset.analytics.pure.graph import Tie
from innoset.network.models import Municipality
from innoset.network.queries import municipality_ids_of
from innoset.network.queries.organisations import sees_all
from innoset.network.states import Role
from innoset.web import seeing


def _look(request: HttpRequest) -> seeing.Look:
    """Look at all rows with the eyes of those who run the network, else as everybody does."""
    return seeing.look_of(request, reverse("office:network_picture"), is_open=not sees_all(request.user))


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """Show the network, how it holds together and whom nothing ties to it."""
    look = _look(request)
    context = {
        "look": look,
        "cohesion": cohesion(look.whole),
        "method": METHOD,
        "apart": _apart(request.user, look),
        "accompanied": _accompanied(look),
    }
    return render(request, "office/network_picture.html", context)


def _apart(person: Any, look: seeing.Look) -> list[Apart]:
    """Return whom nothing ties to the network: everybody, or those of the municipality that the person keeps."""
    found = apart(look.whole)
    if sees_all(person):
        return found
    keys = municipality_ids_of(person, Role.COORDINATOR)
    own = set(Municipality.objects.filter(pk__in=keys).values_list("oktmo", flat=True)) if keys else set()
    return [one for one in found if one.node.place in own]


def _accompanied(look: seeing.Look) -> list[tuple[str, str, str, str, str]]:
    """Return who accompanies which site: the person, the part, from where, the site and its number."""
    nodes = look.graph.by_number
    return sorted(
        (edge.people, edge.detail, nodes[edge.source].title, nodes[edge.target].title, edge.target)
        for edge in look.graph.edges
        if edge.tie is Tie.ACCOMPANIMENT and edge.people
    )


@require_safe
def take(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the picture or the ties as a file."""
    look = _look(request)
    return seeing.taken(look, kind, name=f"Сеть {look.day:%Y-%m-%d}")


routes = [
    path("picture/", picture, name="network_picture"),
    path("picture/take/<str:kind>/", take, name="network_picture_take"),
]

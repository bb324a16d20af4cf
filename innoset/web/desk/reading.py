"""Reading without scoring: what an observer may see, and the files of a dossier."""

from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.review import queries
from innoset.web.desk.pictures import rows_of, terms_of
from innoset.web.ui.download import hand_out


@require_safe
def observed(request: HttpRequest) -> HttpResponse:
    """List the dossiers of the rounds that the person observes."""
    rounds = queries.observed_by(request.user).prefetch_related("dossiers")
    return render(request, "desk/observed.html", {"rounds": rounds})


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show the text of a dossier, and nothing to score."""
    found = get_object_or_404(queries.dossiers_visible_to(request.user), code=code)
    context = {
        "dossier": found,
        "rows": rows_of(found),
        "terms": terms_of(found),
        "files": list(enumerate(found.files.order_by("pk"), 1)),
    }
    return render(request, "desk/dossier.html", context)


@require_safe
def annex(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand out a file of a dossier under a name that tells nothing of its author."""
    found = get_object_or_404(queries.dossiers_visible_to(request.user), code=code)
    files = list(found.files.order_by("pk"))
    if not 1 <= number <= len(files):
        raise Http404
    stored = files[number - 1]
    name = f"{found.code}-приложение-{number}{PurePath(stored.name).suffix}"
    return hand_out(stored, to=request.user, name=name)


routes = [
    path("observed/", observed, name="observed"),
    path("texts/<str:code>/", dossier, name="dossier"),
    path("texts/<str:code>/files/<int:number>/", annex, name="annex"),
]

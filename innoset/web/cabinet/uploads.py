"""A file that arrives in pieces: begun, continued from where it broke, given up. The answers are JSON.

A request with `X-Autosave: 1` gets JSON also when the session is over or the token is stale.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from innoset.contests.actions import attachments as actions
from innoset.contests.models import Application
from innoset.contests.queries.attachments import uploads_of
from innoset.foundation.errors import Refusal
from innoset.foundation.files import parts
from innoset.foundation.files.actions import uploads
from innoset.foundation.files.models import Upload
from innoset.foundation.files.storage import NoRoom
from innoset.web.cabinet.applications import application_or_404
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt

ATTACHED = "Файл приложен."
REDRAWN = f"{ATTACHED} Сведения о съёмке удалены."
LONGEST_NUMBER = 15


def _whole(text: str | None) -> int:
    """Return a number of bytes that the browser named, or what no file begins at."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else -1


@never_cache
@require_POST
def start(request: HttpRequest, number: str) -> HttpResponse:
    """Open a place for a file, or find the one begun before with this name and size."""
    application = application_or_404(request, number)
    given = {"name": request.POST.get("name", ""), "title": request.POST.get("title", "")}
    size = _whole(request.POST.get("size"))
    try:
        place = actions.begin_file(application, size=size, **given, by=request.user, at=arrived_at(request))
    except Refusal as no:
        return JsonResponse({"error": no.text}, status=422)
    return JsonResponse(_begun(application, place))


def _begun(application: Application, place: Upload) -> dict[str, Any]:
    names = [application.number, place.token]
    return {
        "token": place.token,
        "received": place.received,
        "sha256": parts.digest(place.token, place.received) if place.received else "",
        "chunk": uploads.CHUNK,
        "url": reverse("cabinet:upload", args=names),
        "drop": reverse("cabinet:upload_drop", args=names),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Take the next piece; or say how much is here."""
    application = application_or_404(request, number)
    found = get_object_or_404(uploads_of(application, request.user), token=token)
    if request.method != "POST":
        return _answer(application, found)
    offset, by, at = _whole(request.headers.get("Upload-Offset")), request.user, arrived_at(request)
    try:
        now = actions.receive_piece(application, upload=found, offset=offset, data=request.body, by=by, at=at)
    except uploads.WrongOffset as no:
        return JsonResponse({"error": no.text, "received": no.received}, status=409)
    except Refusal as no:
        return JsonResponse({"error": no.text}, status=507 if isinstance(no, NoRoom) else 422)
    if now.finished_at and found.finished_at is None:
        messages.success(request, said_of(now.file))
    return _answer(application, now)


def said_of(stored: Any) -> str:
    """Tell what became of a file: a picture has lost the notes of its making."""
    return REDRAWN if stored.media_type.startswith("image/") else ATTACHED


def _answer(application: Application, found: Upload) -> HttpResponse:
    if found.finished_at is None:
        return JsonResponse({"received": found.received})
    page = reverse("cabinet:attachments", args=[application.number])
    return JsonResponse({"received": found.received, "done": True, "page": page})


@require_POST
def drop(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Give up an unfinished file."""
    application = application_or_404(request, number)
    found = get_object_or_404(uploads_of(application, request.user), token=token)
    if request.headers.get("X-Autosave") == "1":
        uploads.drop_upload(found, by=request.user, at=arrived_at(request))
        return JsonResponse({})
    then = reverse("cabinet:attachments", args=[number])
    return attempt(request, uploads.drop_upload, found, said="Недогруженный файл убран.", then=then)


routes = [
    path("applications/<str:number>/uploads/", start, name="upload_start"),
    path("applications/<str:number>/uploads/<slug:token>/", upload, name="upload"),
    path("applications/<str:number>/uploads/<slug:token>/drop/", drop, name="upload_drop"),
]

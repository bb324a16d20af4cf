"""What the page of a section asks for by itself: saving as one types, who else types, the key of drafts.

All answers are JSON. A request with `X-Autosave: 1` gets JSON also when the session is over (401) or
the token is stale (403), see `innoset.web.sign_in`.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from innoset.accounts import actions as accounts
from innoset.accounts.queries import draft_key_of
from innoset.contests.actions import filling
from innoset.contests.models import Application
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW
from innoset.projects import queries as projects
from innoset.projects.actions import presence
from innoset.projects.actions.answers import Clash, Outcome
from innoset.projects.models import Passport
from innoset.web.cabinet.applications import application_or_404
from innoset.web.cabinet.shown import PREFIX, Shown, mark_of
from innoset.web.ui.arrival import arrived_at

PROLONGED = "prolonged_at"
HOUR = timedelta(hours=1)


@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Save one field as it is being typed, and say so in JSON; the same `replay` is saved once."""
    application, key = application_or_404(request, number), request.POST.get("field", "")
    text, replay = request.POST.get(key, ""), request.POST.get("replay", "")
    seen = Shown.parsed(request.POST.get(f"{PREFIX}{key}", ""))
    at = arrived_at(request)
    try:
        saved = filling.answer(
            application, key=key, text=text, seen=seen.version, replay=replay, by=request.user, at=at
        )
    except Refusal as refusal:
        kept = filling.set_aside(application, texts={key: text}, by=request.user, at=at)
        return JsonResponse({"error": refusal.text, "kept": bool(kept)}, status=422)
    if saved.clash is not None:
        return JsonResponse(_told(application, key, saved.clash), status=409)
    return JsonResponse({"at": _clock(saved), "version": _shown(saved), "versioned": f"{PREFIX}{key}"})


def _told(application: Application, key: str, clash: Clash) -> dict[str, Any]:
    """Return what the page needs to offer a choice; the text that came late is in the history."""
    theirs = clash.answer
    return {
        "error": clash.said,
        "field": key,
        "kept": True,
        "compare": reverse("cabinet:compare", args=[application.number, key]),
        "theirs": {
            "text": theirs.text,
            "who": theirs.saved_by.short_name if theirs.saved_by else "",
            "at": f"{theirs.saved_at.astimezone(MOSCOW):%H:%M}",
            "version": str(Shown.of(theirs)),
        },
    }


def _shown(saved: Outcome) -> str:
    return str(Shown(saved.version, mark_of(saved.text)))


def _clock(saved: Outcome) -> str:
    return f"{saved.saved_at.astimezone(MOSCOW):%H:%M:%S}"


@require_POST
def editing(request: HttpRequest, number: str) -> HttpResponse:
    """Hear in which field the person is, and tell who else is in which; typing prolongs the session."""
    application, key = application_or_404(request, number), request.POST.get("field", "")
    passport, at = application.project.passport, arrived_at(request)
    presence.tell_where(passport, key=key, by=request.user, at=at)
    if at.timestamp() - request.session.get(PROLONGED, 0) > HOUR.total_seconds():
        request.session[PROLONGED] = at.timestamp()
    return JsonResponse({"others": others_in(passport, request)})


def others_in(passport: Passport, request: HttpRequest) -> list[dict[str, str]]:
    """Return who else is writing now, and the printed numbers of their fields."""
    printed = {one.key: one.printed_number for one in projects.fields_in(passport)}
    now = projects.editors_of(passport, but=request.user, at=arrived_at(request))
    return [{"who": one.person.short_name, "field": printed[one.key]} for one in now if one.key in printed]


@require_safe
@never_cache
def drafts_key(request: HttpRequest) -> HttpResponse:
    """Hand out the key of the person's drafts on this computer; the first asking makes it."""
    person: Any = request.user
    found = draft_key_of(person) or accounts.make_draft_key(person, by=person, at=arrived_at(request))
    owner = salted_hmac("innoset.drafts.owner", str(person.pk), algorithm="sha256").hexdigest()[:32]
    return JsonResponse({"key": found.key, "owner": owner, "csrf": get_token(request)})


routes = [
    path("applications/<str:number>/answer/", answer, name="answer"),
    path("applications/<str:number>/editing/", editing, name="editing"),
    path("drafts/", drafts_key, name="drafts_key"),
]

"""What was typed after the session had ended: to look at, to bring into the application, to put away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, resolve
from django.views.decorators.http import require_http_methods

from innoset.accounts.models import HeldForm
from innoset.contests.actions import filling
from innoset.network.queries.threads import addressees_for, speaking_for, threads_visible_to
from innoset.projects.pure.forms import Field
from innoset.web.cabinet.answers import Place, Typed, place_or_404, save_typed
from innoset.web.cabinet.applications import crumbs
from innoset.web.held import LETTERS, held_by
from innoset.web.ui.attempt import attempt


@dataclass(frozen=True, slots=True)
class Held:
    """A form that waits: where it belongs and what was typed in it."""

    form: HeldForm
    place: Place
    typed: Typed

    @property
    def mark(self) -> str:
        """Return how the page names the form."""
        return self.form.token_sha256[:16]

    @property
    def at(self) -> datetime:
        """Return when it came."""
        return self.form.held_at

    @property
    def texts(self) -> list[tuple[Field, str]]:
        """Return the fields that were changed, with their texts."""
        return [(one, self.typed.all[one.key]) for one in self.place.fields if one.key in self.typed.texts]


def _held(request: HttpRequest) -> Iterator[Held]:
    """Yield the forms of this browser that belong to applications of this person; of others nothing is said."""
    for form in held_by(request):
        where = resolve(form.path)
        if where.view_name in LETTERS:
            continue
        try:
            place = place_or_404(request, where.kwargs["number"], where.kwargs["code"])
        except Http404:
            continue
        yield Held(form, place, Typed.of(place, form.fields))


def _is_letter_of(person: Any, form: HeldForm) -> bool:
    """Tell whether the form is a message that this person may send: to a talk of theirs, or a new one."""
    where = resolve(form.path)
    if where.view_name not in LETTERS:
        return False
    found = threads_visible_to(person) if where.url_name == "thread" else addressees_for(person)
    return bool(speaking_for(person)) and found.filter(number=where.kwargs["number"]).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """Offer what was typed after the session had ended; the buttons bring it back or put it into the history."""
    waiting = list(_held(request))
    wanted = request.POST.get("form", "")
    chosen = next((one for one in waiting if one.mark == wanted), None)
    if chosen is None:
        context = {
            "waiting": waiting,
            "letters": [one for one in held_by(request) if _is_letter_of(request.user, one)],
            "crumbs": crumbs(None, "Набранное после конца сеанса"),
        }
        return render(request, "cabinet/held.html", context)
    if "away" in request.POST:
        return _put_away(request, chosen)
    return save_typed(request, chosen.place, chosen.form.fields, chosen.form)


def _put_away(request: HttpRequest, chosen: Held) -> HttpResponse:
    return attempt(
        request,
        filling.put_held_away,
        chosen.place.application,
        held=chosen.form,
        texts={field.key: text for field, text in chosen.texts},
        said="В заявке ничего не изменилось. Набранное осталось в истории.",
        then=chosen.place.here,
    )


routes = [path("held/", held, name="held")]

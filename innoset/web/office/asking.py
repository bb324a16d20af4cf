"""A page with one form and one deed, for those who keep people, errands and groups."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from innoset.network.queries import memberships_of
from innoset.network.states import Role
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

_OWN = frozenset({Role.HEAD, Role.EDITOR})


@dataclass(frozen=True)
class Ask:
    """What the page says: its title, what stands over it, the words of the button, where one came from."""

    title: str
    back: str
    button: str = "Сохранить"
    over: str = ""
    lead: str = ""
    kind: str = ""
    crumbs: list[tuple[str, str]] = field(default_factory=list)


def door_of(person: Any) -> str:
    """Return whose menu a person sees: a school's people have the cabinet, all others the office."""
    roles = {membership.role for membership in memberships_of(person)}
    return "cabinet" if roles <= _OWN and not person.is_superuser else "office"


def asked(
    request: HttpRequest,
    ask: Ask,
    form: Form,
    deed: Callable[..., Any],
    subject: Callable[[dict[str, Any]], tuple[Model, dict[str, Any]]],
    *,
    said: str,
    then: Any,
) -> HttpResponse:
    """Show the form; when it is filled, do the deed to what `subject` makes of its answers."""
    context = {**vars(ask), "form": form, "door": door_of(request.user)}
    page = partial(render, request, "office/people_form.html", context)
    if not form.is_valid():
        return page()
    about, facts = subject(form.cleaned_data)
    return attempt(request, deed, about, **facts, said=said, then=then, form=form, on_refusal=page)

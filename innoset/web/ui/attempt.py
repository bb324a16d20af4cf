"""From a request to a deed and back: the only way a view changes anything."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from innoset.foundation.errors import Refusal
from innoset.foundation.workflow import WrongState
from innoset.web.ui.arrival import arrived_at

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")
Then = str | Callable[[Any], Any] | None

STALE = "Пока страница была открыта, здесь что-то изменилось, и сделать это уже нельзя. Посмотрите, как обстоят дела теперь."


def attempt(
    request: HttpRequest,
    deed: Callable[..., R],
    subject: M,
    /,
    *args: Any,
    said: str | Callable[[R], str] = "",
    then: Then = None,
    form: BaseForm | None = None,
    on_refusal: Callable[[], HttpResponse] | None = None,
    **kwargs: Any,
) -> HttpResponse:
    """Do the deed as the signed-in person; say so and go on, or say why not and lose nothing.

    The deed is done `at` the moment when the request came, by the database's clock.
    `then` is an address, a URL name, or a callable of the deed's result which gives an address, a
    thing with an address or a whole response; without it the person returns to where they were.
    A refusal lands on its field of `form` (or above it) and `on_refusal` shows the page again;
    without `on_refusal` it becomes a message. PermissionDenied passes through to the 403 page.
    """
    try:
        result = deed(subject, *args, by=request.user, at=arrived_at(request), **kwargs)
    except (Refusal, WrongState) as no:
        return _refused(request, no, form=form, on_refusal=on_refusal)
    text = said(result) if callable(said) else said
    if text:
        messages.success(request, text)
    return _onward(request, then(result) if callable(then) else then)


def _refused(
    request: HttpRequest,
    no: Refusal | WrongState,
    *,
    form: BaseForm | None,
    on_refusal: Callable[[], HttpResponse] | None,
) -> HttpResponse:
    text, field = (no.text, no.field) if isinstance(no, Refusal) else (STALE, None)
    if form is not None and on_refusal is not None:
        form.add_error(field if field in form.fields else None, text)
    else:
        messages.error(request, text)
    return on_refusal() if on_refusal is not None else _onward(request, None)


def _onward(request: HttpRequest, to: Any) -> HttpResponse:
    if isinstance(to, HttpResponse):
        return to
    url = back(request) if to is None else resolve_url(to)
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else redirect(url)


def back(request: HttpRequest, wanted: str | None = None) -> str:
    """Return the wanted address, or else the page the person came from, if it is one of ours."""
    for url in (wanted, request.headers.get("referer")):
        if url and url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return url
    return "/"

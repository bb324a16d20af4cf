"""Forms that came after their session had ended: kept here, opened by the cookie of their browser.

Only forms of a section of an application and messages to organisations are kept. Who may have them back is decided where they are
taken back: by the application, for the person who has signed in by then.
"""

from ipaddress import ip_address
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from innoset.accounts.actions import hold_form
from innoset.accounts.models import HeldForm
from innoset.accounts.queries import FORMS_ARE_HELD, held_forms
from innoset.web.ui.arrival import arrived_at

COOKIE = "held"
MOST = 5
"""So many windows of one browser can have been open when the session ended."""
_SALT = "innoset.held"
LETTERS = frozenset({"cabinet:thread", "cabinet:thread_new"})
_OURS = frozenset({"cabinet:section"}) | LETTERS


def is_worth_holding(request: HttpRequest) -> bool:
    """Tell whether a request brings texts that a person has typed."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name in _OURS


def is_from_our_page(request: HttpRequest) -> bool:
    """Tell whether the browser says that a page of this site has sent the form."""
    host = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return origin == host or origin.startswith(f"{host}/")


def hold(request: HttpRequest) -> HttpResponseBase | None:
    """Keep the form and lead to where it is taken back; nothing when it cannot be kept."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    # PostgreSQL keeps no zero signs, and no text of a person has one.
    fields = {name.replace("\0", ""): str(request.POST[name]).replace("\0", "") for name in names}
    token = hold_form(request.path, fields, address=_address_of(request), at=arrived_at(request))
    if not token:
        return None
    response = redirect(_way(request))
    _remember(request, response, [*tokens_of(request), token][-MOST:])
    return response


def _address_of(request: HttpRequest) -> str | None:
    """Return whence the form came; the address of a proxy or of one's own network says nothing."""
    address = request.META.get("REMOTE_ADDR") or "::1"
    return None if ip_address(address).is_private else address


def _way(request: Any) -> str:
    page = reverse("cabinet:held")
    return (
        page if request.user.is_authenticated else f"{reverse('account_login')}?{urlencode({'next': page})}"
    )


def _remember(request: HttpRequest, response: HttpResponseBase, tokens: list[str]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(tokens, salt=_SALT),
        max_age=FORMS_ARE_HELD,
        path=reverse("cabinet:home"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def tokens_of(request: HttpRequest) -> list[str]:
    """Return the tokens that this browser holds; a forged cookie holds none."""
    try:
        tokens: list[str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=FORMS_ARE_HELD)
    except signing.BadSignature:
        return []
    return tokens


def held_by(request: HttpRequest) -> QuerySet[HeldForm]:
    """Return the forms that this browser has sent without a session; no query without a cookie."""
    tokens = tokens_of(request)
    return held_forms(tokens, arrived_at(request)) if tokens else HeldForm.objects.none()

"""Whoever decides about others must have a second factor before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from innoset.contests.models import Seat
from innoset.network.queries import needs_second_factor

KEY = "second_factor_set_up"
WHY = (
    "Ваша роль даёт право решать о других, поэтому вход защищают вторым фактором. "
    "Включите его: подойдёт приложение с кодами на телефоне или ключ устройства."
)
_OPEN_NAMES = frozenset({"account_logout", "account_reauthenticate", "display"})
_OPEN_PREFIXES = ("mfa_",)


class SecondFactorMiddleware:
    """Leads a guarded person without a second factor to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let through whoever may go on."""
        del view, args, kwargs
        if not request.user.is_authenticated or request.session.get(KEY) or _is_open(request):
            return None
        if not must_have_one(request.user):
            return None
        if has_one(request.user):
            # The last factor of such a person cannot be removed, so this stays true.
            request.session[KEY] = True
            return None
        messages.warning(request, WHY)
        return redirect("mfa_index")


def must_have_one(person: Any) -> bool:
    """Tell whether a person decides about others: by a role, or by a seat in a council."""
    return needs_second_factor(person) or Seat.objects.filter(person=person, is_active=True).exists()


def has_one(person: Any) -> bool:
    """Tell whether a person has set up a code generator or a key."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=person, type__in=kinds).exists())


def _is_open(request: HttpRequest) -> bool:
    name = (request.resolver_match.url_name if request.resolver_match else "") or ""
    return name in _OPEN_NAMES or name.startswith(_OPEN_PREFIXES)

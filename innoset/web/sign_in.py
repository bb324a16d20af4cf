"""What happens to a request whose session is over or whose token is stale: nothing typed is lost.

A page that saves by itself gets JSON: it keeps the text on the computer and sends it again after the
person has signed in. A form without scripts is kept here, see `innoset.web.held`.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse

from innoset.web import held
from innoset.web.ui import views as kit

SIGNED_OUT = "Вы вышли из системы. Войдите снова: текст останется здесь."
STALE = "Страница открыта давно. Обновите её: текст останется здесь."


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks strangers to sign in, in the words that the request understands."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> Any:
        """Answer somebody who has no session (any more)."""
        if saves_itself(request):
            return signed_out()
        kept = held.hold(request) if held.is_worth_holding(request) else None
        return kept or super().handle_no_permission(request, view_func)


def saves_itself(request: HttpRequest) -> bool:
    """Tell whether a script asks, which cannot follow a person to the page of sign-in."""
    return request.headers.get("X-Autosave") == "1"


def signed_out() -> JsonResponse:
    """Tell a script that one has to sign in."""
    return JsonResponse({"error": SIGNED_OUT, "login": reverse("account_login")}, status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a request whose token is stale, as after a sign-in in another window."""
    if saves_itself(request):
        return JsonResponse({"error": STALE}, status=403) if _is_signed_in(request) else signed_out()
    # What another site sends in the person's name is not kept: it would be offered as their own text.
    kept = held.hold(request) if held.is_worth_holding(request) and held.is_from_our_page(request) else None
    return kept or kit.csrf_failure(request, reason)


def _is_signed_in(request: Any) -> bool:
    return bool(request.user.is_authenticated)

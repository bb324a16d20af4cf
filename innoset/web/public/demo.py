"""One-button sign-in to the demo accounts; a real installation has no such address."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from innoset.accounts.models import User
from innoset.web import acting

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_POST
def sign_in(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in as a demo person without password and code."""
    account = _account(code)
    person = User.objects.filter(email=account.email, is_active=True).first()
    if person is None:
        messages.error(request, "Показательных данных ещё нет. Создайте их командой и попробуйте снова.")
        return redirect("account_login")
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="demo", reauthenticated=True)
    return redirect(acting.home_of(acting.membership_of(request)))


def _account(code: str) -> Any:
    found = [account for account in settings.DEMO_ACCOUNTS if account.code == code]
    if not settings.DEMO or not found:
        raise Http404
    return found[0]


routes = [path("demo/sign-in/<slug:code>/", sign_in, name="demo_sign_in")]

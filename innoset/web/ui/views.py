"""Pages of the kit: display settings, the gallery, and what people see when something went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from innoset.foundation.files.queries import FileClosed
from innoset.web.ui import gallery as samples
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import back
from innoset.web.ui.display import COOKIE, COOKIE_AGE, Display


@csrf_exempt  # a look is no secret and no deed; a token here would make every public page personal
@login_not_required
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember how the person wants pages shown, and return them to where they were."""
    response = redirect(back(request, request.POST.get("next")))
    chosen = Display.of(request.POST.dict())
    response.set_cookie(
        COOKIE, chosen.as_cookie(), max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure()
    )
    return response


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    crumbs = [("Главная", "/"), ("Витрина", reverse("ui:gallery")), ("Все части", "")]
    return render(
        request, "ui/gallery.html", samples.samples(request, arrived_at(request)) | {"crumbs": crumbs}
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    del exception
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not do this, or may not open this file now."""
    if isinstance(exception, FileClosed):
        return render(request, "403_file.html", {"reason": str(exception)}, status=403)
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale, and tell how to keep what was typed."""
    del reason
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    del exception
    return render(request, "404.html", {"crumbs": None}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we have failed."""
    return render(request, "500.html", status=500)

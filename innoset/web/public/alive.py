"""A page for those who only ask whether the site answers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.web.ui.arrival import arrived_at


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer with the database's time: whoever gets it knows that the database answers too."""
    return HttpResponse(f"{arrived_at(request):%Y-%m-%d %H:%M:%S} UTC\n", content_type="text/plain")


routes = [path("livez/", alive, name="alive")]

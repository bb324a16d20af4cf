"""The first page of this door: what waits for me, in which role I act, my notices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.foundation.notify.actions import mark_read
from innoset.foundation.notify.models import Message
from innoset.network.models import Registration
from innoset.network.queries import live_memberships
from innoset.network.states import RegistrationState
from innoset.web import acting
from innoset.web.cabinet.tasks import tasks_for
from innoset.web.held import held_by
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.listing import Listing

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person here."""
    asked = Registration.objects.filter(applicant=request.user.pk).exclude(state=RegistrationState.CONFIRMED)
    context = {
        "tasks": tasks_for(request.user, at=arrived_at(request)),
        "membership": acting.membership_of(request),
        "registrations": asked.select_related("municipality"),
        "held": held_by(request).count(),
        "latest": Message.objects.filter(recipient=request.user.pk)[:LATEST],
    }
    return render(request, "cabinet/home.html", context)


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Act in another of one's roles from now on."""
    mine = live_memberships().filter(person=request.user.pk)
    wanted = request.POST.get("membership", "")
    membership = get_object_or_404(mine, pk=wanted if wanted.isdigit() else 0)
    acting.switch(request, membership)
    return redirect(acting.home_of(membership))


def notices(request: HttpRequest) -> HttpResponse:
    """Show every notice; the button marks them as read."""
    mine = Message.objects.filter(recipient=request.user.pk)
    if request.method == "POST":
        mark_read(request.user, at=arrived_at(request))
        return redirect("cabinet:notices")
    listing = Listing(request, mine, words=("уведомление", "уведомления", "уведомлений"), per_page=30)
    unread = mine.filter(read_at=None).exists()
    return render(request, "cabinet/notices.html", {"listing": listing, "unread": unread})


routes = [
    path("", home, name="home"),
    path("act/", act, name="act"),
    path("notices/", notices, name="notices"),
]

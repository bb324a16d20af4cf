"""Composition of the councils: who sits where."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.accounts.models import User
from innoset.contests.actions import council as actions
from innoset.contests.models import Council, Seat
from innoset.contests.queries import council as queries
from innoset.network.models import Organisation
from innoset.network.queries import live_memberships, organisation_ids_of
from innoset.network.states import Role
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

COUNCIL_ROLES = (Role.COUNCIL, Role.CHAIR, Role.SECRETARY)


class CouncilForm(Form):
    """A new council."""

    organisation = forms.ModelChoiceField(label="Организация", queryset=Organisation.objects.none())
    title = forms.CharField(label="Название", max_length=300, initial="Координационный совет")


class SeatForm(Form):
    """A person for a seat."""

    person = forms.ModelChoiceField(label="Человек", queryset=User.objects.none())
    part = forms.ChoiceField(label="Роль в совете", choices=Seat.Part.choices, initial=Seat.Part.MEMBER)


def councils(request: HttpRequest) -> HttpResponse:
    """List the councils and found a new one."""
    form = CouncilForm(request.POST or None)
    mine = organisation_ids_of(request.user, Role.ORGANISER)
    free = Organisation.objects.filter(pk__in=mine).exclude(councils__is_active=True)
    form.fields["organisation"].queryset = free  # type: ignore[attr-defined]  # a field of models has one
    visible = queries.councils_visible_to(request.user).select_related("organisation")
    page = partial(
        render,
        request,
        "office/councils.html",
        {"form": form, "councils": visible, "may_found": free.exists()},
    )
    if not form.is_valid():
        return page()
    council = Council(**form.cleaned_data)
    return attempt(
        request,
        actions.make_council,
        council,
        said="Совет создан. Введите в него членов.",
        then=lambda made: reverse("office:council", args=[made.organisation.number]),
        form=form,
        on_refusal=page,
    )


def _council(request: HttpRequest, number: str) -> Council:
    visible = queries.councils_visible_to(request.user).select_related("organisation")
    return get_object_or_404(visible, organisation__number=number, is_active=True)


def council(request: HttpRequest, number: str) -> HttpResponse:
    """Show who sits in a council and give seats."""
    found = _council(request, number)
    form = SeatForm(request.POST or None)
    people = User.objects.filter(
        pk__in=live_memberships().filter(role__in=COUNCIL_ROLES).values("person"), is_active=True
    )
    form.fields["person"].queryset = people  # type: ignore[attr-defined]  # a field of models has one
    page = partial(_page, request, found, form)
    if not form.is_valid():
        return page()
    url = reverse("office:council", args=[number])
    return attempt(
        request,
        actions.seat_member,
        found,
        **form.cleaned_data,
        said="Состав совета изменён.",
        then=url,
        form=form,
        on_refusal=page,
    )


def _page(request: HttpRequest, found: Council, form: Form) -> HttpResponse:
    context = {
        "council": found,
        "seats": queries.seats_of(found),
        "quorum": queries.quorum_of(found),
        "form": form,
        "crumbs": [("Советы", reverse("office:councils")), (found.title, "")],
    }
    return render(request, "office/council.html", context)


@require_POST
def unseat(request: HttpRequest, number: str) -> HttpResponse:
    """Take a seat away."""
    found = _council(request, number)
    seat = get_object_or_404(queries.seats_of(found), person__email=request.POST.get("person", ""))
    url = reverse("office:council", args=[number])
    return attempt(
        request,
        actions.unseat_member,
        found,
        person=seat.person,
        said="Член совета выведен из состава.",
        then=url,
    )


routes = [
    path("councils/", councils, name="councils"),
    path("councils/<str:number>/", council, name="council"),
    path("councils/<str:number>/unseat/", unseat, name="council_unseat"),
]

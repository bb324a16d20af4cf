"""The pool of experts: the list, the passport of one, changes by the organiser."""

from datetime import date
from functools import partial

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.accounts.models import User
from innoset.foundation.policy import may
from innoset.foundation.russian import moscow
from innoset.network.models import Municipality
from innoset.review import actions
from innoset.review.models import Direction, ExpertProfile
from innoset.review.queries import experts as queries
from innoset.review.queries.panels import places_of
from innoset.web.passports import PassportForm
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.listing import Listing

WORDS = ("эксперт", "эксперта", "экспертов")


class ExpertFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the pool is searched by."""

    direction = django_filters.ModelChoiceFilter(
        label="Направление", queryset=Direction.objects.all(), empty_label="Любое", method="by_direction"
    )
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        queryset=Municipality.objects.all(),
        empty_label="Любой",
        method="by_municipality",
    )
    free = django_filters.ChoiceFilter(
        label="Занятость", choices=[("yes", "Свободны сейчас")], empty_label="Любая", method="by_free"
    )

    def by_direction(self, found: QuerySet[User], name: str, value: Direction) -> QuerySet[User]:
        """Keep those who know the subject."""
        del name
        return queries.knowing(found, value)

    def by_municipality(self, found: QuerySet[User], name: str, value: Municipality) -> QuerySet[User]:
        """Keep those who work there."""
        del name
        return queries.in_municipality(found, value.pk)

    def by_free(self, found: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep those who owe nothing and take work."""
        del name, value
        return queries.free_now(found, _today(self.request))


@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """List the pool with workloads, in a constant number of queries."""
    listing = Listing(request, _visible(request), filterset=ExpertFilter, words=WORDS)
    people = [person.pk for person in listing.rows]
    homes, busy = places_of(people), queries.busy_of(people)
    profiles = queries.profiles_of(people)
    rows = [
        (person, homes.get(person.pk), busy[person.pk], profiles.get(person.pk)) for person in listing.rows
    ]
    return render(request, "office/experts.html", {"listing": listing, "rows": rows})


def _visible(request: HttpRequest) -> QuerySet[User]:
    if not may(request.user, "review.edit_passport", ExpertProfile()):
        raise PermissionDenied
    return queries.experts_visible_to(request.user, _today(request))


def _today(request: HttpRequest) -> date:
    return moscow(arrived_at(request)).date()


@require_safe
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the passport of one: subjects, training, workload, terms, agreement, rounds."""
    found = get_object_or_404(_visible(request), pk=pk)
    context = {
        "expert": found,
        "profile": queries.profile_of(found),
        "homes": queries.homes_of(found),
        "busy": queries.busy_of([pk])[pk],
        "record": queries.record_of_expert(found, arrived_at(request)),
        "recusals": queries.recusals_of(found),
        "history": queries.history_of(found),
        "crumbs": _crumbs(found),
    }
    return render(request, "office/expert.html", context)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a passport for an expert."""
    found = get_object_or_404(_visible(request), pk=pk)
    profile = queries.profile_of(found)
    form = PassportForm(request.POST or None, initial=PassportForm.initial_of(profile))
    context = {"form": form, "expert": found, "crumbs": _crumbs(found)}
    page = partial(render, request, "office/expert_edit.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_passport,
        profile,
        says=form.says(),
        said="Паспорт эксперта сохранён.",
        then=reverse("office:expert", args=[pk]),
        form=form,
        on_refusal=page,
    )


def _crumbs(found: User) -> list[tuple[str, str]]:
    return [("Эксперты", reverse("office:experts")), (found.short_name, "")]


routes = [
    path("experts/", experts, name="experts"),
    path("experts/<int:pk>/", expert, name="expert"),
    path("experts/<int:pk>/edit/", edit, name="expert_edit"),
]

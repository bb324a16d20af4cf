"""The public register of organisations and statuses. No personal data here."""

from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from innoset.foundation.russian import moscow
from innoset.network import queries
from innoset.network.models import Municipality, Organisation, Status, StatusKind
from innoset.network.pure.statuses import Phase
from innoset.network.queries import StandingOn
from innoset.network.queries.successions import former_names_of, name_on, once_called, reorganisations_of
from innoset.network.queries.ties import mentorships_of
from innoset.network.states import KIND_LABELS, StatusState
from innoset.web.statuses import PHASES, continuity_in_words, lines_of, renewal_contests, term_picture
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.listing import Listing

PER_PAGE = 25
HELD = frozenset({Phase.IN_FORCE, Phase.PAUSED})
STATES = (
    ("current", "Действует"),
    ("over", "Срок вышел"),
    ("paused", "Приостановлен"),
    ("completed", "Завершён"),
    ("terminated", "Прекращён досрочно"),
)


class OrganisationFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What visitors search organisations by."""

    q = django_filters.CharFilter(label="Название, место или номер", method="by_words")
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет", queryset=Municipality.objects.all(), empty_label="Все"
    )
    kind = django_filters.ChoiceFilter(label="Вид", choices=list(KIND_LABELS.items()), empty_label="Все")
    status = django_filters.ModelChoiceFilter(
        label="Статус",
        queryset=StatusKind.objects.all(),
        to_field_name="code",
        empty_label="Все",
        method="by_status",
    )

    def by_words(self, found: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """Keep those with every word, in the name of today or in a former one."""
        del name
        now = queries.matching_words(found, value).values("pk")
        return found.filter(Q(pk__in=now) | once_called(value))

    def by_status(
        self, found: QuerySet[Organisation], name: str, value: StatusKind
    ) -> QuerySet[Organisation]:
        """Keep those that hold such a status today."""
        del name
        current = Status.objects.filter(queries.current_on(timezone.localdate()), kind=value)
        return found.filter(Exists(current.filter(organisation=OuterRef("pk"))))


class StatusFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What visitors search statuses by."""

    q = django_filters.CharFilter(label="Тема, организация или место", method="by_words")
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        field_name="organisation__municipality",
        queryset=Municipality.objects.all(),
        empty_label="Все",
    )
    kind = django_filters.ModelChoiceFilter(
        label="Статус", queryset=StatusKind.objects.all(), to_field_name="code", empty_label="Все"
    )
    year = django_filters.NumberFilter(label="Год присвоения", field_name="starts_on", lookup_expr="year")
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=STATES, empty_label="Любое", method="by_state"
    )

    on = django_filters.DateFilter(
        label="На дату",
        method="by_day",
        widget=forms.DateInput(),
        help_text="Кто чем обладал в этот день",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: dict[int, StandingOn] = {}

    def by_day(self, found: QuerySet[Status], name: str, value: date) -> QuerySet[Status]:
        """Keep those that somebody held on a day, and remember who."""
        del name
        standings = [one for one in queries.standings_on(value) if one.phase in HELD]
        self.told = {one.status.pk: one for one in standings}
        return found.filter(pk__in=list(self.told))

    def by_words(self, found: QuerySet[Status], name: str, value: str) -> QuerySet[Status]:
        """Keep those with every word in the theme or in the organisation's name."""
        del name
        return queries.statuses_matching(found, value)

    def by_state(self, found: QuerySet[Status], name: str, value: str) -> QuerySet[Status]:
        """Keep those in a state today."""
        del name
        today = timezone.localdate()
        if value == "current":
            return found.filter(queries.current_on(today))
        if value == "over":
            return found.filter(Q(state=StatusState.ACTIVE, ends_on__lt=today))
        return found.filter(state=value)


@login_not_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations of the network."""
    today = timezone.localdate()
    current = Status.objects.filter(queries.current_on(today)).select_related("kind")
    found = queries.directory().filter(is_active=True, is_verified=True)
    found = found.prefetch_related(Prefetch("statuses", queryset=current, to_attr="current_statuses"))
    listing = Listing(
        request,
        found,
        filterset=OrganisationFilter,
        per_page=PER_PAGE,
        words=("организация", "организации", "организаций"),
    )
    context = {"listing": listing, "levels": queries.level_counts(today)}
    return render(request, "public/organisations.html", context)


@login_not_required
@require_safe
def organisation(request: HttpRequest, number: str) -> HttpResponse:
    """Show an organisation: open contacts, statuses past and current."""
    found = get_object_or_404(queries.directory().filter(is_verified=True), number=number)
    held = Q(organisation=found) | Q(events__holder=found)
    statuses = queries.public_statuses().filter(held).distinct().select_related("kind", "order", "ground")
    context = {
        "organisation": found,
        "statuses": statuses.prefetch_related("events"),
        "names": former_names_of(found),
        "reorganisations": reorganisations_of(found),
        "today": timezone.localdate(),
    }
    return render(request, "public/organisation.html", context)


@login_not_required
@require_safe
def statuses(request: HttpRequest) -> HttpResponse:
    """List the statuses, and count those in force by level."""
    listing = Listing(
        request,
        queries.public_statuses(),
        filterset=StatusFilter,
        per_page=PER_PAGE,
        words=("статус", "статуса", "статусов"),
    )
    today = timezone.localdate()
    asked = cast("StatusFilter", listing.filterset)
    day = asked.form.cleaned_data.get("on") if asked.form.is_valid() else None
    context = {
        "listing": listing,
        "levels": queries.level_counts(today)
        if day is None
        else queries.level_counts_then(asked.told.values()),
        "rows": _rows(listing.rows, asked.told, day),
        "day": day,
        "today": today,
    }
    return render(request, "public/statuses.html", context)


def _rows(statuses: Any, told: dict[int, StandingOn], day: date | None) -> list[dict[str, Any]]:
    """Return the rows of a page; on a past day with the holder, its name and the phase of that day."""
    if day is None:
        return [
            {"status": status, "holder": status.organisation, "name": status.organisation.short_name}
            for status in statuses
        ]
    ids = [told[status.pk].organisation_id for status in statuses]
    holders = queries.directory().prefetch_related("former_names").in_bulk(ids)
    return [
        {
            "status": status,
            "holder": holders[told[status.pk].organisation_id],
            "name": name_on(holders[told[status.pk].organisation_id], day),
            "phase": PHASES[told[status.pk].phase],
            "ends_on": told[status.pk].ends_on,
        }
        for status in statuses
    ]


@login_not_required
@require_safe
def status(request: HttpRequest, number: str) -> HttpResponse:
    """Show a status: whose it is, its term, its history."""
    found = get_object_or_404(
        queries.public_statuses().filter(organisation__is_verified=True).exclude(number=""), number=number
    )
    today = moscow(arrived_at(request)).date()
    context = {
        "status": found,
        "today": today,
        "picture": term_picture(found, today),
        "lines": lines_of(found),
        "continuity": continuity_in_words(found, today),
        "mentorships": mentorships_of(found),
        "contests": renewal_contests(found),
    }
    return render(request, "public/status.html", context)


routes = [
    path("organisations/", organisations, name="organisations"),
    path("organisations/<str:number>/", organisation, name="organisation"),
    path("statuses/", statuses, name="statuses"),
    path("statuses/<slug:number>/", status, name="status"),
]

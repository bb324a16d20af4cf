"""The first page of the portal: what is open now, what came out of it, what to take."""

from datetime import UTC, date, datetime

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.contests.models import Contest
from innoset.contests.queries import contests as queries
from innoset.contests.queries import results
from innoset.contests.states import ContestState
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Organisation, StatusKind
from innoset.network.states import StatusState
from innoset.web.public.contests import Reception, name_of, reception_of
from innoset.web.ui.arrival import arrived_at

SHOWN_RESULTS = 3


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is open now, what came out of it, and what to take."""
    now = arrived_at(request)
    published = queries.with_stages(queries.published_contests())
    taking = published.filter(state=ContestState.OPEN)
    rows = [(one, name_of(one), reception_of(one, now)) for one in taking]
    context = {
        "open": sorted((row for row in rows if row[2].is_open), key=_deadline),
        "ahead": [row for row in rows if row[2].is_ahead],
        "counters": _counters(now.astimezone(MOSCOW).date()),
        "sites": Organisation.objects.filter(is_active=True).count(),
        "finished": [(one, name_of(one)) for one in results.finished_first(published)[:SHOWN_RESULTS]],
    }
    return render(request, "public/home.html", context)


def _deadline(row: tuple[Contest, str, Reception]) -> tuple[datetime, int]:
    return row[2].ends_at or datetime.max.replace(tzinfo=UTC), row[0].pk


def _counters(day: date) -> list[tuple[str, str, int]]:
    """Count the statuses in force by kind: abbreviation, full name, number."""
    kinds = StatusKind.objects.annotate(many=Count("statuses", filter=_in_force(day))).order_by(
        "position", "id"
    )
    return [(kind.abbreviation, kind.title, kind.many) for kind in kinds if kind.many]


def _in_force(day: date) -> Q:
    return Q(statuses__state=StatusState.ACTIVE, statuses__starts_on__lte=day, statuses__ends_on__gte=day)


routes = [path("", home, name="home")]

"""Reads for the worker: which terms end soon, which pauses have ended."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from innoset.foundation.russian import MOSCOW
from innoset.network.models import Status
from innoset.network.states import StatusState

AHEAD = timedelta(days=90)


def ending_soon(at: datetime) -> QuerySet[Status]:
    """Return the statuses whose term ends within ninety days."""
    today = at.astimezone(MOSCOW).date()
    live = Status.objects.filter(state__in=[StatusState.ACTIVE, StatusState.PAUSED])
    soon = live.filter(starts_on__lte=today, ends_on__gte=today, ends_on__lte=today + AHEAD)
    return soon.select_related("organisation__municipality", "kind").order_by("ends_on", "pk")


def paused_too_long(at: datetime) -> QuerySet[Status]:
    """Return the statuses that are written as paused though the last day of a pause of theirs has passed."""
    today = at.astimezone(MOSCOW).date()
    paused = Status.objects.filter(state=StatusState.PAUSED, events__ends_on__lt=today, events__kind="paused")
    return paused.distinct().order_by("pk")

"""Reads of how the site answered."""

from datetime import datetime

from innoset.foundation.jobs.models import Probe
from innoset.foundation.jobs.pure.outages import Look, Outage, outages


def outages_between(since: datetime, until: datetime) -> tuple[Outage, ...]:
    """Return when the site did not answer between two moments."""
    before = Probe.objects.filter(at__lt=since).order_by("-at")[:1]
    during = Probe.objects.filter(at__gte=since, at__lt=until).order_by("at")
    looks = [Look(one.at, one.is_up) for one in (*before, *during)]
    return outages(looks, since=since, until=until)


def is_watched(until: datetime) -> bool:
    """Tell whether anybody had looked at the site by then."""
    return Probe.objects.filter(at__lt=until).exists()

"""Reads of how the site answered."""

from datetime import datetime

from django.db.models import Q, Subquery

from innoset.foundation.jobs.models import Probe
from innoset.foundation.jobs.pure.outages import Look


def looks_between(since: datetime, until: datetime) -> list[Look]:
    """Return the looks at the site between two moments, and the last one before them."""
    last = Probe.objects.filter(at__lt=since).order_by("-at").values("at")[:1]
    wanted = Q(at__gte=since) | Q(at=Subquery(last))
    return [Look(one.at, one.is_up) for one in Probe.objects.filter(wanted, at__lt=until).order_by("at")]

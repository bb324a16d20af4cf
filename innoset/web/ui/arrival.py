"""When a request came: the moment of its first byte by the database's clock.

The process's own clock is never asked. It only measures how long the request has been here already,
and that on the monotonic clock, which nobody sets.
"""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from innoset.foundation import clock

LONGEST = timedelta(minutes=30)
"""A large upload begun in time may end so much later; nothing is put back further."""

HEADER = "X-Request-Start"
# «t=1795874400.123», and «spent=0.250» from those who can tell how long they have held the request.
_PARTS = re.compile(r"\b(t|spent)=(\d{1,10}(?:\.\d{1,6})?)(?![\w.])")


class ArrivalMiddleware:
    """Stamp the request as the very first thing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the site."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember when the request was here, and go on."""
        request.stamp = time.monotonic()  # type: ignore[attr-defined]  # ours, read below
        return self.get_response(request)


def arrived_at(request: HttpRequest) -> datetime:
    """Return when the first byte of the request came; one query a request."""
    known: datetime | None = getattr(request, "arrived_at", None)
    if known is None:
        stamp = getattr(request, "stamp", None)
        held = time.monotonic() - stamp if stamp is not None else 0.0
        header = request.headers.get(HEADER, "") if settings.TRUST_PROXY else ""
        known = moment_of_first_byte(clock.now(), held, header)
        request.arrived_at = known  # type: ignore[attr-defined]  # ours, read above
    return known


def moment_of_first_byte(now: datetime, held: float, header: str = "") -> datetime:
    """Reckon back from now: the seconds that we have held the request, and those before us.

    What the proxy has spent counts first, for that needs no clock to be right; else the moment that it
    stamped. Never later than the request was here, never more than half an hour before now.
    """
    here = now - timedelta(seconds=held)
    told = dict(_PARTS.findall(header))
    came = here
    if "spent" in told:
        came = here - timedelta(seconds=min(float(told["spent"]), LONGEST.total_seconds()))
    elif "t" in told:
        came = datetime.fromtimestamp(float(told["t"]), UTC)
    return max(min(came, here), now - LONGEST)

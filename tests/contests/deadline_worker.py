"""One process of the site in the storm around a deadline: it sends what it is given, at its moment.

Started apart, so that its clock can be another than everybody's. Reads a plan from standard input, one
JSON a line; writes what it saw, one JSON a line. Before each send it moves the deadline of its own
contest, by the database's clock, so that the send comes as long before or after it as the plan says.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  # reason: only after the set-up
from django.test import Client  # noqa: E402  # reason: likewise
from django.utils import timezone  # noqa: E402  # reason: likewise

from innoset.contests.models import ContestStage  # noqa: E402  # reason: likewise
from innoset.foundation import clock  # noqa: E402  # reason: likewise

TRUE_CLOCK = clock.now


class SkewedDatetime(datetime):
    """A clock that is off, for a machine without libfaketime."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        """Tell the time of this process."""
        right = datetime.now(tz)  # noqa: TID251  # reason: this is the clock that is made wrong
        return right + timedelta(seconds=float(os.environ["SKEW"]))


def main() -> None:
    """Send everything."""
    settings.ALLOWED_HOSTS = ["testserver"]
    if os.environ.get("SKEW"):
        timezone.datetime = SkewedDatetime
    if os.environ.get("OWN_CLOCK"):
        # The negative control: the process believes its own clock.
        clock.now = timezone.now  # noqa: TID251  # reason: this is the guard that is off
    off = (timezone.now() - TRUE_CLOCK()).total_seconds()  # noqa: TID251  # reason: how wrong it is
    say({"off": off})
    for seen in sends(sys.stdin):
        say(seen)


def say(what: dict[str, Any]) -> None:
    """Tell it to whoever started this process."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def sends(plan: Any) -> Iterator[dict[str, Any]]:
    """Send each at its moment and tell when it was, by the database."""
    for line in plan:
        one = json.loads(line)
        client = Client(raise_request_exception=False)
        client.cookies["sessionid"] = one["session"]
        stage = ContestStage.objects.filter(contest=one["contest"], kind="submission")
        ends = TRUE_CLOCK() - timedelta(seconds=one["after"])
        stage.update(ends_at=ends)
        at = TRUE_CLOCK()
        answer = client.post(one["url"], one["data"])
        yield {
            "pk": one["pk"],
            "at": at.isoformat(),
            "ends": ends.isoformat(),
            "status": answer.status_code,
        }


if __name__ == "__main__":
    main()

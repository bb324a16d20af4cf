"""What the office sees of the head's confirmation of an application: who gave it, how, what to look at."""

from typing import Any

from innoset.contests.models import Application
from innoset.contests.queries import confirmations as queries


def shown(application: Application) -> dict[str, Any]:
    """Return what the part on the confirmation shows: of what was sent last."""
    last = queries.submission_of(application)
    given = last.confirmation if last else None
    return {
        "asks_confirmation": bool(queries.ways_of(application.contest)),
        "confirmation": given,
        "how": queries.in_words(given) if given else "",
        "signed": queries.signed_in(given) if given else None,
        "head_until": queries.waits_until(application),
    }

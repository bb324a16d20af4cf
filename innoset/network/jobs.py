"""The worker's part in the network."""

from django.db import transaction
from django_tasks import task

from innoset.foundation import clock
from innoset.network.actions.agreements import warn_of_ends
from innoset.network.actions.errands import remind_of_errands as remind
from innoset.network.actions.reminders import remind_of_end, wake
from innoset.network.queries.reminders import ending_soon, paused_too_long


@task()
def look_at_terms() -> int:
    """Remind of the ends of terms, and wake the statuses whose pause is over; return how many reminders."""
    at, told = clock.now(), 0
    for status in paused_too_long(at):
        with transaction.atomic():
            wake(status, at=at)
    for status in ending_soon(at):
        with transaction.atomic():
            told += remind_of_end(status, at=at)
    return told


@task()
def warn_of_agreements() -> int:
    """Tell the sides of agreements that end within 90 and within 30 days; return how many were told."""
    return warn_of_ends(at=clock.now())


@task()
def remind_of_errands() -> int:
    """Remind of the errands that are due tomorrow or overdue; return how many were reminded of."""
    return remind(at=clock.now())

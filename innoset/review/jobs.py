"""The worker's part in the expertise."""

from django.db import transaction
from django_tasks import task

from innoset.foundation import clock
from innoset.review.actions.panels import ask_again
from innoset.review.queries.invitations import soon_late


@task()
def remind_unanswered() -> int:
    """Write once more to those whose time to answer an invitation ends within a day; return how many."""
    at, told = clock.now(), 0
    for seat in soon_late(at):
        with transaction.atomic():
            told += ask_again(seat, at=at)
    return told

"""The worker's part in contests: warnings, sendings by themselves, the words of attached files."""

from django.core.exceptions import PermissionDenied
from django_tasks import task

from innoset.contests.actions import reuse
from innoset.contests.actions.attachments import read_words
from innoset.contests.actions.automatic import give_up, send_automatically
from innoset.contests.actions.warnings import warn
from innoset.contests.models import Application
from innoset.contests.queries.attachments import unread
from innoset.contests.queries.deadlines import automatic_at, contests_taking
from innoset.foundation import clock


@task()
def warn_unsent() -> int:
    """Write to those who have something complete and unsent, or unfinished, before the deadline."""
    at = clock.now()
    return sum(warn(contest, at=at) for contest in contests_taking())


@task()
def send_unsent() -> int:
    """Queue the sending of everything that people asked to be sent by itself and whose deadline has come."""
    waiting = automatic_at(clock.now())
    for one in waiting:
        send_one.enqueue(one.pk)
    return len(waiting)


@task()
def send_one(application: int) -> bool:
    """Send one application by itself; a job of its own, so that none stands in the way of another."""
    one, at = Application.objects.select_related("auto_asked_by").get(pk=application), clock.now()
    try:
        return send_automatically(one, by=one.auto_asked_by, at=at) is not None
    except PermissionDenied:
        give_up(one, at=at)
        return False


# A reading takes up to a minute in the worst case, and other work waits behind it.
AT_ONCE = 20


@task()
def read_attachments() -> int:
    """Take the words out of the files that were sent, a few at a time; return how many were read."""
    waiting = list(unread()[:AT_ONCE])
    for one in waiting:
        read_words(one, at=clock.now())
    return len(waiting)


@task()
def keep_texts() -> int:
    """Keep the texts of sent applications for the search of reuse, a few at a time."""
    return reuse.keep_texts(at=clock.now())


@task()
def compare_texts() -> int:
    """Compare the texts that wait for it, a few at a time."""
    return reuse.compare_waiting(at=clock.now())


@task()
def arrange_texts() -> str:
    """Arrange the index of kept texts anew."""
    return reuse.arrange()

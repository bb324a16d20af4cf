"""The worker's own housekeeping, and its look at the site."""

from django.conf import settings
from django_tasks import task

from innoset.foundation import clock
from innoset.foundation.jobs import actions
from innoset.foundation.jobs.probing import look_at


@task()
def forget_finished() -> int:
    """Clear away records that nobody will ask for."""
    now = clock.now()
    actions.forget_looks(before=now - actions.LOOKS_KEPT)
    return actions.forget_finished(before=now - actions.KEPT)


@task()
def look_at_site() -> bool:
    """Look whether the site answers, and write it down."""
    at, seen = clock.now(), look_at(settings.PROBE_URL)
    actions.record_look(at=at, is_up=seen.is_up, milliseconds=seen.milliseconds, note=seen.note)
    return seen.is_up

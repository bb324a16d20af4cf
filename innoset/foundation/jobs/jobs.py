"""The worker's own housekeeping."""

from django_tasks import task

from innoset.foundation import clock
from innoset.foundation.jobs import actions


@task()
def forget_finished() -> int:
    """Clear away records that nobody will ask for."""
    return actions.forget_finished(before=clock.now() - actions.KEPT)

"""Housekeeping of passports."""

from django_tasks import task

from innoset.foundation import clock
from innoset.projects.actions import revisions


@task()
def forget_old_texts() -> int:
    """Clear away the texts of the history whose month is over."""
    return revisions.forget_old(before=clock.now() - revisions.KEPT)

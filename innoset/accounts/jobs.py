"""Housekeeping of accounts."""

from django_tasks import task

from innoset.accounts import actions
from innoset.accounts.queries import FORMS_ARE_HELD
from innoset.foundation import clock


@task()
def forget_held_forms() -> int:
    """Clear away the forms of ended sessions that nobody has come for."""
    return actions.forget_held_forms(before=clock.now() - FORMS_ARE_HELD)

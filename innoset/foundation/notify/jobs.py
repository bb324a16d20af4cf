"""The worker's part in notices."""

from django_tasks import task

from innoset.foundation import clock
from innoset.foundation.notify import actions


@task()
def send_letters() -> int:
    """Send what waits in the outbox."""
    return actions.send_due(at=clock.now())

"""The worker's part in files."""

from django_tasks import task

from innoset.foundation import clock
from innoset.foundation.files import actions


@task()
def scan_waiting() -> int:
    """Have the waiting files judged by the virus scanner."""
    return actions.scans.scan_waiting(at=clock.now())


@task()
def forget_stale_uploads() -> int:
    """Clear away files that stopped arriving a day ago."""
    return actions.uploads.forget_stale(at=clock.now())

"""The worker's part in projects: old texts, reports that open and fall due."""

from django_tasks import task

from innoset.foundation import clock
from innoset.projects.actions import campaigns, nudges, revisions


@task()
def forget_old_texts() -> int:
    """Clear away the texts of the history whose month is over."""
    return revisions.forget_old(before=clock.now() - revisions.KEPT)


@task()
def open_reports() -> int:
    """Open the reports that the calendar says; return how many were opened."""
    return campaigns.open_by_calendar(at=clock.now())


@task()
def remind_of_reports() -> int:
    """Take the steps of the reports' schedules that have come; return how many were taken."""
    return nudges.remind_by_calendar(at=clock.now())

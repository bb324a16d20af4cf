"""The worker's part in projects: old texts, reports that open and fall due."""

from django_tasks import task

from innoset.foundation import clock
from innoset.foundation.russian import MOSCOW
from innoset.projects.actions import campaigns, nudges, revisions, roadmaps
from innoset.projects.queries.roadmaps import roadmaps_to_warn


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


@task()
def warn_of_measures() -> int:
    """Tell of measures whose deadline is near or over; return of how many."""
    at = clock.now()
    return sum(roadmaps.warn_of(one, at=at) for one in roadmaps_to_warn(at.astimezone(MOSCOW).date()))

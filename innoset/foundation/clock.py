"""The one clock of the house: the database's.

Processes run on several machines and their clocks differ; whatever is held against a deadline is
told by the one clock that they share. Only edges (the web, jobs, commands) ask for it.
"""

from datetime import UTC, datetime

from innoset.foundation.db.moment import moment_by_database


def now() -> datetime:
    """Return this moment by the database's clock, with one cheap query."""
    return moment_by_database().astimezone(UTC)

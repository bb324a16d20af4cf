"""How each engine is asked for its own time of this very moment."""

from datetime import datetime

from django.db import connection

# Both tell the time of the question, not that of the transaction's beginning.
_QUESTIONS = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
}


def moment_by_database() -> datetime:
    """Return what the database's clock shows."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTIONS[connection.vendor])
        [told] = cursor.fetchone()
    return told if isinstance(told, datetime) else datetime.fromisoformat(told)

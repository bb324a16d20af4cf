"""Who may do what to contests and applications."""

from innoset.contests.policy import (
    appeals,
    applications,
    checks,
    confirmations,
    contests,
    council,
    deadlines,
    defence,
    expertise,
    meetings,
)

__all__ = [
    "appeals",
    "applications",
    "checks",
    "confirmations",
    "contests",
    "council",
    "deadlines",
    "defence",
    "expertise",
    "meetings",
]

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
]

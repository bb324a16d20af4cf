"""Who may do what to contests and applications."""

from innoset.contests.policy import (
    advancements,
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
    "advancements",
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

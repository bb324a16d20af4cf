"""What contests can announce."""

from innoset.contests.notices import (
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

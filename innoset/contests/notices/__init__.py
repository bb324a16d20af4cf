"""What contests can announce."""

from innoset.contests.notices import (
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

"""What contests can announce."""

from innoset.contests.notices import (
    applications,
    checks,
    confirmations,
    contests,
    council,
    deadlines,
    defence,
    expertise,
)

__all__ = ["applications", "checks", "confirmations", "contests", "council", "deadlines", "defence", "expertise"]

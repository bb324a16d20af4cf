"""Who may do what to contests and applications."""

from innoset.contests.policy import (
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

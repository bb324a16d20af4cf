"""Who may do what to contests and applications."""

from innoset.contests.policy import council

__all__ = ["council"]

"""Who may do what to contests and applications."""

from innoset.contests.policy import contests, council

__all__ = ["contests", "council"]

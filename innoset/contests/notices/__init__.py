"""What contests can announce."""

from innoset.contests.notices import applications, checks, contests, council

__all__ = ["applications", "checks", "contests", "council"]

"""Who may do what to contests and applications."""

from innoset.contests.policy import applications, checks, contests, council, expertise

__all__ = ["applications", "checks", "contests", "council", "expertise"]

"""What contests can announce."""

from innoset.contests.notices import applications, checks, contests, council, expertise

__all__ = ["applications", "checks", "contests", "council", "expertise"]

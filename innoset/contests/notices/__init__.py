"""What contests can announce."""

from innoset.contests.notices import contests, council

__all__ = ["contests", "council"]

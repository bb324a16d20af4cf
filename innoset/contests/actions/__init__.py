"""Everything that can be done to a contest, an application, a sitting."""

from innoset.contests.actions import applications, checks, contests, criteria

__all__ = ["applications", "checks", "contests", "criteria"]

"""Everything that can be done to a contest, an application, a sitting."""

from innoset.contests.actions import contests, criteria

__all__ = ["contests", "criteria"]

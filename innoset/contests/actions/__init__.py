"""Everything that can be done to a contest, an application, a sitting."""

from innoset.contests.actions import applications, awards, checks, contests, council, criteria, expertise

__all__ = ["applications", "awards", "checks", "contests", "council", "criteria", "expertise"]

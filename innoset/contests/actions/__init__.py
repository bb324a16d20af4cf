"""Everything that can be done to a contest, an application, a sitting."""

from innoset.contests.actions import awards, council

__all__ = ["awards", "council"]

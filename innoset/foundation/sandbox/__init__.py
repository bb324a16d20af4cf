"""Work on bytes that nobody vouches for, done in a process of its own that can harm nobody."""

from innoset.foundation.sandbox.limits import LIMITS, MIB, Limits
from innoset.foundation.sandbox.office import Office, office
from innoset.foundation.sandbox.running import NoAnswer, Why, run

__all__ = ["LIMITS", "MIB", "Limits", "NoAnswer", "Office", "Why", "office", "run"]

"""What contests can announce."""

from innoset.contests.notices import council

__all__ = ["council"]

"""Everything that can be done to a contest, an application, a sitting."""

from innoset.contests.actions import (
    applications,
    attachments,
    awards,
    checks,
    confirmations,
    contests,
    copying,
    council,
    criteria,
    expertise,
    filling,
    sendings,
    word_files,
)

__all__ = [
    "applications",
    "attachments",
    "awards",
    "checks",
    "confirmations",
    "contests",
    "copying",
    "council",
    "criteria",
    "expertise",
    "filling",
    "sendings",
    "word_files",
]

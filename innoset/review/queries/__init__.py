"""Reads of the expertise."""

from innoset.review.queries.conflicts import conflicts_of
from innoset.review.queries.desk import (
    assignments_of,
    dossiers_visible_to,
    invitations_of,
    observed_by,
    sheets_of,
)
from innoset.review.queries.panels import experts_of, panel_of
from innoset.review.queries.ranking import rules_of, standing_of
from innoset.review.queries.rounds import owing_in, progress_of, rounds_visible_to

__all__ = [
    "assignments_of",
    "conflicts_of",
    "dossiers_visible_to",
    "experts_of",
    "invitations_of",
    "observed_by",
    "owing_in",
    "panel_of",
    "progress_of",
    "rounds_visible_to",
    "rules_of",
    "sheets_of",
    "standing_of",
]

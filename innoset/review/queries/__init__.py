"""Reads of the expertise."""

from innoset.review.queries.conflicts import barred_in, conflicts_of, ties_of
from innoset.review.queries.desk import (
    assignments_of,
    dossiers_visible_to,
    invitations_of,
    observed_by,
    sheets_of,
)
from innoset.review.queries.panels import experts_of, panel_of
from innoset.review.queries.ranking import standing_of
from innoset.review.queries.rounds import owing_in, progress_of, rounds_visible_to
from innoset.review.queries.sheets import comparability, rubric_of, rubrics_of, rules_of

__all__ = [
    "assignments_of",
    "barred_in",
    "comparability",
    "conflicts_of",
    "dossiers_visible_to",
    "experts_of",
    "invitations_of",
    "observed_by",
    "owing_in",
    "panel_of",
    "progress_of",
    "rounds_visible_to",
    "rubric_of",
    "rubrics_of",
    "rules_of",
    "sheets_of",
    "standing_of",
    "ties_of",
]

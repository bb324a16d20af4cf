"""The talk about a dossier after its sheets are finished: who sees what, under which letters."""

from innoset.review.models import Assignment, Discussion


def discussion_of(assignment: Assignment) -> Discussion | None:
    """Return the discussion of the dossier in its round, if one was ever opened."""
    return Discussion.objects.filter(round=assignment.round_id, dossier=assignment.dossier_id).first()

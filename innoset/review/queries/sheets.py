"""What stands on a sheet."""

from innoset.review.models import ScoreSheet
from innoset.review.pure.scoring import Mark


def marks_of(sheet: ScoreSheet) -> dict[int, Mark]:
    """Return the marks put so far by the key of their criterion."""
    return {one.criterion_id: Mark(one.value, one.comment) for one in sheet.scores.all()}

"""Reads of papers."""

from innoset.documents.models import Paper

# How much of the hash a check address carries at the least.
MARK_LENGTH = 16


def paper_by_mark(number: str, mark: str) -> Paper | None:
    """Return the paper with this number whose hash begins with the mark, or None."""
    if len(mark) < MARK_LENGTH:
        return None
    papers = Paper.objects.filter(number=number).order_by("-id")
    return next((paper for paper in papers if paper.sha256.startswith(mark.lower())), None)

"""Reads of papers."""

from innoset.documents.models import Paper


def paper_by_mark(number: str, mark: str) -> Paper | None:
    """Return the paper with this number whose hash begins with the mark, or None."""
    if len(mark) < 16:
        return None
    papers = Paper.objects.filter(number=number).order_by("-id")
    return next((paper for paper in papers if paper.sha256.startswith(mark.lower())), None)

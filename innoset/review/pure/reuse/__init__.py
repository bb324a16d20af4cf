"""Text reuse: which passages of a text stand in others, however they were disguised."""

from innoset.review.pure.reuse.index import Findings, Passage, ReuseIndex, Text
from innoset.review.pure.reuse.searching import THRESHOLD, threshold
from innoset.review.pure.reuse.shelf import Label, Shelf, put, shelve, taken

__all__ = [
    "THRESHOLD",
    "Findings",
    "Label",
    "Passage",
    "ReuseIndex",
    "Shelf",
    "Text",
    "put",
    "shelve",
    "taken",
    "threshold",
]

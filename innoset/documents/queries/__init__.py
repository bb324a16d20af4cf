"""Reads of papers and of the normative base."""

from innoset.documents.queries.acts import (
    act_of,
    acts_matching,
    base,
    chain_of,
    clashes_of,
    contradictory_pairs,
    listed_acts,
    requisites_of,
)
from innoset.documents.queries.papers import paper_by_mark

__all__ = [
    "act_of",
    "acts_matching",
    "base",
    "chain_of",
    "clashes_of",
    "contradictory_pairs",
    "listed_acts",
    "paper_by_mark",
    "requisites_of",
]

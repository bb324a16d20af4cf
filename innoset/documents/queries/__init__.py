"""Reads of papers and of the normative base."""

from innoset.documents.queries.acts import (
    Conflict,
    act_of,
    acts_matching,
    base,
    chain_of,
    citation_of,
    clashes_of,
    conflicting_requisites,
    contradictory_pairs,
    every_conflict,
    listed_acts,
    requisites_of,
    usable_as_grounds,
)
from innoset.documents.queries.papers import paper_by_mark

__all__ = [
    "Conflict",
    "act_of",
    "acts_matching",
    "base",
    "chain_of",
    "citation_of",
    "clashes_of",
    "conflicting_requisites",
    "contradictory_pairs",
    "every_conflict",
    "listed_acts",
    "paper_by_mark",
    "requisites_of",
    "usable_as_grounds",
]

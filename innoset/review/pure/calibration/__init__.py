"""Calibration: what a work would get from an average expert, how sure that is, and how the experts judged."""

from innoset.review.pure.calibration.additive import Additive, Severity, Sheet, TooLittle, Work, additive
from innoset.review.pure.calibration.coding import Criterion, Rating
from innoset.review.pure.calibration.connection import Subset, subsets
from innoset.review.pure.calibration.doubt import Help, line_of, most_helpful, probability_above
from innoset.review.pure.calibration.ranks import Fate, fates, places
from innoset.review.pure.calibration.report import FairTotal, Report, report

__all__ = [
    "Additive",
    "Criterion",
    "FairTotal",
    "Fate",
    "Help",
    "Rating",
    "Report",
    "Severity",
    "Sheet",
    "Subset",
    "TooLittle",
    "Work",
    "additive",
    "fates",
    "line_of",
    "most_helpful",
    "places",
    "probability_above",
    "report",
    "subsets",
]

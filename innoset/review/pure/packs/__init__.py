"""Work without a network: a table of marks that goes out, comes back filled, and is weighed cell by cell."""

from innoset.review.pure.packs.lines import CONCLUSION, PackLine, Verdict, Weighed, weigh

__all__ = ["CONCLUSION", "PackLine", "Verdict", "Weighed", "weigh"]

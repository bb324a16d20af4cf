"""Who reads what: a plan of assignment that is proven to be the best, with a reason for every pair.

`plan(Problem)` pursues its goals one after the other, none at the cost of an earlier one: everything is
served; the worst-served work is served as well as possible; the total affinity is the highest; loads are
even; as little as possible changes. The plan carries its proof (`Plan.certificate`), alternates, the
parts that cannot be compared (`Plan.islands`), and, where not everything can be served, the smallest
clash with its cure (`Plan.clashes`).
"""

from innoset.review.pure.assignment import lots
from innoset.review.pure.assignment.planning import plan
from innoset.review.pure.assignment.plans import (
    Alternate,
    Certificate,
    Clash,
    Goal,
    Island,
    Load,
    Pair,
    Plan,
    Shortage,
)
from innoset.review.pure.assignment.problem import Cell, Conflict, Expert, Problem, Work

__all__ = [
    "Alternate",
    "Cell",
    "Certificate",
    "Clash",
    "Conflict",
    "Expert",
    "Goal",
    "Island",
    "Load",
    "Pair",
    "Plan",
    "Problem",
    "Shortage",
    "Work",
    "lots",
    "plan",
]

"""Tables of the expertise."""

from innoset.review.models.assignments import (
    Alternate,
    Assignment,
    AssignmentPlan,
    ConflictDeclaration,
    EarlyConflict,
)
from innoset.review.models.criteria import Criterion, Rubric
from innoset.review.models.defence import DefenceFeedback, DefenceSlot, LiveBoard
from innoset.review.models.dossiers import Dossier, Interest
from innoset.review.models.experts import Direction, ExpertProfile
from innoset.review.models.reuse import ReuseReport, ReuseText
from innoset.review.models.rounds import Bid, PanelSeat, Round, RoundRubric
from innoset.review.models.sheets import (
    Calibration,
    Discussion,
    DiscussionPost,
    Score,
    ScoreChange,
    ScoreSheet,
)

__all__ = [
    "Alternate",
    "Assignment",
    "AssignmentPlan",
    "Bid",
    "Calibration",
    "ConflictDeclaration",
    "Criterion",
    "DefenceFeedback",
    "DefenceSlot",
    "Direction",
    "Discussion",
    "DiscussionPost",
    "Dossier",
    "EarlyConflict",
    "ExpertProfile",
    "Interest",
    "LiveBoard",
    "PanelSeat",
    "ReuseReport",
    "ReuseText",
    "Round",
    "RoundRubric",
    "Rubric",
    "Score",
    "ScoreChange",
    "ScoreSheet",
]

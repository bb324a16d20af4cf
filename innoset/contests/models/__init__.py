"""Tables of contests, applications and the council."""

from innoset.contests.models.advancements import Advancement
from innoset.contests.models.applications import Application, Attachment, Award, Counter, FormalCheck
from innoset.contests.models.contests import Contest, ContestStage, Nomination
from innoset.contests.models.council import (
    Ballot,
    BallotMark,
    Council,
    Presence,
    Recusal,
    Resolution,
    Seat,
    Sitting,
    Vote,
)
from innoset.contests.models.decisions import Appeal, DecisionEvent, RankingSnapshot
from innoset.contests.models.meetings import Meeting, MeetingItem
from innoset.contests.models.sendings import Confirmation, Extension, LateCopy, Submission

__all__ = [
    "Advancement",
    "Appeal",
    "Application",
    "Attachment",
    "Award",
    "Ballot",
    "BallotMark",
    "Confirmation",
    "Contest",
    "ContestStage",
    "Council",
    "Counter",
    "DecisionEvent",
    "Extension",
    "FormalCheck",
    "LateCopy",
    "Meeting",
    "MeetingItem",
    "Nomination",
    "Presence",
    "RankingSnapshot",
    "Recusal",
    "Resolution",
    "Seat",
    "Sitting",
    "Submission",
    "Vote",
]

"""Tables of contests, applications and the council."""

from innoset.contests.models.applications import Application, Attachment, Award, Counter, FormalCheck
from innoset.contests.models.contests import Contest, ContestStage, Nomination
from innoset.contests.models.council import Council, Presence, Recusal, Resolution, Seat, Sitting
from innoset.contests.models.sendings import Confirmation, Extension, LateCopy, Submission

__all__ = [
    "Application",
    "Attachment",
    "Award",
    "Confirmation",
    "Contest",
    "ContestStage",
    "Council",
    "Counter",
    "Extension",
    "FormalCheck",
    "LateCopy",
    "Nomination",
    "Presence",
    "Recusal",
    "Resolution",
    "Seat",
    "Sitting",
    "Submission",
]

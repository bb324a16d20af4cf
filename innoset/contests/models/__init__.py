"""Tables of contests, applications and the council."""

from innoset.contests.models.applications import (
    Application,
    Attachment,
    Award,
    Counter,
    FormalCheck,
    Submission,
)
from innoset.contests.models.contests import Contest, ContestStage, Nomination
from innoset.contests.models.council import Council, Presence, Recusal, Resolution, Seat, Sitting

__all__ = [
    "Application",
    "Attachment",
    "Award",
    "Contest",
    "ContestStage",
    "Council",
    "Counter",
    "FormalCheck",
    "Nomination",
    "Presence",
    "Recusal",
    "Resolution",
    "Seat",
    "Sitting",
    "Submission",
]

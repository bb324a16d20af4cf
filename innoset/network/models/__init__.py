"""Tables of the network."""

from innoset.network.models.accompaniment import (
    Accompaniment,
    Consultation,
    Errand,
    WorkingGroup,
    WorkingGroupMember,
)
from innoset.network.models.agreements import Agreement
from innoset.network.models.dissemination import Achievement, Dissemination, Grant
from innoset.network.models.organisations import Municipality, Organisation
from innoset.network.models.people import Invitation, Membership, Registration
from innoset.network.models.statuses import EndingGround, Status, StatusEvent, StatusKind
from innoset.network.models.succession import OrganisationName, PilotMark, Reorganisation, ReorganisationSide
from innoset.network.models.threads import Post, Thread, ThreadReading, ThreadSide
from innoset.network.models.ties import Agglomeration, AgglomerationMember, Mentorship

__all__ = [
    "Accompaniment",
    "Achievement",
    "Agglomeration",
    "AgglomerationMember",
    "Agreement",
    "Consultation",
    "Dissemination",
    "EndingGround",
    "Errand",
    "Grant",
    "Invitation",
    "Membership",
    "Mentorship",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "PilotMark",
    "Post",
    "Registration",
    "Reorganisation",
    "ReorganisationSide",
    "Status",
    "StatusEvent",
    "StatusKind",
    "Thread",
    "ThreadReading",
    "ThreadSide",
    "WorkingGroup",
    "WorkingGroupMember",
]

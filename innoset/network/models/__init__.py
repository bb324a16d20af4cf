"""Tables of the network."""

from innoset.network.models.organisations import Agreement, Municipality, Organisation
from innoset.network.models.people import Invitation, Membership, Registration
from innoset.network.models.statuses import EndingGround, Status, StatusEvent, StatusKind

__all__ = [
    "Agreement",
    "EndingGround",
    "Invitation",
    "Membership",
    "Municipality",
    "Organisation",
    "Registration",
    "Status",
    "StatusEvent",
    "StatusKind",
]

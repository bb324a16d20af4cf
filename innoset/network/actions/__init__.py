"""Everything that can be done to the network."""

from innoset.network.actions import accompaniment, agreements, dissemination, errands, groups, honours
from innoset.network.actions.agreements import edit_agreement, make_agreement
from innoset.network.actions.joining import (
    confirm_registration,
    decline_registration,
    request_registration,
)
from innoset.network.actions.memberships import (
    accept_invitation,
    end_membership,
    invite,
    join_by_invitation,
    resend_invitation,
    revoke_invitation,
)
from innoset.network.actions.organisations import add_organisation, close_organisation, edit_organisation
from innoset.network.actions.statuses import (
    complete_status,
    edit_ending_ground,
    edit_status_kind,
    grant_status,
    restore_status,
    terminate_status,
)
from innoset.network.actions.threads import close_thread, open_thread, reopen_thread, write_post

__all__ = [
    "accept_invitation",
    "accompaniment",
    "add_organisation",
    "agreements",
    "close_organisation",
    "close_thread",
    "complete_status",
    "confirm_registration",
    "decline_registration",
    "dissemination",
    "edit_agreement",
    "edit_ending_ground",
    "edit_organisation",
    "edit_status_kind",
    "end_membership",
    "errands",
    "grant_status",
    "groups",
    "honours",
    "invite",
    "join_by_invitation",
    "make_agreement",
    "open_thread",
    "reopen_thread",
    "request_registration",
    "resend_invitation",
    "restore_status",
    "revoke_invitation",
    "terminate_status",
    "write_post",
]

"""Everything that can be done to the network."""

from innoset.network.actions import accompaniment, agreements, dissemination, errands, groups, honours
from innoset.network.actions.agreements import edit_agreement, make_agreement
from innoset.network.actions.facts import (
    annul_fact,
    extend_status,
    pass_status,
    pause_status,
    resume_status,
)
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
from innoset.network.actions.pilots import mark_pilot, unmark_pilot
from innoset.network.actions.statuses import (
    complete_status,
    edit_ending_ground,
    edit_status_kind,
    grant_status,
    restore_status,
    terminate_status,
)
from innoset.network.actions.successions import Change, reorganise
from innoset.network.actions.threads import close_thread, open_thread, reopen_thread, write_post
from innoset.network.actions.ties import (
    add_member,
    edit_agglomeration,
    end_member,
    end_mentorship,
    make_agglomeration,
    start_mentorship,
)

__all__ = [
    "Change",
    "accept_invitation",
    "accompaniment",
    "add_member",
    "add_organisation",
    "agreements",
    "annul_fact",
    "close_organisation",
    "close_thread",
    "complete_status",
    "confirm_registration",
    "decline_registration",
    "dissemination",
    "edit_agglomeration",
    "edit_agreement",
    "edit_ending_ground",
    "edit_organisation",
    "edit_status_kind",
    "end_member",
    "end_membership",
    "end_mentorship",
    "errands",
    "extend_status",
    "grant_status",
    "groups",
    "honours",
    "invite",
    "join_by_invitation",
    "make_agglomeration",
    "make_agreement",
    "mark_pilot",
    "open_thread",
    "pass_status",
    "pause_status",
    "reopen_thread",
    "reorganise",
    "request_registration",
    "resend_invitation",
    "restore_status",
    "resume_status",
    "revoke_invitation",
    "start_mentorship",
    "terminate_status",
    "unmark_pilot",
    "write_post",
]

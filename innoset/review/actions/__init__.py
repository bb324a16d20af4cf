"""Deeds of the expertise."""

from innoset.review.actions.assignments import assign, assign_by_plan, change_assignments, unassign
from innoset.review.actions.defence import mark_slot, schedule, schedule_all
from innoset.review.actions.dossiers import make_round, open_dossier
from innoset.review.actions.panels import (
    answer_invitation,
    invite_expert,
    invite_experts,
    withdraw_invitation,
)
from innoset.review.actions.rounds import close_round, edit_round, open_round, remind, reopen_round
from innoset.review.actions.sheets import declare, finish_sheet, reopen_sheet, save_sheet, score

__all__ = [
    "answer_invitation",
    "assign",
    "assign_by_plan",
    "change_assignments",
    "close_round",
    "declare",
    "edit_round",
    "finish_sheet",
    "invite_expert",
    "invite_experts",
    "make_round",
    "mark_slot",
    "open_dossier",
    "open_round",
    "remind",
    "reopen_round",
    "reopen_sheet",
    "save_sheet",
    "schedule",
    "schedule_all",
    "score",
    "unassign",
    "withdraw_invitation",
]

"""Deeds of the expertise."""

from innoset.review.actions.assignments import assign, assign_by_plan, change_assignments, unassign
from innoset.review.actions.defence import mark_slot, schedule, schedule_all
from innoset.review.actions.discussions import close_discussion, open_discussion, post_remark, revise_marks
from innoset.review.actions.dossiers import make_round, open_dossier
from innoset.review.actions.feedback import give_feedback
from innoset.review.actions.live import Turn, conduct, finish_at_once, miss_speaker, shift_slots, step_back
from innoset.review.actions.panels import (
    answer_invitation,
    invite_expert,
    invite_experts,
    withdraw_invitation,
)
from innoset.review.actions.rounds import close_round, edit_round, open_round, remind, reopen_round
from innoset.review.actions.sheets import declare, finish_sheet, reopen_sheet, save_sheet, score

__all__ = [
    "Turn",
    "answer_invitation",
    "assign",
    "assign_by_plan",
    "change_assignments",
    "close_discussion",
    "close_round",
    "conduct",
    "declare",
    "edit_round",
    "finish_at_once",
    "finish_sheet",
    "give_feedback",
    "invite_expert",
    "invite_experts",
    "make_round",
    "mark_slot",
    "miss_speaker",
    "open_discussion",
    "open_dossier",
    "open_round",
    "post_remark",
    "remind",
    "reopen_round",
    "reopen_sheet",
    "revise_marks",
    "save_sheet",
    "schedule",
    "schedule_all",
    "score",
    "shift_slots",
    "step_back",
    "unassign",
    "withdraw_invitation",
]

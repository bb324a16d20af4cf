"""Deeds of the expertise."""

from innoset.review.actions.assignments import assign, change_assignments, unassign
from innoset.review.actions.bids import bid, declare_early
from innoset.review.actions.calibrations import calibrate
from innoset.review.actions.defence import mark_slot, schedule, schedule_all
from innoset.review.actions.discussions import close_discussion, open_discussion, post_remark, revise_marks
from innoset.review.actions.dossiers import make_round, open_dossier
from innoset.review.actions.experts import Passport, add_direction, edit_direction, edit_passport
from innoset.review.actions.feedback import give_feedback
from innoset.review.actions.live import Turn, conduct, finish_at_once, miss_speaker, shift_slots, step_back
from innoset.review.actions.packs import import_marks
from innoset.review.actions.panels import (
    NO_LIMITS,
    Limits,
    answer_invitation,
    ask_again,
    invite_expert,
    invite_experts,
    remind_invited,
    set_panel_terms,
    withdraw_invitation,
)
from innoset.review.actions.plans import apply_plan, make_plan, replace_experts
from innoset.review.actions.rounds import close_round, edit_round, open_round, remind, reopen_round
from innoset.review.actions.rules import AssignmentRules, set_rules
from innoset.review.actions.sheets import declare, finish_sheet, reopen_sheet, save_sheet, score

__all__ = [
    "NO_LIMITS",
    "AssignmentRules",
    "Limits",
    "Passport",
    "Turn",
    "add_direction",
    "answer_invitation",
    "apply_plan",
    "ask_again",
    "assign",
    "bid",
    "calibrate",
    "change_assignments",
    "close_discussion",
    "close_round",
    "conduct",
    "declare",
    "declare_early",
    "edit_direction",
    "edit_passport",
    "edit_round",
    "finish_at_once",
    "finish_sheet",
    "give_feedback",
    "import_marks",
    "invite_expert",
    "invite_experts",
    "make_plan",
    "make_round",
    "mark_slot",
    "miss_speaker",
    "open_discussion",
    "open_dossier",
    "open_round",
    "post_remark",
    "remind",
    "remind_invited",
    "reopen_round",
    "reopen_sheet",
    "replace_experts",
    "revise_marks",
    "save_sheet",
    "schedule",
    "schedule_all",
    "score",
    "set_panel_terms",
    "set_rules",
    "shift_slots",
    "step_back",
    "unassign",
    "withdraw_invitation",
]

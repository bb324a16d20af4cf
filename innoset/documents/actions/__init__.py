"""Registering papers, the life of an order, and keeping the normative base."""

from innoset.documents.actions.acts import (
    add_act,
    edit_act,
    end_act,
    forget_distinction,
    keep_both_acts,
    relate_acts,
    unrelate_acts,
)
from innoset.documents.actions.papers import (
    confirm_order,
    draft_order,
    enter_order,
    issue_paper,
    register_minutes,
    return_order,
)

__all__ = [
    "add_act",
    "confirm_order",
    "draft_order",
    "edit_act",
    "end_act",
    "enter_order",
    "forget_distinction",
    "issue_paper",
    "keep_both_acts",
    "register_minutes",
    "relate_acts",
    "return_order",
    "unrelate_acts",
]

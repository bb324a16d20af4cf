"""States of rounds, invitations, assignments and sheets."""

from enum import StrEnum

from innoset.foundation.workflow import Machine, Move


class RoundKind(StrEnum):
    """How a round is judged."""

    REMOTE = "remote"
    DEFENCE = "defence"


ROUND_KIND_LABELS = {RoundKind.REMOTE: "Заочная экспертиза", RoundKind.DEFENCE: "Открытая защита"}


class RoundState(StrEnum):
    """Life of a round."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"


RS = RoundState
ROUND = Machine(
    RS.PREPARING,
    (
        Move("open", {RS.PREPARING}, RS.OPEN),
        Move("close", {RS.OPEN}, RS.CLOSED),
        Move("reopen", {RS.CLOSED}, RS.OPEN),
    ),
)
ROUND_LABELS = {RS.PREPARING: "Готовится", RS.OPEN: "Идёт", RS.CLOSED: "Завершён"}


class SeatState(StrEnum):
    """Answer of an invited expert."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


PS = SeatState
PANEL_SEAT = Machine(
    PS.INVITED,
    (
        Move("accept", {PS.INVITED, PS.DECLINED}, PS.ACCEPTED),
        Move("decline", {PS.INVITED, PS.ACCEPTED}, PS.DECLINED),
    ),
)
SEAT_LABELS = {PS.INVITED: "Ждём ответа", PS.ACCEPTED: "Согласен", PS.DECLINED: "Отказался"}


class AssignmentState(StrEnum):
    """Life of one expert's task."""

    ASSIGNED = "assigned"
    CLEARED = "cleared"
    RECUSED = "recused"
    REMOVED = "removed"


A = AssignmentState
ASSIGNMENT = Machine(
    A.ASSIGNED,
    (
        Move("clear", {A.ASSIGNED}, A.CLEARED),
        Move("recuse", {A.ASSIGNED, A.CLEARED}, A.RECUSED),
        Move("remove", {A.ASSIGNED, A.CLEARED}, A.REMOVED),
        Move("give_again", {A.REMOVED}, A.ASSIGNED),
    ),
)
ASSIGNMENT_LABELS = {
    A.ASSIGNED: "Назначена",
    A.CLEARED: "Конфликта нет",
    A.RECUSED: "Самоотвод",
    A.REMOVED: "Снята",
}
# Assignments whose sheet is still expected or already in.
LIVE = (A.ASSIGNED, A.CLEARED)


class SheetState(StrEnum):
    """Life of a score sheet."""

    OPEN = "open"
    FINISHED = "finished"


SHEET = Machine(
    SheetState.OPEN,
    (
        Move("finish", {SheetState.OPEN}, SheetState.FINISHED),
        Move("reopen", {SheetState.FINISHED}, SheetState.OPEN),
    ),
)
SHEET_LABELS = {SheetState.OPEN: "Заполняется", SheetState.FINISHED: "Завершён"}


class SlotState(StrEnum):
    """Life of a defence slot."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"


SLOT = Machine(
    SlotState.PLANNED,
    (
        Move("hold", {SlotState.PLANNED, SlotState.MISSED}, SlotState.DONE),
        Move("miss", {SlotState.PLANNED}, SlotState.MISSED),
    ),
)
SLOT_LABELS = {
    SlotState.PLANNED: "По расписанию",
    SlotState.DONE: "Состоялась",
    SlotState.MISSED: "Не явились",
}

CONFLICT_GROUNDS = {
    "works_here": "Работаю в этой организации",
    "coauthor": "Участвовал в проекте",
    "relative": "Там работает родственник",
    "other": "Иная причина",
}

"""States of rounds, invitations, assignments and sheets."""

from enum import StrEnum

from innoset.foundation.workflow import Machine, Move


class RoundKind(StrEnum):
    """How a round is judged."""

    REMOTE = "remote"
    DEFENCE = "defence"
    APPEAL = "appeal"


ROUND_KIND_LABELS = {
    RoundKind.REMOTE: "Заочная экспертиза",
    RoundKind.DEFENCE: "Открытая защита",
    RoundKind.APPEAL: "Рассмотрение апелляции",
}


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


class OwnMunicipality(StrEnum):
    """Whether an expert may judge works from the expert's own municipality."""

    BARRED = "barred"
    AT_MOST_ONE = "at_most_one"
    FREE = "free"


OWN_MUNICIPALITY_LABELS = {
    OwnMunicipality.BARRED: "Своему муниципалитету работы не дают",
    OwnMunicipality.AT_MOST_ONE: "Не более одного эксперта из того же муниципалитета, остальные из других",
    OwnMunicipality.FREE: "Муниципалитет не учитывается",
}


class PlanMode(StrEnum):
    """What a plan of assignment may change."""

    ADD = "add"
    ANEW = "anew"
    REPLACE = "replace"


PLAN_MODE_LABELS = {
    PlanMode.ADD: "Назначить недостающих, остальное не менять",
    PlanMode.ANEW: "Распределить заново всё, что эксперты ещё не начали",
    PlanMode.REPLACE: "Заменить выбывших, изменив как можно меньше",
}


class Wish(StrEnum):
    """What an expert says of a dossier before the assignment."""

    WANTED = "wanted"
    POSSIBLE = "possible"
    UNWANTED = "unwanted"


WISH_LABELS = {Wish.WANTED: "Хочу", Wish.POSSIBLE: "Могу", Wish.UNWANTED: "Не хочу"}


class InterestPart(StrEnum):
    """What somebody is to a work."""

    HEAD = "head"
    STAFF = "staff"
    AUTHOR = "author"
    SUPERVISOR = "supervisor"
    TUTOR = "tutor"
    METHODIST = "methodist"


INTEREST_LABELS = {
    InterestPart.HEAD: "Руководитель организации",
    InterestPart.STAFF: "Заполняет заявку",
    InterestPart.AUTHOR: "Автор",
    InterestPart.SUPERVISOR: "Научный руководитель",
    InterestPart.TUTOR: "Тьютор",
    InterestPart.METHODIST: "Сетевой методист",
}


class Phase(StrEnum):
    """What goes on in the hall of a defence."""

    WAITING = "waiting"
    SPEECH = "speech"
    QUESTIONS = "questions"
    MARKING = "marking"
    REVEALED = "revealed"
    BREAK = "break"
    OVER = "over"


PHASE_LABELS = {
    Phase.WAITING: "Скоро начнём",
    Phase.SPEECH: "Выступление",
    Phase.QUESTIONS: "Вопросы",
    Phase.MARKING: "Эксперты ставят баллы",
    Phase.REVEALED: "Баллы показаны",
    Phase.BREAK: "Перерыв",
    Phase.OVER: "Защита окончена",
}

# The console of an open defence. A speaker may be called again after the end: somebody has come late.
BOARD = Machine(
    Phase.WAITING,
    (
        Move("call", {Phase.WAITING, Phase.MARKING, Phase.REVEALED, Phase.BREAK, Phase.OVER}, Phase.WAITING),
        Move("start", {Phase.WAITING}, Phase.SPEECH),
        Move("ask", {Phase.SPEECH}, Phase.QUESTIONS),
        Move("mark", {Phase.SPEECH, Phase.QUESTIONS}, Phase.MARKING),
        Move("reveal", {Phase.MARKING}, Phase.REVEALED),
        Move("rest", {Phase.WAITING, Phase.MARKING, Phase.REVEALED}, Phase.BREAK),
        Move("finish", {Phase.WAITING, Phase.MARKING, Phase.REVEALED, Phase.BREAK}, Phase.OVER),
    ),
)

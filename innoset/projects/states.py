"""Where a text came from; states of partnerships, roadmaps and reports."""

from enum import StrEnum

from innoset.foundation.workflow import Machine, Move


class Origin(StrEnum):
    """How a text got into a field, or why it did not."""

    TYPED = "typed"
    WORD = "word"
    RESTORED = "restored"
    RETURNED = "returned"
    COPIED = "copied"
    # Never became the answer: a colleague was first. Kept, so that it can be brought back.
    CLASHED = "clashed"
    # Came when the field could not be changed any more; kept for the same reason.
    SET_ASIDE = "set_aside"


ORIGIN_LABELS = {
    Origin.TYPED: "Набран на сайте",
    Origin.WORD: "Перенесён из файла",
    Origin.RESTORED: "Возвращён из истории",
    Origin.RETURNED: "Возвращён из отправленной версии",
    Origin.COPIED: "Перенесён из прошлой заявки",
    Origin.CLASHED: "Не попал в заявку: поле в это время изменил другой человек",
    Origin.SET_ASIDE: "Не попал в заявку: изменить поле уже было нельзя",
}


class TeamPart(StrEnum):
    """What somebody is in the team of a project."""

    SUPERVISOR = "supervisor"
    LEADER = "leader"
    AUTHOR = "author"
    MEMBER = "member"


TEAM_LABELS = {
    TeamPart.SUPERVISOR: "Научный руководитель",
    TeamPart.LEADER: "Руководитель проекта",
    TeamPart.AUTHOR: "Автор",
    TeamPart.MEMBER: "Участник",
}


class PartnershipState(StrEnum):
    """Life of an invitation to a project."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


PS = PartnershipState
PARTNERSHIP = Machine(
    PS.INVITED,
    (
        Move("accept", {PS.INVITED}, PS.ACCEPTED),
        Move("decline", {PS.INVITED}, PS.DECLINED),
        Move("withdraw", {PS.INVITED}, PS.WITHDRAWN),
        Move("end", {PS.ACCEPTED}, PS.ENDED),
    ),
)
PARTNERSHIP_LABELS = {
    PS.INVITED: "Ждёт ответа",
    PS.ACCEPTED: "Партнёр проекта",
    PS.DECLINED: "Отказ",
    PS.WITHDRAWN: "Приглашение отозвано",
    PS.ENDED: "Сотрудничество завершено",
}


class RoadmapKind(StrEnum):
    """Whose list of measures it is."""

    ROADMAP = "roadmap"
    PLAN = "plan"


ROADMAP_KIND_LABELS = {
    RoadmapKind.ROADMAP: "Дорожная карта проекта",
    RoadmapKind.PLAN: "План ресурсного центра на год",
}


class RoadmapState(StrEnum):
    """Life of a roadmap."""

    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"


RM = RoadmapState
ROADMAP = Machine(
    RM.DRAFT,
    (
        Move("send", {RM.DRAFT}, RM.SENT),
        Move("send_back", {RM.SENT}, RM.DRAFT),
        Move("approve", {RM.SENT}, RM.APPROVED),
    ),
)
ROADMAP_LABELS = {RM.DRAFT: "Черновик", RM.SENT: "На утверждении", RM.APPROVED: "Утверждена"}
# A plan is of the other gender.
PLAN_LABELS = {**ROADMAP_LABELS, RM.APPROVED: "Утверждён"}


class ReportState(StrEnum):
    """Life of a yearly report."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


RP = ReportState
REPORT = Machine(
    RP.OPEN,
    (
        Move("submit", {RP.OPEN, RP.RETURNED}, RP.SUBMITTED),
        Move("send_back", {RP.SUBMITTED}, RP.RETURNED),
        Move("accept", {RP.SUBMITTED}, RP.ACCEPTED),
        Move("reopen", {RP.ACCEPTED}, RP.RETURNED),
    ),
)
REPORT_LABELS = {
    RP.OPEN: "Заполняется",
    RP.SUBMITTED: "Сдан, ждёт проверки",
    RP.RETURNED: "На доработке",
    RP.ACCEPTED: "Принят",
}


class TextOrigin(StrEnum):
    """Where the text of a report's field comes from."""

    COUNTED = "counted"
    CARRIED = "carried"
    TYPED = "typed"


TEXT_ORIGIN_LABELS = {
    TextOrigin.COUNTED: "Заполнено по данным сайта",
    TextOrigin.CARRIED: "Перенесено из прошлого отчёта",
    TextOrigin.TYPED: "Набрано на сайте",
}


class TaskState(StrEnum):
    """What came of a planned task."""

    UNKNOWN = "unknown"
    DONE = "done"
    PARTLY = "partly"
    MOVED = "moved"
    NOT_DONE = "not_done"


TASK_LABELS = {
    TaskState.UNKNOWN: "Не отмечено",
    TaskState.DONE: "Выполнена",
    TaskState.PARTLY: "Выполнена частично",
    TaskState.MOVED: "Перенесена",
    TaskState.NOT_DONE: "Не выполнена",
}

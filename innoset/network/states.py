"""Roles, kinds and states of the network."""

from enum import StrEnum

from innoset.foundation.workflow import Machine, Move


class Role(StrEnum):
    """What a person is in an organisation."""

    HEAD = "head"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    METHODIST = "methodist"
    TUTOR = "tutor"
    ORGANISER = "organiser"
    APPROVER = "approver"
    COUNCIL = "council"
    CHAIR = "chair"
    SECRETARY = "secretary"
    EXPERT = "expert"
    OBSERVER = "observer"
    CURATOR = "curator"


ROLE_LABELS = {
    Role.HEAD: "Руководитель организации",
    Role.EDITOR: "Сотрудник организации",
    Role.COORDINATOR: "Координатор муниципалитета",
    Role.METHODIST: "Сетевой методист",
    Role.TUTOR: "Тьютор",
    Role.ORGANISER: "Организатор конкурсов",
    Role.APPROVER: "Утверждающий приказы",
    Role.COUNCIL: "Член координационного совета",
    Role.CHAIR: "Председатель совета",
    Role.SECRETARY: "Секретарь совета",
    Role.EXPERT: "Эксперт",
    Role.OBSERVER: "Наблюдатель",
    Role.CURATOR: "Куратор института",
}
# Who must have a second factor (trust: organisers and the council decide about others).
GUARDED_ROLES = frozenset(
    {Role.ORGANISER, Role.APPROVER, Role.COUNCIL, Role.CHAIR, Role.SECRETARY, Role.CURATOR}
)


class OrganisationKind(StrEnum):
    """Subsystem of education that an organisation belongs to."""

    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    EXTRA = "extra"
    COLLEGE = "college"
    METHOD_CENTRE = "method_centre"
    METHOD_SERVICE = "method_service"
    AUTHORITY = "authority"
    INSTITUTE = "institute"
    OTHER = "other"


KIND_LABELS = {
    OrganisationKind.SCHOOL: "Общеобразовательная организация",
    OrganisationKind.KINDERGARTEN: "Дошкольная образовательная организация",
    OrganisationKind.EXTRA: "Организация дополнительного образования",
    OrganisationKind.COLLEGE: "Профессиональная образовательная организация",
    OrganisationKind.METHOD_CENTRE: "Информационно-методический центр",
    OrganisationKind.METHOD_SERVICE: "Территориальная методическая служба",
    OrganisationKind.AUTHORITY: "Орган управления образованием",
    OrganisationKind.INSTITUTE: "Институт развития образования",
    OrganisationKind.OTHER: "Иная организация",
}


class StatusState(StrEnum):
    """Life of a status."""

    ACTIVE = "active"
    COMPLETED = "completed"
    TERMINATED = "terminated"


SS = StatusState
STATUS = Machine(
    SS.ACTIVE,
    (
        Move("complete", {SS.ACTIVE}, SS.COMPLETED),
        Move("terminate", {SS.ACTIVE}, SS.TERMINATED),
        Move("restore", {SS.TERMINATED, SS.COMPLETED}, SS.ACTIVE),
    ),
)
STATUS_LABELS = {SS.ACTIVE: "Действует", SS.COMPLETED: "Завершён", SS.TERMINATED: "Прекращён досрочно"}


class RegistrationState(StrEnum):
    """Life of an organisation's request to join."""

    NEW = "new"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


RS = RegistrationState
REGISTRATION = Machine(
    RS.NEW,
    (Move("confirm", {RS.NEW}, RS.CONFIRMED), Move("decline", {RS.NEW}, RS.DECLINED)),
)
REGISTRATION_LABELS = {RS.NEW: "Ждёт проверки", RS.CONFIRMED: "Подтверждена", RS.DECLINED: "Отклонена"}

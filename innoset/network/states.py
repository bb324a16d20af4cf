"""Roles, kinds and states of the network."""

from enum import StrEnum

from innoset.foundation.workflow import Machine, Move
from innoset.network.pure.statuses import FactKind as FactKind  # noqa: PLC0414  # reason: said once below, read from here by the tables


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
    PAUSED = "paused"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    # Granted by mistake: there was no such status.
    ANNULLED = "annulled"


SS = StatusState
STATUS = Machine(
    SS.ACTIVE,
    (
        Move("pause", {SS.ACTIVE}, SS.PAUSED),
        Move("resume", {SS.PAUSED}, SS.ACTIVE),
        Move("complete", {SS.ACTIVE, SS.PAUSED}, SS.COMPLETED),
        Move("terminate", {SS.ACTIVE, SS.PAUSED}, SS.TERMINATED),
        Move("restore", {SS.TERMINATED, SS.COMPLETED}, SS.ACTIVE),
        Move("annul", {SS.ACTIVE, SS.PAUSED, SS.COMPLETED, SS.TERMINATED}, SS.ANNULLED),
    ),
)
STATUS_LABELS = {
    SS.ACTIVE: "Действует",
    SS.PAUSED: "Приостановлен",
    SS.COMPLETED: "Завершён",
    SS.TERMINATED: "Прекращён досрочно",
    SS.ANNULLED: "Отменён как ошибочный",
}


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


FACT_LABELS = {
    FactKind.GRANTED: "Присвоен",
    FactKind.EXTENDED: "Продлён",
    FactKind.PAUSED: "Приостановлен",
    FactKind.RESUMED: "Возобновлён",
    FactKind.PASSED: "Перешёл к преемнику",
    FactKind.COMPLETED: "Завершён",
    FactKind.TERMINATED: "Прекращён досрочно",
    FactKind.RESTORED: "Восстановлен",
    FactKind.ANNULLED: "Запись отменена как ошибочная",
}


class ReorganisationKind(StrEnum):
    """What became of organisations."""

    RENAMING = "renaming"
    MERGER = "merger"
    ACCESSION = "accession"
    SPLIT = "split"
    SEPARATION = "separation"
    CLOSING = "closing"


REORGANISATION_LABELS = {
    ReorganisationKind.RENAMING: "Переименование",
    ReorganisationKind.MERGER: "Слияние",
    ReorganisationKind.ACCESSION: "Присоединение",
    ReorganisationKind.SPLIT: "Разделение",
    ReorganisationKind.SEPARATION: "Выделение",
    ReorganisationKind.CLOSING: "Ликвидация",
}


class Part(StrEnum):
    """In which part somebody accompanies a site."""

    METHODIST = "methodist"
    TUTOR = "tutor"
    CENTRE_CURATOR = "centre_curator"
    SCIENTIFIC_CURATOR = "scientific_curator"


PART_LABELS = {
    Part.METHODIST: "Сетевой методист",
    Part.TUTOR: "Тьютор",
    Part.CENTRE_CURATOR: "Куратор ИМЦ",
    Part.SCIENTIFIC_CURATOR: "Научный куратор ИРО",
}


class AgreementState(StrEnum):
    """Life of an agreement; that its term is over is seen by its date."""

    DRAFT = "draft"
    SENT = "sent"
    SIGNED = "signed"
    ENDED = "ended"


AS = AgreementState
AGREEMENT = Machine(
    AS.DRAFT,
    (
        Move("send", {AS.DRAFT}, AS.SENT),
        Move("take_back", {AS.SENT}, AS.DRAFT),
        Move("sign", {AS.DRAFT, AS.SENT}, AS.SIGNED),
        Move("end", {AS.SIGNED}, AS.ENDED),
    ),
)
AGREEMENT_LABELS = {
    AS.DRAFT: "Проект",
    AS.SENT: "На подписании у партнёра",
    AS.SIGNED: "Подписано",
    AS.ENDED: "Расторгнуто",
}


class DisseminationKind(StrEnum):
    """What an organisation did to share its experience."""

    OPEN_EVENT = "open_event"
    CONFERENCE = "conference"
    SEMINAR = "seminar"
    WEBINAR = "webinar"
    MASTER_CLASS = "master_class"
    FESTIVAL = "festival"
    INTERNSHIP = "internship"
    CONSULTING = "consulting"
    PUBLICATION = "publication"
    PRODUCT = "product"
    MEDIA = "media"


DISSEMINATION_LABELS = {
    DisseminationKind.OPEN_EVENT: "Открытое мероприятие",
    DisseminationKind.CONFERENCE: "Конференция",
    DisseminationKind.SEMINAR: "Семинар",
    DisseminationKind.WEBINAR: "Вебинар",
    DisseminationKind.MASTER_CLASS: "Мастер-класс",
    DisseminationKind.FESTIVAL: "Фестиваль",
    DisseminationKind.INTERNSHIP: "Стажировка",
    DisseminationKind.CONSULTING: "Методическое сопровождение",
    DisseminationKind.PUBLICATION: "Публикация",
    DisseminationKind.PRODUCT: "Инновационный продукт",
    DisseminationKind.MEDIA: "Материал в средствах массовой информации",
}
# Where people come together: these have a place and a number of people.
MEETINGS = frozenset(
    {
        DisseminationKind.OPEN_EVENT,
        DisseminationKind.CONFERENCE,
        DisseminationKind.SEMINAR,
        DisseminationKind.WEBINAR,
        DisseminationKind.MASTER_CLASS,
        DisseminationKind.FESTIVAL,
        DisseminationKind.INTERNSHIP,
    }
)


class Reach(StrEnum):
    """How far something was heard."""

    ORGANISATION = "organisation"
    MUNICIPAL = "municipal"
    REGIONAL = "regional"
    INTERREGIONAL = "interregional"
    FEDERAL = "federal"
    INTERNATIONAL = "international"


REACH_LABELS = {
    Reach.ORGANISATION: "Своя организация",
    Reach.MUNICIPAL: "Муниципальный",
    Reach.REGIONAL: "Краевой",
    Reach.INTERREGIONAL: "Межрегиональный",
    Reach.FEDERAL: "Федеральный",
    Reach.INTERNATIONAL: "Международный",
}


class ThreadKind(StrEnum):
    """What a thread of messages is about."""

    MESSAGE = "message"
    CONSULTATION = "consultation"


THREAD_LABELS = {ThreadKind.MESSAGE: "Переписка", ThreadKind.CONSULTATION: "Консультация"}

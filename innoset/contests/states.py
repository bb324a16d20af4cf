"""States of contests, applications and sittings."""

from enum import StrEnum

from innoset.foundation.workflow import Machine, Move


class ContestState(StrEnum):
    """Life of a contest."""

    DRAFT = "draft"
    OPEN = "open"
    EXPERTISE = "expertise"
    DEFENCE = "defence"
    COUNCIL = "council"
    FINISHED = "finished"
    CANCELLED = "cancelled"


C = ContestState
CONTEST = Machine(
    C.DRAFT,
    (
        Move("publish", {C.DRAFT}, C.OPEN),
        Move("unpublish", {C.OPEN}, C.DRAFT),
        Move("start_expertise", {C.OPEN}, C.EXPERTISE),
        Move("start_defence", {C.EXPERTISE}, C.DEFENCE),
        Move("start_council", {C.EXPERTISE, C.DEFENCE}, C.COUNCIL),
        Move("finish", {C.COUNCIL}, C.FINISHED),
        Move("cancel", {C.DRAFT, C.OPEN, C.EXPERTISE, C.DEFENCE}, C.CANCELLED),
    ),
)
CONTEST_LABELS = {
    C.DRAFT: "Черновик",
    C.OPEN: "Приём заявок",
    C.EXPERTISE: "Заочная экспертиза",
    C.DEFENCE: "Открытая защита",
    C.COUNCIL: "Решение совета",
    C.FINISHED: "Завершён",
    C.CANCELLED: "Отменён",
}


class StageKind(StrEnum):
    """What happens in a stage of the calendar."""

    SUBMISSION = "submission"
    CHECK = "check"
    REMOTE = "remote"
    DEFENCE = "defence"
    COUNCIL = "council"
    RESULTS = "results"


STAGE_LABELS = {
    StageKind.SUBMISSION: "Приём заявок",
    StageKind.CHECK: "Техническая экспертиза",
    StageKind.REMOTE: "Заочная экспертиза",
    StageKind.DEFENCE: "Открытая защита",
    StageKind.COUNCIL: "Заседание совета",
    StageKind.RESULTS: "Приказ и итоги",
}


class ApplicationState(StrEnum):
    """Life of an application."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ADMITTED = "admitted"
    REFUSED = "refused"
    IN_REVIEW = "in_review"
    TO_DEFENCE = "to_defence"
    DECLINED = "declined"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"


S = ApplicationState
APPLICATION = Machine(
    S.DRAFT,
    (
        Move("submit", {S.DRAFT, S.RETURNED, S.SUBMITTED}, S.SUBMITTED),
        Move("send_back", {S.SUBMITTED}, S.RETURNED),
        Move("admit", {S.SUBMITTED}, S.ADMITTED),
        Move("refuse", {S.SUBMITTED, S.RETURNED}, S.REFUSED),
        Move("send_to_experts", {S.ADMITTED}, S.IN_REVIEW),
        Move("admit_to_defence", {S.IN_REVIEW}, S.TO_DEFENCE),
        Move("decline", {S.IN_REVIEW}, S.DECLINED),
        Move("propose", {S.IN_REVIEW, S.TO_DEFENCE}, S.PROPOSED),
        Move("reject", {S.IN_REVIEW, S.TO_DEFENCE}, S.REJECTED),
        Move("award", {S.PROPOSED}, S.AWARDED),
        # Only an upheld appeal leads back.
        Move("reinstate", {S.DECLINED}, S.TO_DEFENCE),
        Move("reconsider", {S.DECLINED, S.REJECTED}, S.PROPOSED),
        Move("withdraw", {S.DRAFT, S.RETURNED, S.SUBMITTED, S.ADMITTED}, S.WITHDRAWN),
    ),
)
APPLICATION_LABELS = {
    S.DRAFT: "Черновик",
    S.SUBMITTED: "Отправлена",
    S.RETURNED: "На исправлении",
    S.ADMITTED: "Допущена",
    S.REFUSED: "Не допущена",
    S.IN_REVIEW: "У экспертов",
    S.TO_DEFENCE: "Допущена к защите",
    S.DECLINED: "Не прошла экспертизу",
    S.PROPOSED: "Совет предложил присвоить статус",
    S.REJECTED: "Статус не присвоен",
    S.AWARDED: "Статус присвоен",
    S.WITHDRAWN: "Отозвана",
}
# Whatever was sent once and not taken back.
SENT = frozenset(S) - {S.DRAFT, S.WITHDRAWN}


class CheckOutcome(StrEnum):
    """The four outcomes of the technical check."""

    CONFORMS = "conforms"
    MINOR = "minor"
    MEND = "mend"
    REFUSED = "refused"


OUTCOME_LABELS = {
    CheckOutcome.CONFORMS: "Соответствует требованиям",
    CheckOutcome.MINOR: "Есть недочёты, допущена",
    CheckOutcome.MEND: "На исправление до срока",
    CheckOutcome.REFUSED: "Не допущена",
}
OUTCOME_MOVES = {
    CheckOutcome.CONFORMS: "admit",
    CheckOutcome.MINOR: "admit",
    CheckOutcome.MEND: "send_back",
    CheckOutcome.REFUSED: "refuse",
}


class SittingState(StrEnum):
    """Life of a council's sitting."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


T = SittingState
SITTING = Machine(
    T.PLANNED,
    (Move("open", {T.PLANNED}, T.OPEN), Move("close", {T.OPEN}, T.CLOSED)),
)
SITTING_LABELS = {T.PLANNED: "Назначено", T.OPEN: "Идёт", T.CLOSED: "Завершено, протокол составлен"}


class Decision(StrEnum):
    """What the council resolves on an application."""

    GRANT = "grant"
    DECLINE = "decline"


DECISION_LABELS = {Decision.GRANT: "Присвоить статус", Decision.DECLINE: "Не присваивать"}


class ConfirmationWay(StrEnum):
    """In which way the head of an organisation confirms an application."""

    CODE = "code"
    SIGNATURE = "signature"
    SCAN = "scan"


WAY_LABELS = {
    ConfirmationWay.CODE: "Код из письма руководителю (простая электронная подпись)",
    ConfirmationWay.SIGNATURE: "Файл электронной подписи (квалифицированная подпись)",
    ConfirmationWay.SCAN: "Скан страницы с подписью и печатью",
}


class ConfirmationState(StrEnum):
    """Where the head's confirmation stands."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    VOID = "void"


F = ConfirmationState
CONFIRMATION = Machine(
    F.ASKED,
    (
        Move("give", {F.ASKED}, F.GIVEN),
        Move("refuse", {F.ASKED}, F.REFUSED),
        # Something was changed after it was asked or given, or the code's time ran out.
        Move("annul", {F.ASKED, F.GIVEN}, F.VOID),
    ),
)
CONFIRMATION_LABELS = {
    F.ASKED: "Ждёт руководителя",
    F.GIVEN: "Подтверждено руководителем",
    F.REFUSED: "Руководитель отказал",
    F.VOID: "Больше не действует",
}


class RankingBasis(StrEnum):
    """By which number places are given; the others stand beside it."""

    RAW = "raw"
    CALIBRATED = "calibrated"
    MEDIAN = "median"


BASIS_LABELS = {
    RankingBasis.RAW: "Средний балл",
    RankingBasis.CALIBRATED: "Балл с поправкой на строгость экспертов",
    RankingBasis.MEDIAN: "Медиана",
}


class Choice(StrEnum):
    """How a member of the council votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


CHOICE_LABELS = {Choice.FOR: "За", Choice.AGAINST: "Против", Choice.ABSTAIN: "Воздержался"}


class AppealState(StrEnum):
    """Life of an appeal."""

    FILED = "filed"
    IN_REVIEW = "in_review"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


P = AppealState
APPEAL = Machine(
    P.FILED,
    (
        Move("send_to_panel", {P.FILED}, P.IN_REVIEW),
        Move("uphold", {P.IN_REVIEW}, P.UPHELD),
        Move("dismiss", {P.FILED, P.IN_REVIEW}, P.DISMISSED),
        Move("withdraw", {P.FILED}, P.WITHDRAWN),
    ),
)
APPEAL_LABELS = {
    P.FILED: "Подана",
    P.IN_REVIEW: "У второй комиссии",
    P.UPHELD: "Удовлетворена",
    P.DISMISSED: "Отклонена",
    P.WITHDRAWN: "Отозвана",
}


class MeetingState(StrEnum):
    """Life of a council's meeting outside contests."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


MT = MeetingState
MEETING = Machine(
    MT.PLANNED,
    (Move("open", {MT.PLANNED}, MT.OPEN), Move("close", {MT.OPEN}, MT.CLOSED)),
)
MEETING_LABELS = {MT.PLANNED: "Назначено", MT.OPEN: "Идёт", MT.CLOSED: "Завершено"}


class AdvancementState(StrEnum):
    """Life of a municipal winner's way up."""

    PROPOSED = "proposed"
    RELEASED = "released"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


AD = AdvancementState
ADVANCEMENT = Machine(
    AD.PROPOSED,
    (
        Move("release", {AD.PROPOSED}, AD.RELEASED),
        Move("withdraw", {AD.PROPOSED, AD.RELEASED}, AD.WITHDRAWN),
        Move("propose_again", {AD.WITHDRAWN, AD.DECLINED}, AD.PROPOSED),
        Move("accept", {AD.RELEASED}, AD.ACCEPTED),
        Move("decline", {AD.RELEASED}, AD.DECLINED),
    ),
)
ADVANCEMENT_LABELS = {
    AD.PROPOSED: "Выдвинута, не передана",
    AD.RELEASED: "Передана на краевой уровень",
    AD.ACCEPTED: "Принята, заявка начата",
    AD.DECLINED: "Отклонена",
    AD.WITHDRAWN: "Отозвана",
}

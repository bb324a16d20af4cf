"""States of an order: drafted, its number and date entered by one person, confirmed by another."""

from enum import StrEnum

from innoset.foundation.workflow import Machine, Move


class OrderState(StrEnum):
    """Where an order stands."""

    DRAFT = "draft"
    ENTERED = "entered"
    CONFIRMED = "confirmed"


S = OrderState
ORDER = Machine(
    S.DRAFT,
    (
        Move("enter", {S.DRAFT, S.ENTERED}, S.ENTERED),
        Move("return_to_draft", {S.ENTERED}, S.DRAFT),
        Move("confirm", {S.ENTERED}, S.CONFIRMED),
    ),
)
ORDER_LABELS = {
    S.DRAFT: "Проект",
    S.ENTERED: "Реквизиты внесены, ждёт подтверждения",
    S.CONFIRMED: "Подписан и подтверждён",
}


class ActLevel(StrEnum):
    """From how high a normative act comes."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    INSTITUTE = "institute"
    LOCAL = "local"


ACT_LEVEL_LABELS = {
    ActLevel.FEDERAL: "Федеральный",
    ActLevel.REGIONAL: "Региональный",
    ActLevel.MUNICIPAL: "Муниципальный",
    ActLevel.INSTITUTE: "Институт развития образования",
    ActLevel.LOCAL: "Локальный акт организации",
}


class ActKind(StrEnum):
    """What an act is called."""

    LAW = "law"
    DECREE = "decree"
    RESOLUTION = "resolution"
    DIRECTIVE = "directive"
    ORDER = "order"
    LETTER = "letter"
    CONCEPT = "concept"
    STRATEGY = "strategy"
    PROGRAMME = "programme"
    STANDARD = "standard"
    REGULATION = "regulation"
    OTHER = "other"


ACT_KIND_LABELS = {
    ActKind.LAW: "Закон",
    ActKind.DECREE: "Указ",
    ActKind.RESOLUTION: "Постановление",
    ActKind.DIRECTIVE: "Распоряжение",
    ActKind.ORDER: "Приказ",
    ActKind.LETTER: "Письмо",
    ActKind.CONCEPT: "Концепция",
    ActKind.STRATEGY: "Стратегия",
    ActKind.PROGRAMME: "Программа, проект",
    ActKind.STANDARD: "Стандарт",
    ActKind.REGULATION: "Положение, устав, порядок",
    ActKind.OTHER: "Другой документ",
}


class RelationKind(StrEnum):
    """What one act does to another."""

    AMENDS = "amends"
    REPLACES = "replaces"


RELATION_LABELS = {RelationKind.AMENDS: "изменяет", RelationKind.REPLACES: "заменяет"}

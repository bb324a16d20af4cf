"""States of an order: drafted, its number and date entered by one person, confirmed by another."""

from enum import StrEnum

from innoset.documents.pure.kinds import ActKind, ActLevel
from innoset.foundation.workflow import Machine, Move

__all__ = [
    "ACT_KIND_LABELS",
    "ACT_LEVEL_LABELS",
    "ORDER",
    "ORDER_LABELS",
    "RELATION_LABELS",
    "ActKind",
    "ActLevel",
    "OrderState",
    "RelationKind",
    "S",
]


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


ACT_LEVEL_LABELS = {
    ActLevel.FEDERAL: "Федеральный",
    ActLevel.REGIONAL: "Региональный",
    ActLevel.MUNICIPAL: "Муниципальный",
    ActLevel.INSTITUTE: "Институт развития образования",
    ActLevel.LOCAL: "Локальный акт организации",
}


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

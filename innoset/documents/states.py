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

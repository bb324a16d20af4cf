"""The date of an order is a day of Moscow, whatever the hour."""

from datetime import date, datetime

import pytest

from innoset.documents.actions import enter_order
from innoset.documents.states import OrderState
from innoset.foundation.errors import Refusal
from tests import world

pytestmark = pytest.mark.django_db

JUST_AFTER_MIDNIGHT = datetime.fromisoformat("2026-11-22T00:30:00+03:00")


def test_an_order_of_today_is_taken_right_after_midnight() -> None:
    order = world.order(confirmed=False)
    enter_order(order, number="1", signed_on=date(2026, 11, 22), by=world.person(), at=JUST_AFTER_MIDNIGHT)
    order.refresh_from_db()
    assert (order.state, order.signed_on) == (OrderState.ENTERED, date(2026, 11, 22))


def test_an_order_of_tomorrow_is_refused() -> None:
    order = world.order(confirmed=False)
    with pytest.raises(Refusal) as no:
        enter_order(
            order, number="1", signed_on=date(2026, 11, 23), by=world.person(), at=JUST_AFTER_MIDNIGHT
        )
    assert (no.value.text, no.value.field) == (
        "Дата приказа ещё не наступила. Проверьте год и месяц.",
        "signed_on",
    )

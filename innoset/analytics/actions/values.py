"""Values that people enter. A correction takes the place of the old value; both stay."""

from datetime import date, datetime

from innoset.accounts.models import User
from innoset.analytics.models import Indicator, Measurement
from innoset.analytics.pure.indicators import share
from innoset.analytics.queries.indicators import is_same, live_value
from innoset.analytics.states import Scope, Source
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW


@action("analytics.record_value")
def record_value(measurement: Measurement, *, by: User, at: datetime) -> Measurement:
    """Write a value down with its source; an earlier value of the same holder and period is kept as replaced."""
    # The indicator is everybody's lock: of two who correct at once, the second sees the first.
    Indicator.objects.select_for_update().get(pk=measurement.indicator_id)
    check_value(measurement, today=at.astimezone(MOSCOW).date())
    before = live_value(measurement)
    if before is not None:
        if is_same(before, measurement):
            raise Refusal("Это значение уже внесено. Измените его или источник.", field="value")
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    measurement.recorded_at, measurement.recorded_by, measurement.replaced_at = at, by, None
    measurement.save()
    ledger.note(
        indicator=measurement.indicator.code,
        before=None if before is None else str(before.value),
        after=None if measurement.value is None else str(measurement.value),
        source=measurement.source_note,
    )
    return measurement


def _complete(measurement: Measurement) -> None:
    """Reckon a share from its parts: nobody enters it beside them."""
    if measurement.indicator.is_share and measurement.denominator is not None:
        measurement.value = share(measurement.numerator, measurement.denominator)


def check_value(measurement: Measurement, *, today: date) -> None:
    """Complete a share and refuse what cannot be written down."""
    _complete(measurement)
    indicator = measurement.indicator
    if indicator.source == Source.COUNTED:
        raise Refusal("Этот показатель считает сайт сам. Исправьте записи, из которых он складывается.")
    _check_holder(measurement)
    _check_period(measurement, today)
    _check_figures(measurement)
    if not measurement.source_note.strip():
        raise Refusal("Напишите, откуда взято значение.", field="source_note")


def _check_holder(measurement: Measurement) -> None:
    scope = measurement.indicator.scope
    if measurement.organisation is not None and measurement.municipality is not None:
        raise Refusal("Выберите что-то одно: организацию или муниципалитет.", field="municipality")
    if measurement.organisation is not None and scope != Scope.ORGANISATION:
        raise Refusal("По организациям этот показатель не ведут. Оставьте поле пустым.", field="organisation")
    if measurement.municipality is not None and scope == Scope.NETWORK:
        raise Refusal(
            "По муниципалитетам этот показатель не ведут. Оставьте поле пустым.", field="municipality"
        )


def _check_period(measurement: Measurement, today: date) -> None:
    if measurement.ends_on < measurement.starts_on:
        raise Refusal("Период заканчивается раньше, чем начинается. Исправьте даты.", field="ends_on")
    if measurement.ends_on > today:
        raise Refusal(
            "Период ещё не закончился. Укажите день, по который есть данные, и отметьте «За часть периода».",
            field="ends_on",
        )


def _check_figures(measurement: Measurement) -> None:
    numerator, denominator = measurement.numerator, measurement.denominator
    if not measurement.indicator.is_share and (numerator is not None or denominator is not None):
        raise Refusal("Числитель и знаменатель бывают только у доли. Впишите значение.", field="numerator")
    if measurement.is_floor and (measurement.value is None or denominator is not None):
        raise Refusal(
            "«Не меньше» бывает у числа, а не у доли с частями и не у пустого значения. Снимите отметку.",
            field="is_floor",
        )
    if denominator == 0:
        raise Refusal("Знаменатель не может быть нулём. Исправьте его.", field="denominator")
    if numerator is not None and denominator is None:
        raise Refusal("К числителю нужен знаменатель. Впишите его.", field="denominator")
    if numerator is not None and denominator is not None and numerator > denominator:
        raise Refusal("Числитель больше знаменателя. Исправьте числа.", field="numerator")
    for name, value in (("value", measurement.value), ("numerator", numerator), ("denominator", denominator)):
        if value is not None and value < 0:
            raise Refusal("Число не может быть меньше нуля. Исправьте его.", field=name)

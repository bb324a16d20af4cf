"""Writing lines into the ledger of a status, and keeping today's columns true to them."""

from datetime import date, datetime
from typing import Any

from innoset.accounts.models import User
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import MOSCOW
from innoset.network import notices
from innoset.network.models import Organisation, Status, StatusEvent
from innoset.network.pure.statuses import REASONS, Phase, first_contradiction, fold
from innoset.network.queries import facts_of, live_memberships
from innoset.network.states import FACT_LABELS, STATUS_LABELS, FactKind, Role, StatusState

_STATES = {
    Phase.PAUSED: StatusState.PAUSED,
    Phase.COMPLETED: StatusState.COMPLETED,
    Phase.TERMINATED: StatusState.TERMINATED,
}
_ENDINGS = (FactKind.COMPLETED, FactKind.TERMINATED)


@action("network.pause_status")
def pause_status(
    status: Status, *, on: date, until: date | None = None, note: str, by: User, at: datetime
) -> None:
    """Stop a status for a while, up to a day or until it is resumed; its term goes on."""
    require_day(status, on, at=at)
    _require_reason(note, "Напишите, почему статус приостанавливают.")
    if until is not None and not on <= until <= status.ends_on:
        raise Refusal(
            f"Последний день паузы должен быть от {on:%d.%m.%Y} до {status.ends_on:%d.%m.%Y}. Исправьте дату.",
            field="until",
        )
    write_fact(status, FactKind.PAUSED, on=on, note=note, by=by, at=at, ends_on=until)
    tell_staff(status, notices.STATUS_ENDED, at=at, about=f"paused:{on}", reason=note)


@action("network.resume_status")
def resume_status(status: Status, *, on: date, note: str = "", by: User, at: datetime) -> None:
    """Put a paused status back in force from a day."""
    require_day(status, on, at=at)
    write_fact(status, FactKind.RESUMED, on=on, note=note, by=by, at=at)
    tell_staff(status, notices.STATUS_ENDED, at=at, about=f"resumed:{on}", reason=note)


@action("network.extend_status")
def extend_status(
    status: Status, *, order: Order, ends_on: date, note: str = "", by: User, at: datetime
) -> None:
    """Make the term of a status longer by a confirmed order, from the day of the order."""
    if order.state != OrderState.CONFIRMED or order.signed_on is None:
        raise Refusal(
            "Приказ ещё не подтверждён вторым человеком. Сначала подтвердите приказ.", field="order"
        )
    on = max(order.signed_on, status.starts_on)
    if ends_on <= status.ends_on:
        raise Refusal(
            f"Статус и так действует по {status.ends_on:%d.%m.%Y}. Введите день позже этого.", field="ends_on"
        )
    require_day(status, on, at=at, field="order")
    note = note or f"Приказ {order.requisites}, {order.issuer}"
    write_fact(status, FactKind.EXTENDED, on=on, note=note, by=by, at=at, ends_on=ends_on, order=order)
    tell_staff(status, notices.STATUS_EXTENDED, at=at, about=f"extended:{ends_on}", order=order.requisites)


@action("network.pass_status")
def pass_status(
    status: Status,
    *,
    successor: Organisation,
    on: date,
    note: str,
    order: Order | None = None,
    by: User,
    at: datetime,
) -> None:
    """Hand a status over to a successor from a day; the whole history goes with it."""
    require_day(status, on, at=at)
    _require_reason(note, "Напишите, на каком основании статус переходит к преемнику.")
    hand_over(status, successor=successor, on=on, note=note, order=order, by=by, at=at)


@action("network.annul_fact")
def annul_fact(status: Status, *, fact: StatusEvent, note: str, by: User, at: datetime) -> None:
    """Declare a line of the ledger a mistake: it never happened, and the line itself stays to be seen."""
    if fact.status_id != status.pk or fact.kind == FactKind.ANNULLED:
        raise Refusal("Эту запись отменить нельзя. Если она неверна, внесите верную запись.")
    if StatusEvent.objects.filter(annuls=fact).exists():
        raise Refusal("Эта запись уже отменена.")
    _require_reason(note, "Напишите, в чём ошибка.")
    ledger.note(annuls=fact.event, annulled_on=fact.on.isoformat())
    write_fact(status, FactKind.ANNULLED, on=day_of(at), note=note, by=by, at=at, annuls=fact)
    tell_staff(status, notices.STATUS_ENDED, at=at, about=f"annulled:{fact.pk}", reason=note)


def hand_over(
    status: Status,
    *,
    successor: Organisation,
    on: date,
    note: str,
    order: Order | None = None,
    by: User,
    at: datetime,
) -> None:
    """Write that a status passed to a successor; refuse one who may not hold it."""
    if not successor.is_active:
        raise Refusal(f"Организация «{successor}» исключена из реестра. Выберите другую.", field="successor")
    twin = Status.objects.filter(
        organisation=successor, kind=status.kind_id, theme=status.theme, order=status.order_id
    ).exclude(pk=status.pk)
    if twin.exists():
        raise Refusal(
            f"У организации «{successor}» уже есть такой же статус по тому же приказу. Прекратите один из них.",
            field="successor",
        )
    on = max(on, status.starts_on)
    write_fact(status, FactKind.PASSED, on=on, note=note, by=by, at=at, holder=successor, order=order)
    tell_staff(status, notices.STATUS_PASSED, at=at, about=f"passed:{successor.pk}:{on}", reason=note)


def write_fact(
    status: Status, kind: FactKind, *, on: date, note: str, by: User | None, at: datetime, **facts: Any
) -> StatusEvent:
    """Add a line to the ledger and repeat today's answer in the columns; refuse what cannot have been."""
    line = StatusEvent.objects.create(
        status=status,
        kind=kind,
        on=on,
        event=FACT_LABELS[kind],
        note=note[:500],
        recorded_at=at,
        by=by,
        **facts,
    )
    lines = list(status.events.order_by("on", "pk"))
    _refuse_nonsense(lines)
    settle(status, lines, today=day_of(at))
    if kind != FactKind.GRANTED:
        ledger.note(on=on.isoformat(), note=note, status=status.pk)
    return line


def _refuse_nonsense(lines: list[StatusEvent]) -> None:
    found = first_contradiction(facts_of(lines))
    if found is None:
        return
    line = next(one for one in lines if one.pk == found.fact.number)
    raise Refusal(
        f"История статуса не сходится: {line.on:%d.%m.%Y} — «{line.event.lower()}», но {REASONS[found.reason]}. Исправьте дату или отмените лишнюю запись.",
        field="on",
    )


def settle(status: Status, lines: list[StatusEvent], *, today: date) -> None:
    """Make the columns say what the ledger says of today (of the first day, if it has not come)."""
    standing = fold(facts_of(lines), on=max(today, status.starts_on))
    status.ground, status.ending_note, status.ended_on = None, "", None
    if standing is None:
        status.state, status.ended_on, status.ending_note = (
            StatusState.ANNULLED,
            status.starts_on,
            "Присвоен по ошибке",
        )
    else:
        status.organisation_id, status.ends_on = standing.holder, standing.ends_on
        status.state = _STATES.get(standing.phase, StatusState.ACTIVE)
        status.stage_note = status.stage_note if status.state == StatusState.COMPLETED else ""
        if standing.phase in {Phase.COMPLETED, Phase.TERMINATED}:
            _settle_ending(status, lines, since=standing.since)
    status.save(
        update_fields=["organisation", "ends_on", "state", "ended_on", "ground", "ending_note", "stage_note"]
    )


def _settle_ending(status: Status, lines: list[StatusEvent], *, since: date) -> None:
    """Repeat the last ending that stands."""
    void = {line.annuls_id for line in lines}
    line = [one for one in lines if one.kind in _ENDINGS and one.on == since and one.pk not in void][-1]
    status.ended_on, status.ground = line.on, line.ground
    status.ending_note = line.note.removeprefix(str(line.ground)).removeprefix(". ")


def require_day(status: Status, on: date, *, at: datetime, field: str = "on") -> None:
    """Refuse a day before the status or after today."""
    if not status.starts_on <= on <= max(day_of(at), status.starts_on):
        raise Refusal(
            f"Дата должна быть не раньше {status.starts_on:%d.%m.%Y} и не позже сегодняшнего дня. Исправьте дату.",
            field=field,
        )


def _require_reason(note: str, text: str) -> None:
    if not note.strip():
        raise Refusal(text, field="note")


def tell_staff(status: Status, notice: Notice, *, at: datetime, about: str, **facts: str) -> None:
    """Tell the head and the staff of the holder what became of their status."""
    staff = live_memberships().filter(
        organisation=status.organisation_id, role__in=[Role.HEAD, Role.EDITOR], person__is_active=True
    )
    announce(
        notice,
        to=[membership.person for membership in staff.select_related("person")],
        at=at,
        about=f"status:{status.pk}:{about}",
        url=f"/statuses/{status.number}/",
        facts={
            "kind": status.kind.title,
            "organisation": status.organisation.short_name,
            "theme": status.theme,
            "state": STATUS_LABELS[StatusState(status.state)].lower(),
            "starts": f"{status.starts_on:%d.%m.%Y}",
            "ends": f"{status.ends_on:%d.%m.%Y}",
            **facts,
        },
    )


def day_of(at: datetime) -> date:
    """Return the Moscow day of a moment."""
    return at.astimezone(MOSCOW).date()

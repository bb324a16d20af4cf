"""Granting and ending statuses."""

from datetime import date, datetime, timedelta

from innoset.accounts.models import User
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.network import notices
from innoset.network.actions.facts import day_of, tell_staff, write_fact
from innoset.network.models import EndingGround, Organisation, Status, StatusKind
from innoset.network.queries.completion import completion_checklist
from innoset.network.states import STATUS, FactKind, StatusState


@action("network.grant_status")
def grant_status(
    organisation: Organisation,
    *,
    kind: StatusKind,
    theme: str,
    order: Order,
    starts_on: date,
    ends_on: date | None = None,
    origin: str = "",
    by: User,
    at: datetime,
) -> Status:
    """Grant a status by a confirmed order; without an end it lasts for the term of its kind."""
    ends_on = ends_on or end_of_term(starts_on, kind.term_years)
    _refuse_grant(organisation, kind=kind, theme=theme, order=order, term=(starts_on, ends_on))
    status = Status.objects.create(
        number=_next_number(kind, starts_on),
        organisation=organisation,
        kind=kind,
        theme=theme,
        order=order,
        starts_on=starts_on,
        ends_on=ends_on,
        origin=origin,
        created_at=at,
    )
    note = f"Приказ {order.requisites}, {order.issuer}"
    facts = {"ends_on": ends_on, "holder": organisation, "order": order}
    write_fact(status, FactKind.GRANTED, on=starts_on, note=note, by=by, at=at, **facts)
    ledger.note(status=status.pk, kind=kind.code, theme=theme, order=str(order), ends_on=ends_on.isoformat())
    tell_staff(status, notices.STATUS_GRANTED, at=at, about="granted", order=order.requisites)
    return status


@action("network.complete_status")
def complete_status(
    status: Status, *, on: date | None = None, note: str = "", by: User, at: datetime
) -> None:
    """End a status whose work is done; early, or without what it had to show, a reason is needed."""
    on = on or day_of(at)
    _require_move(status, "complete", on=on, at=at)
    if on < status.ends_on and not note.strip():
        raise Refusal(
            f"Срок статуса ещё не вышел: он действует по {status.ends_on:%d.%m.%Y}. Напишите, почему работа завершена раньше.",
            field="note",
        )
    status.stage_note = _reason_for_gaps(status, note)
    write_fact(status, FactKind.COMPLETED, on=on, note=note, by=by, at=at)
    tell_staff(status, notices.STATUS_ENDED, at=at, about=f"completed:{on}", reason=note)


@action("network.terminate_status")
def terminate_status(
    status: Status, *, ground: EndingGround, on: date | None = None, note: str = "", by: User, at: datetime
) -> None:
    """End a status before its term, on a ground from the dictionary."""
    on = on or day_of(at)
    _require_move(status, "terminate", on=on, at=at)
    kinds = set(ground.kinds.values_list("pk", flat=True))
    if not ground.is_active or (kinds and status.kind_id not in kinds):
        raise Refusal(f"Основание «{ground}» не подходит к этому статусу. Выберите другое.", field="ground")
    ledger.note(ground=ground.code)
    reason = f"{ground}. {note}".strip() if note else str(ground)
    write_fact(status, FactKind.TERMINATED, on=on, note=reason, by=by, at=at, ground=ground)
    tell_staff(status, notices.STATUS_ENDED, at=at, about=f"terminated:{on}", reason=reason)


@action("network.restore_status")
def restore_status(status: Status, *, note: str, by: User, at: datetime) -> None:
    """Put an ended status back in force within its term; the reason is kept."""
    STATUS.move("restore", status.state)
    today = day_of(at)
    if not note.strip():
        raise Refusal("Напишите, почему статус восстанавливают.", field="note")
    if status.ends_on < today:
        raise Refusal(
            f"Срок статуса вышел {status.ends_on:%d.%m.%Y}, восстановить его нельзя. Присвойте новый статус по новому приказу."
        )
    write_fact(status, FactKind.RESTORED, on=today, note=note, by=by, at=at)
    tell_staff(status, notices.STATUS_ENDED, at=at, about=f"restored:{at.isoformat()}", reason=note)


@action("network.edit_status_kind")
def edit_status_kind(
    kind: StatusKind,
    *,
    title: str,
    term_years: int,
    is_active: bool,
    by: User,
    at: datetime,
) -> None:
    """Change a line of the dictionary of statuses; statuses already granted keep their terms."""
    del by, at
    ledger.note(before=[kind.title, kind.term_years, kind.is_active], after=[title, term_years, is_active])
    if term_years < 1:
        raise Refusal(
            "Срок статуса не бывает короче одного года. Введите целое число лет.", field="term_years"
        )
    kind.title, kind.term_years, kind.is_active = title, term_years, is_active
    kind.save(update_fields=["title", "term_years", "is_active"])


@action("network.edit_ending_ground")
def edit_ending_ground(ground: EndingGround, *, title: str, is_active: bool, by: User, at: datetime) -> None:
    """Change a ground of the dictionary; what was ended on it keeps its wording in the history."""
    del by, at
    ledger.note(before=[ground.title, ground.is_active], after=[title, is_active])
    ground.title, ground.is_active = title, is_active
    ground.save(update_fields=["title", "is_active"])


def end_of_term(starts_on: date, years: int) -> date:
    """Return the last day of a term: three years from 1 September 2026 end on 31 August 2029."""
    day = 28 if (starts_on.month, starts_on.day) == (2, 29) else starts_on.day
    last = starts_on.replace(year=starts_on.year + years, day=day)
    return last if day != starts_on.day else last - timedelta(days=1)


def _refuse_grant(
    organisation: Organisation, *, kind: StatusKind, theme: str, order: Order, term: tuple[date, date]
) -> None:
    starts_on, ends_on = term
    if order.state != OrderState.CONFIRMED:
        raise Refusal(
            "Приказ ещё не подтверждён вторым человеком. Сначала подтвердите приказ.", field="order"
        )
    if not kind.is_active:
        raise Refusal(f"Статус «{kind}» больше не присваивают. Выберите другой.", field="kind")
    if not organisation.is_active:
        raise Refusal(f"Организация «{organisation}» исключена из реестра. Сначала верните её.")
    if not theme.strip():
        raise Refusal("Введите тему, по которой присвоен статус.", field="theme")
    if ends_on <= starts_on:
        raise Refusal("Статус должен заканчиваться позже, чем начинается. Исправьте даты.", field="ends_on")
    same = Status.objects.filter(organisation=organisation, kind=kind, theme=theme)
    if same.filter(order=order).exists():
        raise Refusal(f"По приказу {order.requisites} этот статус уже присвоен организации «{organisation}».")
    if same.filter(state=StatusState.ACTIVE, ends_on__gte=starts_on, starts_on__lte=ends_on).exists():
        raise Refusal(
            f"У организации «{organisation}» уже действует статус «{kind.abbreviation}» с этой темой. Сначала завершите его."
        )


def _require_move(status: Status, move: str, *, on: date, at: datetime) -> None:
    STATUS.move(move, status.state)
    if not status.starts_on <= on <= day_of(at):
        raise Refusal(
            f"Дата окончания должна быть не раньше {status.starts_on:%d.%m.%Y} и не позже сегодняшнего дня. Исправьте дату.",
            field="on",
        )


def _reason_for_gaps(status: Status, note: str) -> str:
    """Return the reason to keep when a status ends without what it had to show; refuse without one."""
    missing = [check.title.lower() for check in completion_checklist(status) if not check.is_met]
    if missing and not note.strip():
        raise Refusal(
            f"В рамках статуса не хватает: {', '.join(missing)}. Внесите это в сведения о распространении опыта или напишите в пояснении, почему работу завершают без этого.",
            field="note",
        )
    return note[:500] if missing else ""


def _next_number(kind: StatusKind, starts_on: date) -> str:
    """Return the next free number of a kind and a year, such as kip-2026-013."""
    # The line of the dictionary is everybody's lock: two who grant at once get two numbers.
    StatusKind.objects.select_for_update().get(pk=kind.pk)
    series = f"{kind.code}-{starts_on.year}-"
    taken = Status.objects.filter(number__startswith=series).values_list("number", flat=True)
    last = max((int(number.removeprefix(series)) for number in taken), default=0)
    return f"{series}{last + 1:03d}"

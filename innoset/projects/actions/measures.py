"""Writing a roadmap: measures come, are corrected and marked, go; an approved one remembers why."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW
from innoset.projects.models import Roadmap, RoadmapChange, RoadmapItem
from innoset.projects.pure.roadmap.measures import WHOLE
from innoset.projects.queries.roadmaps import MARKS, TOLD, said_of
from innoset.projects.states import RoadmapState

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
STALE: Final = (
    "Пока вы писали, это мероприятие изменил другой человек. Ваш текст цел. "
    "Сравните его с тем, что в карте сейчас, и сохраните ещё раз."
)
WAITS: Final = "Карта на утверждении, менять её нельзя. Отзовите её и внесите изменения."
NO_REASON: Final = "Карта утверждена. Напишите, почему её меняете: причина останется в истории."
GONE: Final = "Этого мероприятия в карте уже нет. Обновите страницу."


@action("projects.add_measure")
def add_measure(
    roadmap: Roadmap,
    *,
    values: Mapping[str, Any],
    by: Any,
    at: datetime,
    reason: str = "",
    origin: str = "",
) -> RoadmapItem:
    """Add a measure; to an approved roadmap only with a reason."""
    require_open(roadmap, reason)
    item = RoadmapItem(roadmap=roadmap, origin=origin, position=_next_position(roadmap))
    _put(item, values, at)
    item.save()
    after = {name: value for name, value in said_of(item).items() if value not in ("", None)}
    _remember(roadmap, item, {}, after, reason, by=by, at=at)
    ledger.note(measure=item.position, added=True)
    return item


@action("projects.correct_measure")
def correct_measure(
    roadmap: Roadmap,
    *,
    item: RoadmapItem,
    seen: int,
    values: Mapping[str, Any],
    by: Any,
    at: datetime,
    reason: str = "",
) -> RoadmapItem:
    """Change what is to be done, when or by whom; of an approved roadmap only with a reason."""
    now = locked(roadmap, item, seen)
    before = said_of(now)
    _put(now, {name: value for name, value in values.items() if name not in MARKS}, at)
    changed = _changed(before, said_of(now))
    if now.responsible_person_id == item.responsible_person_id and not changed:
        return now
    require_open(roadmap, reason)
    _save(now)
    _remember(
        roadmap,
        now,
        {name: before[name] for name in changed},
        {name: said_of(now)[name] for name in changed},
        reason,
        by=by,
        at=at,
    )
    ledger.note(measure=now.position, changed=changed)
    return now


@action("projects.mark_measure")
def mark_measure(
    roadmap: Roadmap, *, item: RoadmapItem, seen: int, values: Mapping[str, Any], by: Any, at: datetime
) -> RoadmapItem:
    """Mark how much is done; this is no correction and needs no reason."""
    now = locked(roadmap, item, seen)
    before = said_of(now)
    _put(now, {name: value for name, value in values.items() if name in (*MARKS, "dissemination")}, at)
    changed = _changed(before, said_of(now))
    if changed or now.dissemination_id != item.dissemination_id:
        _save(now)
    ledger.note(measure=now.position, changed=changed)
    return now


@action("projects.drop_measure")
def drop_measure(
    roadmap: Roadmap, *, item: RoadmapItem, seen: int, by: Any, at: datetime, reason: str = ""
) -> None:
    """Take a measure away: out of a draft for good, out of an approved roadmap with a reason, kept to be seen."""
    now = locked(roadmap, item, seen)
    require_open(roadmap, reason)
    ledger.note(measure=now.position, dropped=now.title)
    if roadmap.state == RoadmapState.DRAFT:
        now.delete()
        return
    now.dropped_at, now.drop_reason = at, reason
    _save(now)
    _remember(roadmap, now, {"dropped": False}, {"dropped": True}, reason, by=by, at=at)


@action("projects.restore_measure")
def restore_measure(
    roadmap: Roadmap, *, item: RoadmapItem, seen: int, by: Any, at: datetime, reason: str = ""
) -> None:
    """Bring a dropped measure back, with a reason."""
    now = locked(roadmap, item, seen, is_dropped=True)
    require_open(roadmap, reason)
    now.dropped_at, now.drop_reason = None, ""
    _save(now)
    _remember(roadmap, now, {"dropped": True}, {"dropped": False}, reason, by=by, at=at)
    ledger.note(measure=now.position, restored=now.title)


def require_open(roadmap: Roadmap, reason: str) -> None:
    """Refuse to change what waits for approval, and to change what was approved without saying why."""
    if roadmap.state == RoadmapState.SENT:
        raise Refusal(WAITS)
    if roadmap.state == RoadmapState.APPROVED and not reason.strip():
        raise Refusal(NO_REASON, field="reason")


def locked(roadmap: Roadmap, item: RoadmapItem, seen: int, *, is_dropped: bool = False) -> RoadmapItem:
    """Return the measure as it is now; refuse when it is gone or is not what the page showed."""
    now = roadmap.items.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if now is None or (now.dropped_at is not None) != is_dropped:
        raise Refusal(GONE)
    if now.version != seen:
        raise Refusal(STALE)
    return now


def _next_position(roadmap: Roadmap) -> int:
    last = roadmap.items.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _put(item: RoadmapItem, values: Mapping[str, Any], at: datetime) -> None:
    """Give the measure its values, or refuse what cannot be."""
    for name, value in values.items():
        setattr(item, name, " ".join(value.split()) if isinstance(value, str) else value)
    today = at.astimezone(MOSCOW).date()
    if item.done_percent == WHOLE and item.done_on is None:
        item.done_on = today
    _check(item, today)


def _check(item: RoadmapItem, today: date) -> None:
    if not item.title:
        raise Refusal("Заполните поле «Мероприятие».", field="title")
    if item.ends_on is None:
        raise Refusal("Заполните поле «Срок».", field="ends_on")
    days = ((item.starts_on, "starts_on"), (item.ends_on, "ends_on"), (item.done_on, "done_on"))
    for day, name in days:
        if day is not None and not EARLIEST <= day <= LATEST:
            raise Refusal(f"Проверьте год: {day.year}. Нужен год с 2000 по 2099.", field=name)
    if item.starts_on is not None and item.starts_on > item.ends_on:
        raise Refusal("Начало позже срока. Поменяйте даты местами.", field="starts_on")
    proof = item.dissemination
    if proof is not None and proof.organisation_id != item.roadmap.organisation_id:
        raise Refusal("Это запись другой организации. Выберите свою.", field="dissemination")
    _check_done(item, today)


def _check_done(item: RoadmapItem, today: date) -> None:
    if not 0 <= item.done_percent <= WHOLE:
        raise Refusal("Выполнено может быть от 0 до 100 %.", field="done_percent")
    if item.done_on is None:
        return
    if item.done_percent < WHOLE:
        raise Refusal(
            "Есть дата выполнения, но выполнено меньше 100 %. Исправьте одно из двух.", field="done_on"
        )
    if item.done_on > today:
        raise Refusal("Дата выполнения ещё не наступила. Исправьте её.", field="done_on")


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in (*TOLD, *MARKS) if before[name] != after[name]]


def _save(item: RoadmapItem) -> None:
    item.version += 1
    item.save()


def _remember(
    roadmap: Roadmap,
    item: RoadmapItem,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str,
    *,
    by: Any,
    at: datetime,
) -> None:
    """Keep a correction of an approved roadmap; a draft may change as often as it likes."""
    if roadmap.state == RoadmapState.APPROVED:
        RoadmapChange.objects.create(
            roadmap=roadmap, item=item, at=at, by=by, reason=reason.strip(), before=before, after=after
        )

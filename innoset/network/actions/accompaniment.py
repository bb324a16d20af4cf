"""Who accompanies a site, and the log of what was advised."""

from collections.abc import Mapping
from datetime import date, datetime

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import MOSCOW
from innoset.network import notices
from innoset.network.models import Accompaniment, Consultation, Status
from innoset.network.queries import is_registry_keeper, live_memberships
from innoset.network.queries.accompaniment import people_for_part
from innoset.network.states import PART_LABELS, Part, Role, StatusState

EDITABLE = (
    "on",
    "topic",
    "participants",
    "people",
    "minutes",
    "is_remote",
    "advice",
)
LONGEST = 24 * 60
_STAFF = (Role.HEAD, Role.EDITOR)


@action("network.name_companion")
def name_companion(accompaniment: Accompaniment, *, by: User, at: datetime) -> Accompaniment:
    """Let a person accompany a site from a day on; a site has one methodist at a time."""
    today = at.astimezone(MOSCOW).date()
    _refuse_place(accompaniment, today=today)
    _refuse_person(accompaniment, by=by)
    accompaniment.save()
    ledger.note(person=accompaniment.person_id, status=accompaniment.status_id, part=accompaniment.part)
    _tell(accompaniment, notices.COMPANION_NAMED, at=at)
    return accompaniment


@action("network.end_accompaniment")
def end_accompaniment(accompaniment: Accompaniment, *, on: date, by: User, at: datetime) -> None:
    """Let a person accompany a site no longer; what they advised stays."""
    del by
    if accompaniment.until is not None:
        raise Refusal(f"Сопровождение уже прекращено {accompaniment.until:%d.%m.%Y}.")
    if not accompaniment.since <= on <= at.astimezone(MOSCOW).date():
        raise Refusal(
            f"Последний день должен быть не раньше {accompaniment.since:%d.%m.%Y} и не позже сегодняшнего. Исправьте дату.",
            field="on",
        )
    accompaniment.until = on
    accompaniment.save(update_fields=["until"])
    ledger.note(until=on.isoformat())
    _tell(accompaniment, notices.COMPANION_LEFT, at=at)


@action("network.record_consultation")
def record_consultation(consultation: Consultation, *, by: User, at: datetime) -> Consultation:
    """Write a consultation down in the log."""
    _refuse_consultation(consultation, at=at)
    same = Consultation.objects.filter(
        given_by=by,
        organisation=consultation.organisation,
        on=consultation.on,
        topic=consultation.topic.strip(),
    )
    if same.exists():
        raise Refusal("Консультация с этой темой в этот день уже записана. Проверьте список.", field="topic")
    consultation.topic, consultation.recorded_at = consultation.topic.strip(), at
    consultation.save()
    ledger.note(organisation=consultation.organisation.number, on=consultation.on.isoformat())
    return consultation


@action("network.edit_consultation")
def edit_consultation(
    consultation: Consultation, *, values: Mapping[str, object], by: User, at: datetime
) -> None:
    """Change what is given and differs; where and on which site it was stays."""
    del by
    changed = [name for name in EDITABLE if name in values and getattr(consultation, name) != values[name]]
    for name in changed:
        setattr(consultation, name, values[name])
    _refuse_consultation(consultation, at=at)
    consultation.save(update_fields=[*changed, "topic"])
    ledger.note(changed=changed)


def _refuse_place(accompaniment: Accompaniment, *, today: date) -> None:
    status = accompaniment.status
    if status.state not in (StatusState.ACTIVE, StatusState.PAUSED) or status.ends_on < today:
        raise Refusal(
            f"Статус «{status}» уже не действует. Выберите площадку с действующим статусом.", field="status"
        )
    if not status.starts_on <= accompaniment.since <= today:
        raise Refusal(
            f"Сопровождение начинается не раньше {status.starts_on:%d.%m.%Y} и не позже сегодняшнего дня. Исправьте дату.",
            field="since",
        )


def _refuse_person(accompaniment: Accompaniment, *, by: User) -> None:
    part, place = Part(accompaniment.part), accompaniment.status.organisation
    municipality = None if is_registry_keeper(by) else place.municipality_id
    if not people_for_part(part, municipality=municipality).filter(pk=accompaniment.person_id).exists():
        raise Refusal(
            f"У этого человека нет роли для части «{PART_LABELS[part]}». Сначала пригласите его в этой роли.",
            field="person",
        )
    is_staff = live_memberships().filter(person=accompaniment.person, organisation=place, role__in=_STAFF)
    if part is not Part.TUTOR and is_staff.exists():
        raise Refusal("Этот человек работает на самой площадке. Выберите другого.", field="person")
    live = Accompaniment.objects.filter(status=accompaniment.status, part=part, until=None)
    if live.filter(person=accompaniment.person).exists():
        raise Refusal("Этот человек уже сопровождает площадку в этой роли.", field="person")
    other = live.select_related("person").first() if part is Part.METHODIST else None
    if other is not None:
        raise Refusal(
            f"У площадки уже есть сетевой методист: {other.person.full_name}. Сначала прекратите его сопровождение.",
            field="part",
        )


def _refuse_consultation(consultation: Consultation, *, at: datetime) -> None:
    if not consultation.topic.strip():
        raise Refusal("Напишите тему консультации.", field="topic")
    if consultation.on > at.astimezone(MOSCOW).date():
        raise Refusal("Записывают проведённую консультацию. Введите день не позже сегодняшнего.", field="on")
    if consultation.people < 1:
        raise Refusal("На консультации был хотя бы один участник. Исправьте число.", field="people")
    if consultation.minutes is not None and not 1 <= consultation.minutes <= LONGEST:
        raise Refusal("Введите продолжительность в минутах: от 1 до 1440.", field="minutes")
    status: Status | None = consultation.status
    if status is not None and status.organisation_id != consultation.organisation_id:
        raise Refusal(
            "Эта площадка принадлежит другой организации. Выберите площадку ещё раз.", field="status"
        )


def _tell(accompaniment: Accompaniment, notice: Notice, *, at: datetime) -> None:
    status = accompaniment.status
    staff = live_memberships().filter(
        organisation=status.organisation_id, role__in=_STAFF, person__is_active=True
    )
    announce(
        notice,
        to=[accompaniment.person, *(one.person for one in staff.select_related("person"))],
        at=at,
        about=f"accompaniment:{accompaniment.pk}",
        url=f"/organisations/{status.organisation.number}/",
        facts={
            "person": accompaniment.person.full_name,
            "part": PART_LABELS[Part(accompaniment.part)].lower(),
            "organisation": status.organisation.short_name,
            "theme": status.theme,
        },
    )

"""Working groups of the network and who is in them."""

from datetime import date, datetime

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import MOSCOW
from innoset.network import notices
from innoset.network.models import WorkingGroup, WorkingGroupMember
from innoset.network.queries.accompaniment import people_to_ask


@action("network.make_group")
def make_group(group: WorkingGroup, *, by: User, at: datetime) -> WorkingGroup:
    """Found a working group of an organisation."""
    del by
    _check(group, at=at)
    same = WorkingGroup.objects.filter(organisation=group.organisation, title=group.title, until=None)
    if same.exists():
        raise Refusal(
            "У этой организации уже есть группа с таким названием. Измените название.", field="title"
        )
    group.created_at = at
    group.save()
    return group


@action("network.edit_group")
def edit_group(
    group: WorkingGroup, *, title: str, purpose: str, until: date | None, by: User, at: datetime
) -> None:
    """Change what a group is called and for; with a last day it ends, and its members leave with it."""
    del by
    ledger.note(before=[group.title, str(group.until)], after=[title, str(until)])
    group.title, group.purpose, group.until = title, purpose, until
    _check(group, at=at)
    group.save(update_fields=["title", "purpose", "until"])
    if until is not None:
        for member in group.members.filter(until=None):
            member.until = max(until, member.since)
            member.save(update_fields=["until"])


@action("network.join_group")
def join_group(
    group: WorkingGroup, *, person: User, is_leader: bool = False, by: User, at: datetime
) -> WorkingGroupMember:
    """Take a person into the group; whoever is in it already only becomes (or stops being) its leader."""
    if group.until is not None:
        raise Refusal(f"Группа закончила работу {group.until:%d.%m.%Y}. Людей в неё не включают.")
    if not people_to_ask(by).filter(pk=person.pk).exists():
        raise Refusal("Этого человека вы не можете включить в группу. Выберите из списка.", field="person")
    if is_leader:
        group.members.filter(until=None, is_leader=True).exclude(person=person).update(is_leader=False)
    member, fresh = WorkingGroupMember.objects.update_or_create(
        group=group,
        person=person,
        until=None,
        defaults={"is_leader": is_leader},
        create_defaults={"is_leader": is_leader, "since": _day(at)},
    )
    ledger.note(person=person.pk, is_leader=is_leader)
    if fresh and person != by:
        announce(
            notices.GROUP_JOINED,
            to=[person],
            at=at,
            about=f"group:{group.pk}:{member.pk}",
            url=f"/office/groups/{group.pk}/",
            facts={"group": group.title, "purpose": group.purpose or "Задачу расскажет руководитель группы."},
        )
    return member


@action("network.leave_group")
def leave_group(group: WorkingGroup, *, person: User, by: User, at: datetime) -> None:
    """Let a person out of the group; that they were in it is kept."""
    del by
    member = group.members.filter(person=person, until=None).first()
    if member is None:
        raise Refusal("Этого человека в группе уже нет. Обновите страницу.")
    member.until = max(_day(at), member.since)
    member.save(update_fields=["until"])
    ledger.note(person=person.pk)


def _check(group: WorkingGroup, *, at: datetime) -> None:
    if not group.title.strip():
        raise Refusal("Назовите группу.", field="title")
    if group.since > _day(at):
        raise Refusal("Группа начинает работу не позже сегодняшнего дня. Исправьте дату.", field="since")
    if group.until is not None and not group.since <= group.until <= _day(at):
        raise Refusal(
            f"Последний день работы группы: не раньше {group.since:%d.%m.%Y} и не позже сегодняшнего.",
            field="until",
        )


def _day(at: datetime) -> date:
    return at.astimezone(MOSCOW).date()

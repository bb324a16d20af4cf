"""The team of a project, and the organisations that join it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import MOSCOW
from innoset.network.queries import live_memberships
from innoset.projects import notices
from innoset.projects.models import Partnership, Project, TeamMember
from innoset.projects.queries import teams as queries
from innoset.projects.states import PARTNERSHIP, TEAM_LABELS, PartnershipState, TeamPart

EDITABLE = ("name", "position", "degree", "part")
LIVE = (PartnershipState.INVITED, PartnershipState.ACCEPTED)
_NAME, _COLUMN = 2, 200


@action("projects.add_team_member")
def add_team_member(member: TeamMember, *, by: Any, at: datetime) -> TeamMember:
    """Take a person into the team of a project, with an account or without."""
    if member.since > _day(at):
        raise Refusal("Человек входит в команду не позже сегодняшнего дня. Исправьте дату.", field="since")
    _check(member)
    member.save()
    ledger.note(project=member.project.number, part=member.part)
    return member


@action("projects.edit_team_member")
def edit_team_member(member: TeamMember, *, values: Mapping[str, str], by: Any, at: datetime) -> None:
    """Change how a member is called and what they are in the team."""
    _require_live(member)
    changed = [name for name in EDITABLE if name in values and getattr(member, name) != values[name]]
    for name in changed:
        setattr(member, name, values[name])
    _check(member)
    member.save(update_fields=[*changed, "name"])
    ledger.note(changed=changed)


@action("projects.end_team_member")
def end_team_member(member: TeamMember, *, by: Any, at: datetime) -> None:
    """Let a person out of the team; that they were in it is kept."""
    _require_live(member)
    member.until = max(_day(at), member.since)
    member.save(update_fields=["until"])


@action("projects.propose_team")
def propose_team(project: Project, *, by: Any, at: datetime) -> list[TeamMember]:
    """Take the people of the passport into the team at once; whoever is in it already is not doubled."""
    known = queries.staff_by_name(project.organisation)
    found = [
        TeamMember(
            project=project,
            person=known.get(one.name),
            name=one.name[:_COLUMN],
            position=one.position[:_COLUMN],
            degree=one.degree[:_COLUMN],
            part=part,
            since=_day(at),
        )
        for one, part in queries.proposed_team(project)
    ]
    if not found:
        raise Refusal("В полях паспорта об авторах и научном руководителе нет новых людей.")
    for member in found:
        member.save()
    ledger.note(added=len(found))
    return found


@action("projects.invite_partner")
def invite_partner(partnership: Partnership, *, by: Any, at: datetime) -> Partnership:
    """Invite an organisation into a project; its people are told and answer."""
    partner, project = partnership.organisation, partnership.project
    if partner.pk == project.organisation_id:
        raise Refusal("Проект уже ваш: выберите другую организацию.", field="organisation")
    if not (partner.is_active and partner.is_verified):
        raise Refusal("Этой организации нет в реестре сети. Выберите другую.", field="organisation")
    if not partnership.purpose.strip():
        raise Refusal("Напишите, что вы предлагаете делать вместе.", field="purpose")
    if project.partnerships.filter(organisation=partner, state__in=LIVE).exists():
        raise Refusal("Эта организация уже приглашена или уже партнёр проекта.", field="organisation")
    partnership.state, partnership.purpose = PartnershipState.INVITED, partnership.purpose.strip()
    partnership.invited_at, partnership.invited_by = at, by
    partnership.save()
    ledger.note(project=project.number, partner=partner.number)
    _tell(partnership, notices.PARTNER_INVITED, to=queries.sides_of(partnership, of_partner=True), at=at)
    return partnership


@action("projects.accept_partnership")
def accept_partnership(partnership: Partnership, *, answer: str = "", by: Any, at: datetime) -> None:
    """Join the project; its organisation is told."""
    _answer(partnership, "accept", answer, by=by, at=at)
    _tell(partnership, notices.PARTNER_ACCEPTED, to=queries.sides_of(partnership, of_partner=False), at=at)


@action("projects.decline_partnership")
def decline_partnership(partnership: Partnership, *, answer: str, by: Any, at: datetime) -> None:
    """Decline with a reason, which the project's organisation reads."""
    if not answer.strip():
        raise Refusal("Напишите причину: её прочтут те, кто вас пригласил.", field="answer")
    _answer(partnership, "decline", answer, by=by, at=at)
    _tell(partnership, notices.PARTNER_DECLINED, to=queries.sides_of(partnership, of_partner=False), at=at)


@action("projects.withdraw_partnership")
def withdraw_partnership(partnership: Partnership, *, by: Any, at: datetime) -> None:
    """Take back an invitation that nobody has answered; those who were asked are told."""
    partnership.state = PARTNERSHIP.move("withdraw", partnership.state).target
    partnership.save(update_fields=["state"])
    _tell(partnership, notices.PARTNER_WITHDRAWN, to=queries.sides_of(partnership, of_partner=True), at=at)


@action("projects.end_partnership")
def end_partnership(partnership: Partnership, *, answer: str, by: Any, at: datetime) -> None:
    """End the work together, by either side and with words for the other; both are told."""
    partnership.state = PARTNERSHIP.move("end", partnership.state).target
    if not answer.strip():
        raise Refusal("Напишите, чем закончилось сотрудничество: это прочтут обе стороны.", field="answer")
    partnership.ended_on, partnership.answer = _day(at), answer.strip()
    partnership.save(update_fields=["state", "ended_on", "answer"])
    both = [
        *queries.sides_of(partnership, of_partner=True),
        *queries.sides_of(partnership, of_partner=False),
    ]
    _tell(partnership, notices.PARTNER_ENDED, to=[one for one in both if one != by], at=at)


def _answer(partnership: Partnership, move: str, answer: str, *, by: Any, at: datetime) -> None:
    partnership.state = PARTNERSHIP.move(move, partnership.state).target
    partnership.answer, partnership.answered_at, partnership.answered_by = answer.strip(), at, by
    partnership.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    ledger.note(answer=answer.strip())


def _check(member: TeamMember) -> None:
    member.name = " ".join(member.name.split())
    if len(member.name.split()) < _NAME:
        raise Refusal("Напишите фамилию, имя и отчество.", field="name")
    others = member.project.team.filter(name=member.name, part=member.part, until=None)
    if others.exclude(pk=member.pk).exists():
        part = TEAM_LABELS[TeamPart(member.part)].lower()
        raise Refusal(f"{member.name} уже в команде: {part}. Выберите другую роль.", field="name")
    works_here = live_memberships().filter(person=member.person, organisation=member.project.organisation)
    if member.person is not None and not works_here.exists():
        raise Refusal("Учётная запись принадлежит человеку из другой организации.", field="person")


def _require_live(member: TeamMember) -> None:
    if member.until is not None:
        raise Refusal(f"{member.name} уже не в команде с {member.until:%d.%m.%Y}. Обновите страницу.")


def _tell(partnership: Partnership, notice: Notice, *, to: list[Any], at: datetime) -> None:
    announce(
        notice,
        to=to,
        at=at,
        about=f"partnership:{partnership.pk}",
        url=f"/cabinet/partnerships/{partnership.pk}/",
        facts={
            "project": partnership.project.title,
            "owner": partnership.project.organisation.short_name,
            "partner": partnership.organisation.short_name,
            "purpose": partnership.purpose,
            "answer": partnership.answer,
        },
    )


def _day(at: datetime) -> date:
    return at.astimezone(MOSCOW).date()

"""A winner of a municipal contest goes up: it is put forward, released, then accepted or declined above."""

from datetime import datetime
from typing import Any

from innoset.contests.actions.applications import enter
from innoset.contests.actions.copying import carry
from innoset.contests.models import Advancement, Application, Contest
from innoset.contests.notices import advancements as notices
from innoset.contests.queries import advancements as queries
from innoset.contests.queries.applications import objection_to_start, organisers_of, team_of
from innoset.contests.queries.copying import plan_of
from innoset.contests.states import ADVANCEMENT, AdvancementState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.projects.actions import passports
from innoset.projects.models import Project

LONGEST = 500


@action("contests.put_forward")
def put_forward(
    application: Application, *, contest: Contest, reason: str, by: Any, at: datetime
) -> Advancement:
    """Propose a winner for a contest above; the upper level learns nothing of it yet."""
    if objection := queries.objection_to_putting_forward(application, contest, at):
        raise Refusal(objection, field="contest")
    earlier = application.advancements.filter(contest=contest).first()
    if earlier is not None and not ADVANCEMENT.allows("propose_again", earlier.state):
        raise Refusal("Эту работу на этот конкурс уже выдвинули.", field="contest")
    advancement = earlier or Advancement(application=application, contest=contest)
    for name in ("released_at", "released_by", "answered_at", "answered_by"):
        setattr(advancement, name, None)
    advancement.state, advancement.answer = AdvancementState(ADVANCEMENT.start), ""
    advancement.reason, advancement.proposed_at, advancement.proposed_by = _said(reason), at, by
    advancement.save()
    ledger.note(contest=contest.code)
    return advancement


@action("contests.release_advancement")
def release(advancement: Advancement, *, by: Any, at: datetime) -> None:
    """Show the winner to the organisers above: from now on they may answer."""
    objection = queries.objection_to_putting_forward(advancement.application, advancement.contest, at)
    if objection:
        raise Refusal(objection)
    _move(advancement, "release")
    advancement.released_at, advancement.released_by = at, by
    advancement.save()
    _tell(advancement, notices.RELEASED, organisers_of(advancement.contest), at=at, page="above")


@action("contests.withdraw_advancement")
def withdraw(advancement: Advancement, *, by: Any, at: datetime) -> None:
    """Take the winner back before it is answered; the upper level sees it no more."""
    del by
    was_shown = advancement.state == AdvancementState.RELEASED
    _move(advancement, "withdraw")
    advancement.save()
    if was_shown:
        _tell(advancement, notices.TAKEN_BACK, organisers_of(advancement.contest), at=at, page="above")


@action("contests.accept_advancement")
def accept(advancement: Advancement, *, by: Any, at: datetime) -> Application:
    """Take the winner in: an application of the organisation begins with the same texts.

    It belongs to whoever wrote the winning one; files are not carried, they may be out of date.
    """
    source, contest = advancement.application, advancement.contest
    _move(advancement, "accept")
    if objection := objection_to_start(contest, source.organisation, at):
        raise Refusal(objection)
    advancement.raised = _raise(source, contest, at=at)
    advancement.answered_at, advancement.answered_by = at, by
    advancement.save()
    ledger.note(application=advancement.raised.number, source=source.number)
    people = [*team_of(source), *queries.proposers_of(advancement)]
    _tell(advancement, notices.ACCEPTED, people, at=at, page="below")
    return advancement.raised


def _raise(source: Application, contest: Contest, *, at: datetime) -> Application:
    author = source.created_by
    project = Project(organisation=source.organisation, title="", created_at=at, created_by=author)
    passports.lay_project(project, form_code=contest.form_code, by=author, at=at)
    raised = enter(contest, project, nomination=None, by=author, at=at)
    plan, passport = plan_of(raised, source), project.passport
    if plan.stages > passport.stages:
        passports.lay_stages(passport, plan.stages)
    carry(raised, {row.target.key: row.text for row in plan.rows}, source=source, by=author, at=at)
    return raised


@action("contests.decline_advancement")
def decline(advancement: Advancement, *, reason: str, by: Any, at: datetime) -> None:
    """Say no, and why."""
    said = _said(reason)
    if not said:
        raise Refusal("Напишите, почему работу не берут: школа прочтёт это.", field="reason")
    _move(advancement, "decline")
    advancement.answer, advancement.answered_at, advancement.answered_by = said, at, by
    advancement.save()
    people = [*team_of(advancement.application), *queries.proposers_of(advancement)]
    _tell(advancement, notices.DECLINED, people, at=at, page="below")


def _move(advancement: Advancement, name: str) -> None:
    advancement.state = AdvancementState(ADVANCEMENT.move(name, advancement.state).target)


def _said(text: str) -> str:
    said = " ".join(text.split())
    if len(said) > LONGEST:
        raise Refusal(f"Сократите объяснение: можно не больше {LONGEST} знаков.", field="reason")
    return said


def _tell(advancement: Advancement, notice: Notice, to: list[Any], *, at: datetime, page: str) -> None:
    application, raised = advancement.application, advancement.raised
    below = f"/cabinet/applications/{raised.number}/" if raised else ""
    announce(
        notice,
        to=to,
        at=at,
        about=f"advancement:{advancement.pk}:{advancement.state}:{at:%Y%m%d%H%M%S}",
        url=f"/office/advancements/{advancement.pk}/" if page == "above" else below,
        facts={
            "organisation": application.organisation.short_name,
            "municipality": application.organisation.municipality.name,
            "contest": advancement.contest.title,
            "project": application.project.title,
            "number": raised.shown_number if raised else "",
            "reason": advancement.answer,
        },
    )

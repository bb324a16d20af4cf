"""Giving more time: to all or to one, always with a reason that everybody concerned reads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from innoset.contests.models import Application, Contest, Extension
from innoset.contests.notices import deadlines as notices
from innoset.contests.pure.deadlines import Deadline, sentence
from innoset.contests.queries import applications as queries
from innoset.contests.queries import contests, deadlines
from innoset.contests.states import APPLICATION, APPLICATION_LABELS, ApplicationState, ContestState, StageKind
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words


@dataclass(frozen=True, slots=True)
class Ground:
    """Why more time is given, and by which order."""

    reason: str
    order_number: str = ""
    order_date: date | None = None


@action("contests.extend_for_all")
def extend_for_all(
    contest: Contest, *, until: datetime, ground: Ground, outage_minutes: int = 0, by: Any, at: datetime
) -> Extension:
    """Move the deadline for everybody; every team is told, and the contest's page says so."""
    deadline = deadlines.deadline_of_contest(contest)
    was = _require_later(contest, deadline, until, at)
    _require_reason(ground)
    made = _extend(contest, None, was=was, until=until, ground=ground, minutes=outage_minutes, by=by, at=at)
    announce(
        notices.EXTENDED,
        to=[person for one in contests.live_applications(contest) for person in queries.team_of(one)],
        at=at,
        about=f"extension:{made.pk}",
        url=reverse("public:contest", args=[contest.code]),
        facts=_facts(made) | {"contest": contest.title},
    )
    return made


@action("contests.extend_for_one")
def extend_for_one(
    application: Application, *, until: datetime, ground: Ground, by: Any, at: datetime
) -> Extension:
    """Move the deadline for one application, by an order; its team is told."""
    if not APPLICATION.allows("submit", application.state):
        label = APPLICATION_LABELS[ApplicationState(application.state)]
        raise Refusal(f"Срок этой заявки продлить нельзя: её состояние — «{label}».", field="application")
    was = _require_later(application.contest, deadlines.deadline_of(application), until, at)
    _require_reason(ground)
    if not ground.order_number.strip():
        raise Refusal("Укажите номер приказа: одной заявке срок продлевают приказом.", field="order_number")
    contest = application.contest
    made = _extend(contest, application, was=was, until=until, ground=ground, minutes=0, by=by, at=at)
    announce(
        notices.EXTENDED_FOR_ONE,
        to=queries.team_of(application),
        at=at,
        about=f"extension:{made.pk}",
        url=reverse("cabinet:application", args=[application.number]),
        facts=_facts(made) | queries.facts_of(application),
    )
    return made


def _require_later(contest: Contest, deadline: Deadline | None, until: datetime, at: datetime) -> datetime:
    """Return the deadline that is moved; refuse one that would not help or that experts cannot wait for."""
    if contest.state != ContestState.OPEN or deadline is None:
        raise Refusal("Продлить можно, пока конкурс принимает заявки. Сейчас он их не принимает.")
    if until <= deadline.ends_at:
        raise Refusal(
            f"Новый срок должен быть позже нынешнего, {moment_in_words(deadline.ends_at)}.", field="until"
        )
    if until <= at:
        raise Refusal("Этот срок уже прошёл. Укажите время в будущем.", field="until")
    experts = contests.stage_of(contest, StageKind.REMOTE)
    if experts is not None and until + timedelta(minutes=contest.grace_minutes) > experts.starts_at:
        raise Refusal(
            f"Заочная экспертиза начинается {moment_in_words(experts.starts_at)}. Укажите срок раньше "
            f"или сначала измените сроки конкурса.",
            field="until",
        )
    return deadline.ends_at


def _require_reason(ground: Ground) -> None:
    if not ground.reason.strip():
        raise Refusal(
            "Напишите причину продления: её прочтут участники, она войдёт в протокол.", field="reason"
        )


def _extend(
    contest: Contest,
    application: Application | None,
    *,
    was: datetime,
    until: datetime,
    ground: Ground,
    minutes: int,
    by: Any,
    at: datetime,
) -> Extension:
    made = Extension.objects.create(
        contest=contest,
        application=application,
        was=was,
        until=until,
        reason=sentence(ground.reason[:490]),
        order_number=ground.order_number.strip()[:60],
        order_date=ground.order_date,
        outage_minutes=minutes,
        made_at=at,
        made_by=by,
    )
    ledger.note(
        was=was.isoformat(), until=until.isoformat(), reason=made.reason, order_number=made.order_number
    )
    if minutes:
        ledger.note(outage_minutes=minutes)
    return made


def _facts(made: Extension) -> dict[str, object]:
    return {
        "until": moment_in_words(made.until),
        "was": moment_in_words(made.was),
        "reason": made.reason,
        "order": made.order_number,
    }

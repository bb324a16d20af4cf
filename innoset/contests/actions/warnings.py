"""Letters to those who have not sent yet: at 72, 24 and 3 hours before the deadline, each once.

No person does this, so it passes no policy and leaves no audit entry.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from innoset.contests.models import Application, Contest
from innoset.contests.notices import deadlines as notices
from innoset.contests.pure.deadlines import Deadline, warning_due
from innoset.contests.queries import applications as queries
from innoset.contests.queries import deadlines
from innoset.contests.states import ApplicationState
from innoset.foundation.jobs.actions import claim
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import moment_in_words

LEFT = {72: "осталось меньше трёх суток", 24: "осталось меньше суток", 3: "осталось меньше трёх часов"}


def warn(contest: Contest, *, at: datetime) -> int:
    """Write to the teams of the contest that have something unsent; return how many were written to."""
    waiting = list(deadlines.unsent_of(contest))
    for one in waiting:
        one.contest = contest
    due = [(one, deadline, hours) for one in waiting for deadline, hours in _due(one, at)]
    complete = deadlines.complete_among(one for one, _, _ in due)
    edited = queries.edited_since_sent(one for one, _, _ in due)
    warned = 0
    for one, deadline, hours in due:
        notice = _notice_for(one, is_complete=one.pk in complete, is_edited=one.pk in edited)
        warned += notice is not None and _warn(one, notice, deadline, hours, at=at)
    return warned


def _due(application: Application, at: datetime) -> list[tuple[Deadline, int]]:
    deadline = deadlines.deadline_of(application)
    hours = warning_due(deadline.ends_at - at) if deadline else None
    return [(deadline, hours)] if deadline and hours else []


def _notice_for(application: Application, *, is_complete: bool, is_edited: bool) -> Notice | None:
    if application.state != ApplicationState.SUBMITTED:
        return notices.UNSENT if is_complete else notices.UNFINISHED
    last = queries.submissions_of(application).first() if is_edited else None
    return notices.UNSENT_EDITS if queries.has_unsent_edits(application, last) else None


def _warn(application: Application, notice: Notice, deadline: Deadline, hours: int, *, at: datetime) -> bool:
    with transaction.atomic():
        if not claim(f"warning-{hours}:{application.pk}", due_at=deadline.ends_at, at=at):
            return False
        automatic = " Вы просили отправить её автоматически: если всё заполнено, она уйдёт в срок сама."
        announce(
            notice,
            to=queries.team_of(application),
            at=at,
            about=f"application:{application.pk}:{hours}:{int(deadline.ends_at.timestamp())}",
            url=reverse("cabinet:application", args=[application.number]),
            facts=queries.facts_of(application)
            | {
                "left": LEFT[hours],
                "until": moment_in_words(deadline.ends_at),
                "automatic": automatic if application.auto_send else "",
            },
        )
    return True

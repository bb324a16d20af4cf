"""Reads of deadlines: until when an application is taken, what came late, who has not sent yet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from innoset.contests.models import Application, Contest, Extension, LateCopy, Submission
from innoset.contests.pure.calendar import StagePlan
from innoset.contests.pure.deadlines import (
    LOOKED_BACK,
    WORTH_EXTENDING,
    Deadline,
    Longer,
    Verdict,
    extended,
    mending_extended,
    rounded_up,
)
from innoset.contests.queries.contests import plan_of, stage_of, with_stages
from innoset.contests.states import APPLICATION, ApplicationState, ContestState, StageKind
from innoset.foundation.jobs import queries as jobs
from innoset.foundation.jobs.pure.outages import Outage, minutes_of, outages
from innoset.projects import queries as projects
from innoset.projects.models import Answer
from innoset.projects.pure.forms import check, errors

S = ApplicationState


def deadline_of_contest(contest: Contest) -> Deadline | None:
    """Return until when the contest takes applications of everybody."""
    stage = stage_of(contest, StageKind.SUBMISSION)
    if stage is None:
        return None
    longer = [one for one in _longer_of(contest, None) if one.is_for_all]
    return Deadline(extended(stage.ends_at, longer), contest.grace_minutes)


def plan_as_it_goes(contest: Contest) -> list[StagePlan]:
    """Return the calendar with the reception as long as it has become for everybody."""
    deadline = deadline_of_contest(contest)
    return [
        replace(one, ends_at=deadline.ends_at) if deadline and one.kind == StageKind.SUBMISSION else one
        for one in plan_of(contest)
    ]


def deadline_of(application: Application) -> Deadline | None:
    """Return until when the application may be sent: the stage or the mending, with what was added."""
    contest = application.contest
    longer = _longer_of(contest, application.pk)
    if application.state == S.RETURNED and application.mend_by is not None:
        return Deadline(mending_extended(application.mend_by, longer), contest.grace_minutes)
    stage = stage_of(contest, StageKind.SUBMISSION)
    return Deadline(extended(stage.ends_at, longer), contest.grace_minutes) if stage else None


def _longer_of(contest: Contest, application: int | None) -> list[Longer]:
    """Return the extensions for all and for the application; all come along with one query."""
    return [
        Longer(one.was, one.until, is_for_all=one.application_id is None)
        for one in contest.extensions.all()
        if one.application_id in (None, application)
    ]


def is_late(application: Application, at: datetime) -> bool:
    """Tell whether only the deadline stands between the application and its sending."""
    deadline = deadline_of(application)
    return (
        APPLICATION.allows("submit", application.state)
        and application.contest.state == ContestState.OPEN
        and deadline is not None
        and deadline.verdict(at) is Verdict.LATE
    )


def extensions_of(contest: Contest) -> QuerySet[Extension]:
    """Return every extension in the order in which they were made."""
    found = contest.extensions.select_related("application__organisation", "application__contest", "made_by")
    return found.order_by("id")


def late_copies_of(contest: Contest) -> QuerySet[LateCopy]:
    """Return what came too late, the newest first, each with its `place` among those of its application."""
    place = Window(RowNumber(), partition_by=[F("application")], order_by=F("id").asc())
    return (
        LateCopy.objects.filter(application__contest=contest)
        .annotate(place=place)
        .select_related(
            "application__organisation",
            "application__contest",
            "application__project",
            "version",
            "sent_by",
            "accepted_by",
            "submission",
        )
        .order_by("-id")
    )


def late_copies_of_application(application: Application) -> list[LateCopy]:
    """Return what the organisation sent too late, the first one first."""
    return list(application.late_copies.select_related("version", "submission", "sent_by").order_by("id"))


# ── What is ready and not sent ──────────────────────────────────────────────


def complete_among(applications: Iterable[Application]) -> set[int]:
    """Return which of the applications lack nothing in their form; one query for all."""
    given = list(applications)
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    kept = Answer.objects.filter(passport__in=[one.project.passport.pk for one in given])
    for passport, key, text in kept.order_by("id").values_list("passport", "key", "text"):
        texts[passport][key] = text
    return {one.pk for one in given if one.nomination_id and not _lacks(one, texts)}


def _lacks(application: Application, texts: dict[int, dict[str, str]]) -> bool:
    passport = application.project.passport
    written = texts[passport.pk]
    values = {field.key: written.get(field.key, "") for field in projects.fields_in(passport)}
    return bool(errors(check(projects.form_of(passport), values)))


def unsent_of(contest: Contest) -> QuerySet[Application]:
    """Return the applications that may be sent and are not, or may have been written in since."""
    return (
        contest.applications.filter(state__in=[S.DRAFT, S.RETURNED, S.SUBMITTED])
        .select_related("contest", "nomination", "organisation", "project__passport")
        .order_by("number")
    )


def contests_taking() -> QuerySet[Contest]:
    """Return the contests that take applications, each with its calendar."""
    return with_stages(Contest.objects.filter(state=ContestState.OPEN)).order_by("id")


def automatic_at(at: datetime) -> list[Application]:
    """Return the applications that ask to be sent by themselves and whose deadline has come."""
    asked = (
        Application.objects.filter(auto_send=True)
        .exclude(contest__state=ContestState.DRAFT)
        .select_related("contest")
        .prefetch_related("contest__stages", "contest__extensions")
        .order_by("number")
    )
    return [one for one in asked if (deadline := deadline_of(one)) and deadline.ends_at <= at]


# ── How long the site did not answer ────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Measured:
    """What the looks at the site say of the last hours before a deadline."""

    found: tuple[Outage, ...]
    is_known: bool

    @property
    def minutes(self) -> int:
        """Return how long the site did not answer."""
        return minutes_of(self.found)

    @property
    def is_worth_extending(self) -> bool:
        """Tell whether it was long enough to give everybody more time."""
        return self.minutes >= WORTH_EXTENDING

    @property
    def to_add(self) -> int:
        """Return how many minutes make up for it."""
        return rounded_up(self.minutes)


def measured_before(contest: Contest, at: datetime) -> Measured:
    """Return the outages of the last hours before the deadline that nothing has made up for yet."""
    deadline = deadline_of_contest(contest)
    if deadline is None:
        return Measured((), is_known=False)
    made_up = [one.made_at for one in contest.extensions.all() if one.outage_minutes]
    since = max([deadline.ends_at - LOOKED_BACK, *made_up])
    until = min(at, deadline.closes_at)
    if since >= until:
        return Measured((), is_known=False)
    looks = jobs.looks_between(since, until)
    return Measured(outages(looks, since=since, until=until), is_known=bool(looks))


# ── How the reception went ──────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reception:
    """How applications were taken: the rule, what departed from it, and how often it was leaned on."""

    deadline: Deadline
    told_at_first: datetime
    extensions: Sequence[Extension]
    late: Sequence[LateCopy]
    sent: int
    in_grace: int
    automatic: int

    @property
    def accepted(self) -> list[LateCopy]:
        """Return the late copies that were let in."""
        return [one for one in self.late if one.accepted_at is not None]


def reception_of(contest: Contest) -> Reception | None:
    """Return how the reception of a contest went so far."""
    deadline, stage = deadline_of_contest(contest), stage_of(contest, StageKind.SUBMISSION)
    if deadline is None or stage is None:
        return None
    sendings = list(
        Submission.objects.filter(application__contest=contest).only(
            "sent_at", "arrived_at", "deadline_at", "is_automatic", "application"
        )
    )
    late = list(late_copies_of(contest))
    let_in = {one.submission_id for one in late}
    return Reception(
        deadline=deadline,
        told_at_first=stage.ends_at,
        extensions=list(extensions_of(contest)),
        late=late,
        sent=len(sendings),
        in_grace=sum(one.is_in_grace and one.pk not in let_in for one in sendings),
        automatic=sum(one.is_automatic for one in sendings),
    )

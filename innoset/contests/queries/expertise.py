"""Reads of the expertise of a contest: is it ready, when does it run, who would pass."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from innoset.contests.models import Application, Contest
from innoset.contests.queries.contests import contests_visible_to, stage_of
from innoset.contests.states import ApplicationState, StageKind
from innoset.network.queries import organisation_ids_of
from innoset.network.states import Role
from innoset.review import queries as review
from innoset.review.models import DefenceSlot, Round, Rubric
from innoset.review.pure.ranking import Standing
from innoset.review.states import RoundKind

USUAL_TERM = timedelta(days=14)
STAGES = {RoundKind.REMOTE: StageKind.REMOTE, RoundKind.DEFENCE: StageKind.DEFENCE}


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between the submission and the experts."""

    admitted: int
    unchecked: int
    mending: int
    drafts: int
    submission_ends: datetime | None

    @property
    def is_early(self) -> bool:
        """Tell whether starting now would cut somebody's time short."""
        return self.mending > 0 or self.submission_ends is not None


@dataclass(frozen=True, slots=True)
class Choice:
    """An application before the choice for the defence: where it stands, what the threshold says."""

    application: Application
    standing: Standing
    passes: bool


def contests_run_by(user: Any) -> QuerySet[Contest]:
    """Return the contests whose expertise the person runs."""
    found = contests_visible_to(user)
    if user.is_superuser:
        return found
    return found.filter(organiser__in=organisation_ids_of(user, Role.ORGANISER))


def readiness_of(contest: Contest, at: datetime) -> Readiness:
    """Count what is ready for experts and what is not yet."""
    states = list(contest.applications.values_list("state", "mend_by"))
    stage = stage_of(contest, StageKind.SUBMISSION)
    return Readiness(
        admitted=sum(state == ApplicationState.ADMITTED for state, _ in states),
        unchecked=sum(state == ApplicationState.SUBMITTED for state, _ in states),
        mending=sum(
            state == ApplicationState.RETURNED and term is not None and term > at for state, term in states
        ),
        drafts=sum(state == ApplicationState.DRAFT for state, _ in states),
        submission_ends=stage.ends_at if stage and stage.ends_at > at else None,
    )


def admitted_to(contest: Contest) -> QuerySet[Application]:
    """Return the applications that go to experts, in the order in which they were sent."""
    return (
        contest.applications.filter(state=ApplicationState.ADMITTED)
        .select_related("contest", "organisation__municipality", "nomination", "project__passport", "version")
        .order_by("submitted_at", "number")
    )


def term_of(contest: Contest, kind: RoundKind, at: datetime) -> tuple[datetime, datetime]:
    """Return when a round opens and closes: as the calendar says, or two weeks if that is over."""
    stage = stage_of(contest, STAGES[kind])
    if stage is None or stage.ends_at <= at:
        return at, at + USUAL_TERM
    return min(at, stage.starts_at), stage.ends_at


def own_rubrics(contest: Contest, kind: RoundKind) -> dict[str, Rubric]:
    """Return the nominations that have criteria of their own at this tour, and these criteria."""
    nominations = contest.nominations.select_related("remote_rubric", "defence_rubric")
    own = (
        (one.title, one.remote_rubric if kind == RoundKind.REMOTE else one.defence_rubric)
        for one in nominations
    )
    return {title: rubric for title, rubric in own if rubric is not None}


def round_of(contest: Contest, kind: str) -> Round | None:
    """Return the round of a kind, if it has begun."""
    return contest.remote_round if kind == RoundKind.REMOTE else contest.defence_round


def choices_of(contest: Contest) -> list[Choice]:
    """Return the applications with experts, best first, and whether the threshold lets them through."""
    if contest.remote_round is None:
        return []
    applications = {
        application.dossier_id: application
        for application in contest.applications.filter(state=ApplicationState.IN_REVIEW).select_related(
            "contest", "organisation__municipality", "nomination", "project"
        )
    }
    return [
        Choice(applications[row.dossier_id], row, passes(contest, row))
        for row in review.standing_of(contest.remote_round)
        if row.dossier_id in applications
    ]


def passes(contest: Contest, row: Standing) -> bool:
    """Tell whether the remote result reaches the threshold; without one everybody who was judged passes."""
    if row.mean is None:
        return False
    return contest.remote_threshold is None or row.mean >= contest.remote_threshold


def departures(choices: list[Choice], passing: set[int]) -> list[Choice]:
    """Return the applications whose fate differs from what the threshold says."""
    return [one for one in choices if one.passes != (one.application.pk in passing)]


def defended_in(contest: Contest) -> dict[int, Application]:
    """Return the applications of the defence by their dossier."""
    found = contest.applications.filter(dossier__rounds=contest.defence_round).select_related(
        "contest", "organisation", "project"
    )
    return {application.dossier_id: application for application in found if application.dossier_id}


def slots_of(contest: Contest) -> QuerySet[DefenceSlot]:
    """Return the schedule of the defence."""
    return DefenceSlot.objects.filter(Q(round=contest.defence_round), round__isnull=False).select_related(
        "dossier", "round"
    )

"""Reads of contests: who sees which, what a draft lacks, what the public may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from innoset.contests.models import Application, Contest, ContestStage
from innoset.contests.pure import calendar
from innoset.contests.pure.calendar import StagePlan
from innoset.contests.pure.rubrics import LOWEST_TOP, CriterionPlan, most_of
from innoset.contests.states import ApplicationState, ContestState, StageKind
from innoset.network.queries import municipality_ids_of, organisation_ids_of
from innoset.network.states import Role
from innoset.review.models import Criterion, Rubric, Score


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a draft lacks before it may be published: which part of the builder mends it."""

    part: str
    text: str


def contests_visible_to(user: Any) -> QuerySet[Contest]:
    """Return the contests that a person organises, or whose orders the person confirms."""
    found = Contest.objects.select_related("organiser__municipality", "status_kind")
    if user.is_superuser:
        return found
    return found.filter(
        Q(organiser__in=organisation_ids_of(user, Role.ORGANISER))
        | Q(organiser__municipality__in=municipality_ids_of(user, Role.APPROVER))
    )


def published_contests() -> QuerySet[Contest]:
    """Return what everybody may see: all but drafts and those cancelled before anybody saw them."""
    hidden = Q(state=ContestState.DRAFT) | Q(published_at=None)
    return Contest.objects.exclude(hidden).select_related("organiser__municipality", "status_kind")


def with_calendar(contests: QuerySet[Contest]) -> QuerySet[Contest]:
    """Bring the calendar along, in its order."""
    stages = ContestStage.objects.order_by("starts_at", "id")
    return contests.prefetch_related(Prefetch("stages", queryset=stages))


def with_stages(contests: QuerySet[Contest]) -> QuerySet[Contest]:
    """Bring the calendar along, and what was added to its deadline."""
    return with_calendar(contests).prefetch_related("extensions")


def plan_of(contest: Contest) -> list[StagePlan]:
    """Return the calendar as data, in the order of a contest."""
    stages = [StagePlan(one.kind, one.starts_at, one.ends_at, one.title) for one in contest.stages.all()]
    return calendar.in_order(stages)


def stage_of(contest: Contest, kind: StageKind) -> ContestStage | None:
    """Return a stage of the calendar, or None when it has no times yet."""
    return next((stage for stage in contest.stages.all() if stage.kind == kind), None)


def criteria_of(rubric: Rubric | None) -> list[CriterionPlan]:
    """Return the criteria of a rubric as data, in their order."""
    if rubric is None:
        return []
    return [plan_of_criterion(one) for one in rubric.criteria.all()]


def plan_of_criterion(criterion: Criterion) -> CriterionPlan:
    """Return one criterion as data."""
    return CriterionPlan(
        title=criterion.title,
        hint=criterion.hint,
        weight=criterion.weight,
        levels=tuple(str(level["text"]) for level in criterion.levels),
        fields=tuple(criterion.fields),
        comment_at_most=criterion.comment_at_most,
        breaks_ties=criterion.breaks_ties,
        comment_at_least=criterion.comment_at_least,
        comment_always=criterion.comment_always,
        may_not_apply=criterion.may_not_apply,
    )


def is_scored(rubric: Rubric) -> bool:
    """Tell whether somebody has scored by the rubric: then it never changes again."""
    return rubric.is_frozen or Score.objects.filter(criterion__rubric=rubric).exists()


def most_points_of(contest: Contest) -> tuple[Decimal, Decimal]:
    """Return the highest points of the remote tour and of the whole contest."""
    remote = most_of(criteria_of(contest.remote_rubric))
    defence = most_of(criteria_of(contest.defence_rubric)) if contest.has_defence else Decimal(0)
    return remote, remote + defence


def gaps(contest: Contest) -> tuple[Gap, ...]:
    """Return everything that stops the contest from being published."""
    parts = (_of_general, _of_nominations, _of_calendar, _of_criteria, _of_rules, _of_consents)
    return tuple(gap for part in parts for gap in part(contest))


def _of_general(contest: Contest) -> Iterator[Gap]:
    if not contest.summary.strip():
        yield Gap("general", "Напишите, о чём конкурс: два-три предложения для участников.")


def _of_nominations(contest: Contest) -> Iterator[Gap]:
    if not contest.nominations.all():
        yield Gap("nominations", "Добавьте хотя бы одну номинацию.")


def _of_calendar(contest: Contest) -> Iterator[Gap]:
    for fault in calendar.faults(plan_of(contest), has_defence=contest.has_defence):
        yield Gap("calendar", fault.text)


def _of_criteria(contest: Contest) -> Iterator[Gap]:
    yield from _of_rubric("заочной экспертизы", criteria_of(contest.remote_rubric))
    if contest.has_defence:
        yield from _of_rubric("открытой защиты", criteria_of(contest.defence_rubric))
    for nomination in contest.nominations.all():
        for rubric in (nomination.remote_rubric, nomination.defence_rubric):
            if rubric is not None:
                yield from _of_rubric(f"номинации «{nomination.title}»", criteria_of(rubric))


def _of_rubric(tour: str, criteria: list[CriterionPlan]) -> Iterator[Gap]:
    if not criteria:
        yield Gap("criteria", f"Добавьте хотя бы один критерий {tour}.")
    for number, one in enumerate(criteria, start=1):
        if len(one.levels) <= LOWEST_TOP or not all(text.strip() for text in one.levels):
            yield Gap("criteria", f"Опишите словами каждый уровень критерия {number} {tour}: «{one.title}».")


def _of_rules(contest: Contest) -> Iterator[Gap]:
    remote, whole = most_points_of(contest)
    if contest.remote_threshold is not None and contest.remote_threshold > remote:
        yield Gap("rules", "Проходной балл заочного этапа больше, чем можно набрать. Уменьшите его.")
    if contest.final_threshold is not None and contest.final_threshold > whole:
        yield Gap("rules", "Проходной итоговый балл больше, чем можно набрать. Уменьшите его.")


def _of_consents(contest: Contest) -> Iterator[Gap]:
    if not contest.consents.all():
        yield Gap("consents", "Выберите согласия, которые дают участники.")


def has_applications(contest: Contest) -> bool:
    """Tell whether somebody has begun an application: then the rules stay as they were announced."""
    return contest.applications.exists()


# Applications that are still on their way.
LIVE = frozenset(ApplicationState) - {
    ApplicationState.WITHDRAWN,
    ApplicationState.REFUSED,
    ApplicationState.DECLINED,
    ApplicationState.REJECTED,
}


def live_applications(contest: Contest) -> QuerySet[Application]:
    """Return the applications that still hope for something."""
    return contest.applications.filter(state__in=LIVE).order_by("number")

"""Changing the criteria of a contest, as long as nobody has scored by them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from innoset.contests.models import Contest
from innoset.contests.pure.rubrics import LOWEST_TOP, CriterionPlan, as_levels, most_of
from innoset.contests.queries.contests import criteria_of, has_applications, is_scored
from innoset.contests.states import ContestState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.review.models import Criterion, Rubric

REMOTE, DEFENCE = "remote", "defence"
TOUR_TITLES = {REMOTE: "Заочная экспертиза", DEFENCE: "Открытая защита"}


@action("contests.set_criteria")
def set_criteria(
    contest: Contest, *, tour: str, criteria: Sequence[CriterionPlan], by: Any, at: datetime
) -> Rubric:
    """Replace the criteria of a tour, in this order; refuse when somebody has scored by them."""
    del by, at
    rubric = _changeable_rubric(contest, tour)
    for number, plan in enumerate(criteria, start=1):
        _require_sound(number, plan)
    write_criteria(rubric, criteria)
    ledger.note(tour=tour, criteria=[one.title for one in criteria], most=str(most_of(criteria)))
    return rubric


def make_rubric(title: str, criteria: Sequence[CriterionPlan]) -> Rubric:
    """Make a rubric inside the deed that makes its contest."""
    rubric = Rubric.objects.create(title=title)
    write_criteria(rubric, criteria)
    return rubric


def copied_rubric(rubric: Rubric | None, title: str) -> Rubric | None:
    """Copy a rubric inside a deed: the old contest keeps its own, whatever becomes of the new one."""
    return None if rubric is None else make_rubric(title, criteria_of(rubric))


def write_criteria(rubric: Rubric, criteria: Sequence[CriterionPlan]) -> None:
    """Put these criteria in the place of the old ones."""
    rubric.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(
            rubric=rubric,
            number=number,
            title=plan.title,
            hint=plan.hint,
            weight=plan.weight,
            levels=as_levels(plan.levels),
            comment_at_most=plan.comment_at_most,
            fields=list(plan.fields),
            breaks_ties=plan.breaks_ties,
        )
        for number, plan in enumerate(criteria, start=1)
    )


def _changeable_rubric(contest: Contest, tour: str) -> Rubric:
    """Return the rubric of the tour; refuse in words when it may not change any more."""
    if contest.state not in {ContestState.DRAFT, ContestState.OPEN}:
        raise Refusal("Экспертиза уже началась: критерии больше не меняются.")
    if has_applications(contest):
        raise Refusal("На конкурс уже есть заявки. Критерии, по которым их готовили, менять нельзя.")
    if tour == REMOTE:
        rubric = contest.remote_rubric
    elif contest.defence_rubric is not None:
        rubric = contest.defence_rubric
    else:
        rubric = make_rubric(f"{TOUR_TITLES[DEFENCE]}: {contest.title}"[:200], ())
        contest.defence_rubric = rubric
        contest.save(update_fields=["defence_rubric"])
    if is_scored(rubric):
        raise Refusal("По этим критериям уже есть оценки: изменить их нельзя.")
    return rubric


def _require_sound(number: int, plan: CriterionPlan) -> None:
    if not plan.title.strip():
        raise Refusal(f"Назовите критерий {number}.", field="title")
    if plan.weight <= 0:
        raise Refusal(f"Вес критерия {number} должен быть больше нуля.", field="weight")
    if len(plan.levels) <= LOWEST_TOP:
        raise Refusal(f"У критерия {number} должно быть не меньше трёх уровней: 0, 1 и 2.", field="levels")
    if not all(text.strip() for text in plan.levels):
        raise Refusal(f"Опишите словами каждый уровень критерия {number}.", field="levels")
    if plan.comment_at_most is not None and plan.comment_at_most >= len(plan.levels):
        text = f"Порог обязательного пояснения критерия {number} выше наибольшей оценки."
        raise Refusal(text, field="comment_at_most")

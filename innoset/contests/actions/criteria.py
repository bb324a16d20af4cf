"""Changing the criteria of a contest, as long as nobody has scored by them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from innoset.contests.models import Contest, Nomination
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
    contest: Contest,
    *,
    tour: str,
    criteria: Sequence[CriterionPlan],
    nomination: Nomination | None = None,
    by: Any,
    at: datetime,
) -> Rubric:
    """Replace the criteria of a tour, or a nomination's own, in this order; refuse when somebody has scored."""
    del by, at
    rubric = _changeable_rubric(contest, tour, nomination)
    for number, plan in enumerate(criteria, start=1):
        _require_sound(number, plan)
    write_criteria(rubric, criteria)
    ledger.note(tour=tour, criteria=[one.title for one in criteria], most=str(most_of(criteria)))
    return rubric


@action("contests.give_own_criteria")
def give_own_criteria(
    contest: Contest, *, tour: str, nomination: Nomination, by: Any, at: datetime
) -> Rubric:
    """Give a nomination a copy of the contest's criteria, to be changed on its own."""
    del by, at
    _require_changeable(contest)
    if own_rubric(nomination, tour) is not None:
        raise Refusal(f"У номинации «{nomination.title}» уже есть свои критерии.")
    common = contest.remote_rubric if tour == REMOTE else contest.defence_rubric
    rubric = make_rubric(f"{TOUR_TITLES[tour]}: {nomination.title}"[:200], criteria_of(common))
    setattr(nomination, f"{tour}_rubric", rubric)
    nomination.save(update_fields=[f"{tour}_rubric"])
    ledger.note(tour=tour, nomination=nomination.title)
    return rubric


@action("contests.drop_own_criteria")
def drop_own_criteria(contest: Contest, *, tour: str, nomination: Nomination, by: Any, at: datetime) -> None:
    """Bring a nomination back to the criteria of the contest."""
    del by, at
    rubric = _changeable_rubric(contest, tour, nomination)
    setattr(nomination, f"{tour}_rubric", None)
    nomination.save(update_fields=[f"{tour}_rubric"])
    rubric.delete()
    ledger.note(tour=tour, nomination=nomination.title)


def copy_own_criteria(old: Contest, fresh: Contest) -> None:
    """Copy the nominations' own criteria inside the deed that copies the contest."""
    own = {one.title: one for one in old.nominations.select_related("remote_rubric", "defence_rubric")}
    for nomination in fresh.nominations.all():
        for tour in TOUR_TITLES:
            copied = copied_rubric(
                own_rubric(own[nomination.title], tour), f"{TOUR_TITLES[tour]}: {nomination.title}"[:200]
            )
            setattr(nomination, f"{tour}_rubric", copied)
        nomination.save(update_fields=[f"{tour}_rubric" for tour in TOUR_TITLES])


def own_rubric(nomination: Nomination, tour: str) -> Rubric | None:
    """Return the nomination's own criteria of a tour."""
    return nomination.remote_rubric if tour == REMOTE else nomination.defence_rubric


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
            comment_at_least=plan.comment_at_least,
            comment_always=plan.comment_always,
            may_not_apply=plan.may_not_apply,
        )
        for number, plan in enumerate(criteria, start=1)
    )


def _changeable_rubric(contest: Contest, tour: str, nomination: Nomination | None) -> Rubric:
    """Return the rubric of the tour or of the nomination; refuse in words when it may not change any more."""
    _require_changeable(contest)
    rubric = _common_rubric(contest, tour) if nomination is None else own_rubric(nomination, tour)
    if rubric is None:
        raise Refusal("Своих критериев у этой номинации нет: они общие. Сначала заведите свои.")
    if is_scored(rubric):
        raise Refusal("По этим критериям уже есть оценки: изменить их нельзя.")
    return rubric


def _require_changeable(contest: Contest) -> None:
    if contest.state not in {ContestState.DRAFT, ContestState.OPEN}:
        raise Refusal("Экспертиза уже началась: критерии больше не меняются.")
    if has_applications(contest):
        raise Refusal("На конкурс уже есть заявки. Критерии, по которым их готовили, менять нельзя.")


def _common_rubric(contest: Contest, tour: str) -> Rubric:
    if tour == REMOTE:
        return contest.remote_rubric
    if contest.defence_rubric is None:
        contest.defence_rubric = make_rubric(f"{TOUR_TITLES[DEFENCE]}: {contest.title}"[:200], ())
        contest.save(update_fields=["defence_rubric"])
    return contest.defence_rubric


def _require_sound(number: int, plan: CriterionPlan) -> None:
    if not plan.title.strip():
        raise Refusal(f"Назовите критерий {number}.", field="title")
    if plan.weight <= 0:
        raise Refusal(f"Вес критерия {number} должен быть больше нуля.", field="weight")
    if len(plan.levels) <= LOWEST_TOP:
        raise Refusal(f"У критерия {number} должно быть не меньше трёх уровней: 0, 1 и 2.", field="levels")
    if not all(text.strip() for text in plan.levels):
        raise Refusal(f"Опишите словами каждый уровень критерия {number}.", field="levels")
    _require_thresholds(number, plan)


def _require_thresholds(number: int, plan: CriterionPlan) -> None:
    low, high = plan.comment_at_most, plan.comment_at_least
    if high is not None and high >= len(plan.levels):
        text = f"Порог пояснения к высокой оценке критерия {number} выше наибольшей оценки."
        raise Refusal(text, field="comment_at_least")
    if low is not None and low >= len(plan.levels):
        text = f"Порог обязательного пояснения критерия {number} выше наибольшей оценки."
        raise Refusal(text, field="comment_at_most")

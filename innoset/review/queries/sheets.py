"""What stands on a sheet, and by which criteria it is filled."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Prefetch

from innoset.review.models import Criterion, Dossier, Round, RoundRubric, Rubric, ScoreSheet
from innoset.review.pure.scoring import Mark, Rule


def marks_of(sheet: ScoreSheet) -> dict[int, Mark]:
    """Return the marks put so far by the key of their criterion."""
    return {
        one.criterion_id: Mark(one.value, one.comment, one.is_not_applicable) for one in sheet.scores.all()
    }


def rules_of(rubric: Rubric) -> tuple[Rule, ...]:
    """Return how each criterion is counted, in the order of the criteria."""
    return tuple(rule_of(criterion) for criterion in rubric.criteria.all())


def rule_of(criterion: Criterion) -> Rule:
    """Return how one criterion is counted."""
    return Rule(
        key=criterion.pk,
        number=criterion.number,
        title=criterion.title,
        weight=criterion.weight,
        values=tuple(level["value"] for level in criterion.levels),
        comment_at_most=criterion.comment_at_most,
        breaks_ties=criterion.breaks_ties,
        comment_at_least=criterion.comment_at_least,
        comment_always=criterion.comment_always,
        may_not_apply=criterion.may_not_apply,
    )


def with_rubrics(prefix: str = "") -> tuple[Any, ...]:
    """Return what to prefetch so that `rubric_of` asks the database no more."""
    own = RoundRubric.objects.select_related("rubric").prefetch_related("rubric__criteria")
    return Prefetch(f"{prefix}rubric__criteria"), Prefetch(f"{prefix}group_rubrics", queryset=own)


def rubrics_of(review_round: Round) -> dict[str, Rubric]:
    """Return the groups of dossiers that have criteria of their own, and these criteria."""
    return {own.group: own.rubric for own in review_round.group_rubrics.all()}


def rubric_of(review_round: Round, dossier: Dossier) -> Rubric:
    """Return by which criteria the dossier is judged in the round: its group's own, else the round's."""
    return rubrics_of(review_round).get(dossier.group, review_round.rubric)


def rules_for(sheet: ScoreSheet) -> tuple[Rule, ...]:
    """Return how each criterion of the sheet is counted."""
    return rules_of(rubric_of(sheet.assignment.round, sheet.assignment.dossier))


def comparability(review_round: Round, groups: Collection[str]) -> str:
    """Say, for the organiser, that works judged by different criteria stand in one list; else nothing."""
    own = rubrics_of(review_round)
    apart = sorted(group for group in set(groups) if group in own)
    if not apart or (len(apart) == 1 and set(groups) == set(apart)):
        return ""
    return (
        f"Свои критерии у номинаций: {_quoted(apart)}. Баллы приведены к одной шкале по доле от наибольшего. "
        "Места внутри номинации сравнивать можно, между номинациями — осторожно: оценивали разное."
    )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)

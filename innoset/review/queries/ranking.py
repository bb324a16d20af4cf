"""Where the dossiers of a round stand."""

from collections import defaultdict
from decimal import Decimal

from innoset.review.models import Assignment, Criterion, Round, Rubric, Score
from innoset.review.pure import ranking, scoring
from innoset.review.pure.ranking import Judged, Standing
from innoset.review.states import LIVE, RoundKind, SheetState


def rules_of(rubric: Rubric) -> tuple[scoring.Rule, ...]:
    """Return how each criterion is counted, in the order of the criteria."""
    return tuple(rule_of(criterion) for criterion in rubric.criteria.all())


def rule_of(criterion: Criterion) -> scoring.Rule:
    """Return how one criterion is counted."""
    return scoring.Rule(
        key=criterion.pk,
        number=criterion.number,
        title=criterion.title,
        weight=criterion.weight,
        values=tuple(level["value"] for level in criterion.levels),
        comment_at_most=criterion.comment_at_most,
        breaks_ties=criterion.breaks_ties,
    )


def counting_of(review_round: Round) -> ranking.Rule:
    """Return how the round counts. A defence is heard by all at once, so it never calls one more expert."""
    is_remote = review_round.kind == RoundKind.REMOTE
    return ranking.Rule(
        sheets=review_round.sheets_per_dossier if is_remote else None,
        maximum=scoring.maximum(rules_of(review_round.rubric)),
        share=Decimal(review_round.disagreement_share),
    )


def standing_of(review_round: Round) -> list[Standing]:
    """Return the dossiers of the round, best first, in a constant number of queries."""
    live = _live_by_dossier(review_round)
    breaking = _tie_breaks(review_round)
    judged = [
        _judged(dossier_id, code, live[dossier_id], breaking, review_round.sheets_per_dossier)
        for dossier_id, code in review_round.dossiers.values_list("pk", "code")
    ]
    return ranking.standings(judged, counting_of(review_round))


def finished_of(review_round: Round) -> dict[int, list[Assignment]]:
    """Return for each dossier its assignments whose sheet is finished, the first assigned first."""
    found = _live_by_dossier(review_round)
    return {dossier: [one for one in given if is_finished(one)] for dossier, given in found.items()}


def is_finished(assignment: Assignment) -> bool:
    """Tell whether the expert has finished the sheet."""
    sheet = getattr(assignment, "sheet", None)
    return sheet is not None and sheet.state == SheetState.FINISHED


def _live_by_dossier(review_round: Round) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    live = Assignment.objects.filter(round=review_round, state__in=LIVE)
    for assignment in live.select_related("sheet").order_by("assigned_at", "pk"):
        found[assignment.dossier_id].append(assignment)
    return found


def _tie_breaks(review_round: Round) -> dict[int, Decimal]:
    """Return the points of the tie-breaking criteria by assignment."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    breaking = Score.objects.filter(
        sheet__assignment__round=review_round, criterion__breaks_ties=True, value__isnull=False
    )
    for assignment, weight, value in breaking.values_list(
        "sheet__assignment_id", "criterion__weight", "value"
    ):
        found[assignment] += weight * (value or 0)
    return found


def _judged(
    dossier_id: int, code: str, live: list[Assignment], breaking: dict[int, Decimal], usual: int
) -> Judged:
    done = [one for one in live if is_finished(one)]
    return Judged(
        dossier_id=dossier_id,
        code=code,
        totals=tuple(one.sheet.total or Decimal(0) for one in done),
        tie_breaks=tuple(breaking.get(one.pk, Decimal(0)) for one in done),
        sheets_due=max(usual, len(live)),
    )

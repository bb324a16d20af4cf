"""Where the dossiers of a round stand."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import prefetch_related_objects

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
    return standings_of([review_round])[review_round.pk]


def standings_of(rounds: Collection[Round]) -> dict[int, list[Standing]]:
    """Return for each round its dossiers, best first; as many queries as for one."""
    live, breaking = _live(rounds), _tie_breaks(rounds)
    prefetch_related_objects(list(rounds), "rubric__criteria")
    judged: dict[int, list[Judged]] = {one.pk: [] for one in rounds}
    usual = {one.pk: one.sheets_per_dossier for one in rounds}
    held = Round.dossiers.through.objects.filter(round__in=rounds).order_by("dossier__code")
    for tour, dossier, code in held.values_list("round_id", "dossier_id", "dossier__code"):
        judged[tour].append(_judged(dossier, code, live[tour, dossier], breaking, usual[tour]))
    return {one.pk: ranking.standings(judged[one.pk], counting_of(one)) for one in rounds}


def finished_of(review_round: Round) -> dict[int, list[Assignment]]:
    """Return for each dossier its assignments whose sheet is finished, the first assigned first."""
    found = _live([review_round])
    return {dossier: [one for one in given if is_finished(one)] for (_, dossier), given in found.items()}


def is_finished(assignment: Assignment) -> bool:
    """Tell whether the expert has finished the sheet."""
    sheet = getattr(assignment, "sheet", None)
    return sheet is not None and sheet.state == SheetState.FINISHED


def _live(rounds: Collection[Round]) -> dict[tuple[int, int], list[Assignment]]:
    """Return the live assignments by round and dossier, the first assigned first."""
    found: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    live = Assignment.objects.filter(round__in=rounds, state__in=LIVE)
    for assignment in live.select_related("sheet").order_by("assigned_at", "pk"):
        found[assignment.round_id, assignment.dossier_id].append(assignment)
    return found


def _tie_breaks(rounds: Collection[Round]) -> dict[int, Decimal]:
    """Return the points of the tie-breaking criteria by assignment."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    breaking = Score.objects.filter(
        sheet__assignment__round__in=rounds, criterion__breaks_ties=True, value__isnull=False
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

"""Where the dossiers of a round stand."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db.models import prefetch_related_objects

from innoset.review.models import Assignment, Round, Score
from innoset.review.pure import ranking, scoring
from innoset.review.pure.ranking import Judged, Standing
from innoset.review.pure.scoring import Mark, Rule
from innoset.review.queries.sheets import rubrics_of, rule_of, rules_of, with_rubrics
from innoset.review.states import LIVE, RoundKind, SheetState

__all__ = [
    "counting_of",
    "finished_of",
    "is_finished",
    "judged_of",
    "rule_of",
    "rules_of",
    "standing_of",
    "standings_of",
]


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
    """Return for each round its dossiers, best first; as many queries as for one.

    Groups with criteria of their own are put on the scale of the round by their share of the maximum.
    """
    judged = judged_of(rounds)
    return {one.pk: ranking.standings(judged[one.pk], counting_of(one)) for one in rounds}


def judged_of(rounds: Collection[Round]) -> dict[int, list[Judged]]:
    """Return for each round its dossiers with their finished sheets, by code; places are not given yet."""
    live, breaking = _live(rounds), _breaking(rounds)
    prefetch_related_objects(list(rounds), *with_rubrics())
    scales = {one.pk: _Scales(one) for one in rounds}
    judged: dict[int, list[Judged]] = {one.pk: [] for one in rounds}
    held = Round.dossiers.through.objects.filter(round__in=rounds).order_by("dossier__code")
    for tour, dossier, code, group in held.values_list(
        "round_id", "dossier_id", "dossier__code", "dossier__group"
    ):
        given = [(one, breaking[one.pk]) for one in live[tour, dossier]]
        judged[tour].append(scales[tour].judged(dossier, code, group, given))
    return judged


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


def _breaking(rounds: Collection[Round]) -> dict[int, dict[int, Mark]]:
    """Return the marks at the tie-breaking criteria by assignment."""
    found: dict[int, dict[int, Mark]] = defaultdict(dict)
    breaking = Score.objects.filter(sheet__assignment__round__in=rounds, criterion__breaks_ties=True)
    for assignment, criterion, value, is_not_applicable in breaking.values_list(
        "sheet__assignment_id", "criterion_id", "value", "is_not_applicable"
    ):
        found[assignment][criterion] = Mark(value, is_not_applicable=is_not_applicable)
    return found


class _Scales:
    """The criteria of a round and of its groups, and how their points become points of the round."""

    def __init__(self, review_round: Round) -> None:
        self.own = rules_of(review_round.rubric)
        self.groups = {group: rules_of(rubric) for group, rubric in rubrics_of(review_round).items()}
        self.usual = review_round.sheets_per_dossier

    def judged(
        self, dossier: int, code: str, group: str, given: list[tuple[Assignment, dict[int, Mark]]]
    ) -> Judged:
        """Return a dossier with the totals of its finished sheets on the scale of the round."""
        rules = self.groups.get(group, self.own)
        done = [(one.sheet.total or Decimal(0), marks) for one, marks in given if is_finished(one)]
        return Judged(
            dossier_id=dossier,
            code=code,
            totals=tuple(_shared(total, rules, self.own) for total, _ in done),
            tie_breaks=tuple(self._tie_break(rules, marks, total) for total, marks in done),
            sheets_due=max(self.usual, len(given)),
            experts=tuple(one.expert_id for one, _ in given if is_finished(one)),
        )

    def _tie_break(self, rules: Sequence[Rule], marks: dict[int, Mark], total: Decimal) -> Decimal:
        points = scoring.tie_break(rules, marks, total)
        return _shared(points, _breaking_of(rules), _breaking_of(self.own))


def _breaking_of(rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.breaks_ties]


def _shared(points: Decimal, rules: Sequence[Rule], own: Sequence[Rule]) -> Decimal:
    """Return the same share of the other maximum; not rounded, so that equal shares stay equal."""
    most, scale = scoring.maximum(rules), scoring.maximum(own)
    return points if most == scale or not most else points * scale / most

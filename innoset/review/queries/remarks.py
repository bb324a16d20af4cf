"""What the applicant may read of the sheets."""

from collections import defaultdict

from innoset.review.models import Criterion, Dossier, Score, ScoreSheet
from innoset.review.pure.remarks import Remarks, anonymous, mean_of
from innoset.review.queries.sheets import rule_of
from innoset.review.states import LIVE, SheetState


def remarks_on(dossier: Dossier) -> list[Remarks]:
    """Return the marks and comments on a dossier by criterion, over all rounds, in two queries."""
    scores: dict[int, list[Score]] = defaultdict(list)
    finished = Score.objects.filter(
        sheet__assignment__dossier=dossier,
        sheet__assignment__state__in=LIVE,
        sheet__state=SheetState.FINISHED,
    )
    for score in finished.order_by("id"):
        scores[score.criterion_id].append(score)
    criteria = Criterion.objects.filter(pk__in=scores).order_by("rubric__rounds__opens_at", "number")
    return [_remarks(criterion, scores[criterion.pk]) for criterion in dict.fromkeys(criteria)]


def _remarks(criterion: Criterion, scores: list[Score]) -> Remarks:
    points = [criterion.weight * score.value for score in scores if score.value is not None]
    return Remarks(
        criterion=criterion.title,
        maximum=criterion.weight * max(rule_of(criterion).values, default=0),
        mean=mean_of(points),
        texts=anonymous(score.comment for score in scores),
    )


def conclusions_on(dossier: Dossier) -> tuple[str, ...]:
    """Return the general conclusions of the experts, without their names."""
    sheets = ScoreSheet.objects.filter(
        assignment__dossier=dossier, assignment__state__in=LIVE, state=SheetState.FINISHED
    )
    return anonymous(sheets.order_by("id").values_list("comment", flat=True))

"""How the sheets of a round came in."""

from innoset.review.models import Round, ScoreSheet
from innoset.review.pure.pace import Finish, Pace, pace_of
from innoset.review.queries.rounds import progress_of
from innoset.review.states import LIVE, SheetState


def pace_in(review_round: Round) -> Pace:
    """Return the round day by day, in a constant number of queries."""
    sheets = ScoreSheet.objects.filter(
        assignment__round=review_round, assignment__state__in=LIVE, state=SheetState.FINISHED
    ).order_by("finished_at", "pk")
    found = sheets.values_list("assignment__expert_id", "finished_at")
    finishes = [Finish(expert, at) for expert, at in found if at]
    due = progress_of(review_round).due
    return pace_of(finishes, due, opens=review_round.opens_at, closes=review_round.closes_at)

"""What the public may know of a contest: its results without names, its winners, its papers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.db.models import QuerySet

from innoset.contests.models import Application, Award, Contest, Sitting
from innoset.contests.states import SENT, ApplicationState, SittingState
from innoset.review.models import ScoreSheet
from innoset.review.states import LIVE, SheetState

# Who got how far. Whoever stands in a state has passed all that lies before it.
JUDGED = SENT - {
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.ADMITTED,
    ApplicationState.REFUSED,
}
BEFORE_COUNCIL = JUDGED - {ApplicationState.IN_REVIEW, ApplicationState.DECLINED}
BANDS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results of a finished contest, without a single name of a person."""

    stages: tuple[tuple[str, float], ...]
    bands: tuple[tuple[str, float], ...]
    awards: tuple[Award, ...]

    @property
    def has_scores(self) -> bool:
        """Tell whether there is a distribution to draw."""
        return any(count for _, count in self.bands)


def outcome_of(contest: Contest, most: Decimal) -> Outcome:
    """Return the counts by stage, the distribution of scores and the awards, with three queries."""
    states = list(
        Application.objects.filter(contest=contest, state__in=SENT).order_by().values_list("state", flat=True)
    )
    awards = awards_of(contest.pk)
    return Outcome(tuple(_stages(states, len(awards))), tuple(_bands(_totals(contest), most)), tuple(awards))


def _stages(states: Sequence[str], awarded: int) -> list[tuple[str, float]]:
    return [
        ("Отправлено заявок", len(states)),
        ("Допущено к экспертизе", sum(state in JUDGED for state in states)),
        ("Дошло до совета", sum(state in BEFORE_COUNCIL for state in states)),
        ("Присвоен статус", awarded),
    ]


def _totals(contest: Contest) -> list[Decimal]:
    """Return one final score a dossier: the mean of each round, the rounds added up."""
    rounds = [key for key in (contest.remote_round_id, contest.defence_round_id) if key]
    sheets = ScoreSheet.objects.filter(
        assignment__round__in=rounds, assignment__state__in=LIVE, state=SheetState.FINISHED
    ).order_by("id")
    marks: dict[tuple[int, int], list[Decimal]] = {}
    for dossier, review_round, total in sheets.values_list(
        "assignment__dossier", "assignment__round", "total"
    ):
        marks.setdefault((dossier, review_round), []).append(total or Decimal(0))
    totals: dict[int, Decimal] = {}
    for (dossier, _), given in marks.items():
        totals[dossier] = totals.get(dossier, Decimal(0)) + sum(given, Decimal(0)) / len(given)
    return list(totals.values())


def _bands(totals: Iterable[Decimal], most: Decimal) -> list[tuple[str, float]]:
    """Count the scores in ten equal bands; the empty bands at the bottom are left out."""
    width = max(1, ceil(most / BANDS))
    top = max(0, ceil(most / width) - 1)
    counts = Counter(min(int(total) // width, top) for total in totals)
    return [
        (
            f"{band * width}–{most:.0f}" if band == top else f"{band * width}–{(band + 1) * width - 1}",
            counts[band],
        )
        for band in range(top, min(counts, default=top + 1) - 1, -1)
    ]


def awards_of(contest: int) -> list[Award]:
    """Return who won a contest, known by its key, with organisation and theme."""
    found = Award.objects.filter(application__contest=contest).select_related(
        "application__organisation__municipality",
        "application__project",
        "application__nomination",
        "application__contest",
        "status__kind",
    )
    return list(found.order_by("place", "id"))


def past_awards_of(contest: Contest) -> list[Award]:
    """Return who won the contest that this one was copied from."""
    return awards_of(contest.copied_from_id) if contest.copied_from_id else []


def minutes_sitting_of(contest: Contest) -> Sitting | None:
    """Return the closed sitting whose minutes are public."""
    closed = contest.sittings.filter(state=SittingState.CLOSED).select_related("minutes__pdf")
    return closed.order_by("-closed_at", "-id").first()


def finished_first(contests: QuerySet[Contest]) -> QuerySet[Contest]:
    """Put the contests with the freshest results first."""
    return contests.filter(results_at__isnull=False).order_by("-results_at", "-id")

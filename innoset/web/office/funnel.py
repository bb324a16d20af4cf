"""The funnel of a contest: how many applications stand at each step, each count a link."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from innoset.contests.models import Application, Contest
from innoset.contests.states import ApplicationState as S
from innoset.review.models import Assignment, Round
from innoset.review.states import LIVE, SheetState

# The steps in the order of an application's life; each step counts the states that stand on it.
STEPS = (
    ("Черновики", (S.DRAFT,)),
    ("На проверке", (S.SUBMITTED,)),
    ("Исправляют", (S.RETURNED,)),
    ("Допущены", (S.ADMITTED,)),
    ("У экспертов", (S.IN_REVIEW,)),
    ("На защите", (S.TO_DEFENCE,)),
    ("Предложены советом", (S.PROPOSED,)),
    ("Статус присвоен", (S.AWARDED,)),
    ("Выбыли", (S.REFUSED, S.DECLINED, S.REJECTED, S.WITHDRAWN)),
)
OUT = "out"
"""What the table of applications is asked for, to show whoever dropped out for any reason."""
OUT_STATES = STEPS[-1][1]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel."""

    title: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """A contest with its steps and, while experts work, how many sheets are done."""

    contest: Contest
    steps: tuple[Step, ...]
    sheets_done: int
    sheets_due: int

    @property
    def alive(self) -> int:
        """Return how many applications are still on their way."""
        return sum(step.count for step in self.steps if step.title != STEPS[-1][0])


def funnels_of(contests: Sequence[Contest]) -> list[Funnel]:
    """Return the funnels of these contests with three queries, however many they are."""
    counts = _counts(contests)
    sheets = _sheets(contests)
    return [Funnel(one, tuple(_steps(one, counts)), *_sheets_of(one, sheets)) for one in contests]


def _counts(contests: Sequence[Contest]) -> dict[tuple[int, str], int]:
    rows = Application.objects.filter(contest__in=contests).order_by()
    return {
        (contest, state): count
        for contest, state, count in rows.values_list("contest", "state").annotate(Count("id"))
    }


def _steps(contest: Contest, counts: dict[tuple[int, str], int]) -> list[Step]:
    base = reverse("office:contest_applications", args=[contest.code])
    return [
        Step(
            title,
            sum(counts.get((contest.pk, state), 0) for state in states),
            f"{base}?state={states[0] if len(states) == 1 else OUT}",
        )
        for title, states in STEPS
    ]


def _sheets(contests: Sequence[Contest]) -> dict[int, tuple[int, int]]:
    """Count the finished and the due sheets of every round of these contests.

    A dossier that was given to more experts than its round wants is due from all of them.
    """
    keys = [key for one in contests for key in (one.remote_round_id, one.defence_round_id) if key]
    live = Assignment.objects.filter(round__in=keys, state__in=LIVE).order_by()
    rows = list(live.values_list("round", "dossier", "sheet__state"))
    given = Counter((key, dossier) for key, dossier, _ in rows)
    done = Counter(key for key, _, state in rows if state == SheetState.FINISHED)
    pairs = Round.dossiers.through.objects.filter(round__in=keys).order_by()
    due: dict[int, int] = {}
    for key, dossier, usual in pairs.values_list("round", "dossier", "round__sheets_per_dossier"):
        due[key] = due.get(key, 0) + max(usual, given[key, dossier])
    return {key: (done[key], many) for key, many in due.items()}


def _sheets_of(contest: Contest, sheets: dict[int, tuple[int, int]]) -> tuple[int, int]:
    current = contest.defence_round_id or contest.remote_round_id
    return sheets.get(current, (0, 0)) if current else (0, 0)

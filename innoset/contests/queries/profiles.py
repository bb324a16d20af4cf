"""The profile of a work: its marks by criterion among those of all works of its contest."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import quantiles

from innoset.contests.models import Application
from innoset.contests.states import ContestState
from innoset.review.models import Score, ScoreSheet
from innoset.review.states import LIVE, SheetState

# Among fewer works the distribution would tell single results.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One criterion: the work's mean level and the quartiles of all works, in levels of the scale."""

    criterion: str
    top: int
    own: float
    low: float
    median: float
    high: float


def profile_of(application: Application) -> list[ProfileLine]:
    """Return the profile by the remote round, or nothing where the contest keeps it to itself."""
    contest = application.contest
    is_open = contest.shares_profile and contest.state == ContestState.FINISHED
    if not is_open or application.dossier_id is None or contest.remote_round_id is None:
        return []
    marks: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    titles: dict[int, tuple[str, int]] = {}
    scores = Score.objects.filter(
        sheet__assignment__round=contest.remote_round_id,
        sheet__assignment__state__in=LIVE,
        sheet__state=SheetState.FINISHED,
        value__isnull=False,
    ).select_related("criterion", "sheet__assignment")
    for score in scores.order_by("criterion__number", "id"):
        criterion = score.criterion
        titles[criterion.pk] = (criterion.title, max(level["value"] for level in criterion.levels))
        marks[criterion.pk][score.sheet.assignment.dossier_id].append(score.value or 0)
    lines = (_line(titles[key], given, application.dossier_id) for key, given in marks.items())
    return [line for line in lines if line is not None]


def _line(title: tuple[str, int], given: dict[int, list[int]], dossier: int) -> ProfileLine | None:
    if dossier not in given or len(given) < FEWEST:
        return None
    means = {key: sum(values) / len(values) for key, values in given.items()}
    low, median, high = quantiles(means.values(), n=4, method="inclusive")
    return ProfileLine(title[0], title[1], means[dossier], low, median, high)


def judges_of(application: Application) -> list[str]:
    """Return who judged the work, where the contest names its experts after the results; else nobody."""
    contest = application.contest
    is_told = contest.experts_are_named and contest.state == ContestState.FINISHED
    if not is_told or application.dossier_id is None:
        return []
    sheets = ScoreSheet.objects.filter(
        assignment__dossier=application.dossier_id,
        assignment__state__in=LIVE,
        assignment__round__experts_are_named=True,
        state=SheetState.FINISHED,
    ).select_related("assignment__expert")
    return sorted({sheet.assignment.expert.full_name for sheet in sheets.order_by("id")})

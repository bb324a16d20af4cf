"""What the pages of a round show of its calibration: the line, chances, fates, where one more review helps."""

from dataclasses import dataclass

from innoset.contests.models import Contest
from innoset.review.models import Round
from innoset.review.pure.calibration import Fate, Help, fates, line_of, most_helpful, probability_above
from innoset.review.queries.calibrations import Calibrated, CalibratedRow, calibration_of
from innoset.review.states import RoundKind
from innoset.web.office.round_frame import Place
from innoset.web.ui.charts import Slope, Slopes, slope_graph

MOST_LINES = 40
MOST_HELPED = 5


@dataclass(frozen=True, slots=True)
class Cut:
    """The line of a round: how many get over it, where it lies in fair points, by which rule."""

    seats: int
    points: float
    rule: str


@dataclass(frozen=True, slots=True)
class Helped:
    """A dossier that one more review would help: the chances of a wrong side, in percent."""

    row: CalibratedRow
    now: int
    after: int


@dataclass(frozen=True, slots=True)
class FateRow:
    """A dossier whose fate differs."""

    row: CalibratedRow
    fate: Fate
    percent: int


@dataclass(frozen=True, slots=True)
class View:
    """A calibration beside the line of the contest."""

    calibrated: Calibrated
    cut: Cut | None
    chances: dict[int, float]
    helped: list[Helped]
    fates: list[FateRow]
    slopes: Slopes
    moved: int
    is_cut_short: bool

    @property
    def rows(self) -> dict[int, CalibratedRow]:
        """Return the rows by dossier."""
        return {row.dossier_id: row for row in self.calibrated.rows}

    @property
    def percents(self) -> dict[int, int]:
        """Return the chances to be above the line in percent."""
        return {key: round(100 * chance) for key, chance in self.chances.items()}


def view_of(place: Place) -> View | None:
    """Return the calibration of the round as its pages show it, if there is one."""
    found = calibration_of(place.round)
    if found is None or not found.rows:
        return None
    cut = cut_of(place.contest, place.round, found)
    rows = {row.dossier_id: row for row in found.rows}
    differing = (
        fates({key: (row.rank_raw, row.rank_fair) for key, row in rows.items()}, cut.seats) if cut else []
    )
    chances = probability_above(found.rows, cut.points) if cut else {}
    shown = _shown(found)
    return View(
        calibrated=found,
        cut=cut,
        chances=chances,
        helped=[_helped(rows, one) for one in most_helpful(found.rows, cut.points, found.noise)[:MOST_HELPED]]
        if cut
        else [],
        fates=[FateRow(rows[one.work], one, round(100 * chances[one.work])) for one in differing],
        slopes=_slopes(shown, {one.work for one in differing}, cut),
        moved=sum(row.rank_raw != row.rank_fair for row in found.rows),
        is_cut_short=len(shown) < len(found.rows),
    )


def cut_of(contest: Contest, review_round: Round, found: Calibrated) -> Cut | None:
    """Return the line by the threshold of the remote round, else by the number of statuses; None without both."""
    is_remote = review_round.kind == RoundKind.REMOTE
    if is_remote and contest.remote_threshold is not None:
        seats = sum(row.raw >= contest.remote_threshold for row in found.rows)
        return Cut(seats, float(contest.remote_threshold), "проходной балл заочного этапа")
    points = line_of(found.rows, contest.quota or 0)
    if contest.quota is None or points is None:
        return None
    return Cut(contest.quota, points, "наибольшее число статусов")


def _helped(rows: dict[int, CalibratedRow], one: Help) -> Helped:
    return Helped(rows[one.dossier_id], round(100 * one.now), round(100 * one.after))


def _shown(found: Calibrated) -> list[CalibratedRow]:
    """Return all the rows, or of a long list those that move most."""
    if len(found.rows) <= MOST_LINES:
        return list(found.rows)
    return sorted(found.rows, key=lambda row: (-abs(row.moved), row.rank_fair, row.code))[:MOST_LINES]


def _slopes(shown: list[CalibratedRow], differing: set[int], cut: Cut | None) -> Slopes:
    over = sum(row.rank_raw <= cut.seats for row in shown) if cut else None
    return slope_graph(
        [Slope(row.code, row.rank_raw, row.rank_fair, row.dossier_id in differing) for row in shown],
        cut_after=over,
    )

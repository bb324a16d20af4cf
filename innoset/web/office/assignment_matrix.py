"""The matrix of experts and dossiers, laid out for the page."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from innoset.accounts.models import User
from innoset.review import queries
from innoset.review.models import Assignment, Dossier, PanelSeat, Round
from innoset.review.pure.assignment import Plan
from innoset.review.queries.ranking import is_finished
from innoset.review.states import LIVE, AssignmentState

ROWS = 60
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Head:
    """A column: an expert with the load."""

    seat: PanelSeat
    load: int
    most: int

    @property
    def share(self) -> int:
        """Return how full the bar of the load is, in hundredths."""
        return min(100, round(100 * self.load / self.most)) if self.most else 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an expert meets a dossier."""

    expert: User
    value: str
    conflict: str
    mark: str
    is_given: bool
    is_begun: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier with its cells."""

    dossier: Dossier
    cells: list[Cell]
    given: int
    wanted: int

    @property
    def lacks(self) -> int:
        """Return how many experts are missing."""
        return max(0, self.wanted - self.given)


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the page shows."""

    heads: list[Head]
    rows: list[Row]
    page: Page[Dossier]
    was: str
    lacking: int


def matrix_of(review_round: Round, *, page: str | None, ticked: set[Pair] | None = None) -> Matrix:
    """Lay the matrix out with a constant number of queries; `ticked` shows again what was sent."""
    seats = list(queries.experts_of(review_round))
    shown = Paginator(review_round.dossiers.order_by("code"), ROWS).get_page(page)
    conflicts = queries.barred_in(review_round, [seat.person_id for seat in seats])
    live = {(one.expert_id, one.dossier_id): one for one in _live(review_round)}
    loads = Counter(expert for expert, _ in live)
    filled = Counter(work for _, work in live)
    rows = [
        Row(
            dossier,
            [_cell(seat.person, dossier, live, conflicts, ticked) for seat in seats],
            filled[dossier.pk],
            review_round.sheets_per_dossier,
        )
        for dossier in shown
    ]
    most = max(loads.values(), default=0)
    return Matrix(
        heads=[Head(seat, loads[seat.person_id], seat.most or most) for seat in seats],
        rows=rows,
        page=shown,
        was=" ".join(
            cell.value for row in rows for cell in row.cells if _is_live(cell, live) and not cell.is_begun
        ),
        lacking=sum(
            max(0, review_round.sheets_per_dossier - filled[key])
            for key in review_round.dossiers.values_list("pk", flat=True)
        ),
    )


def _live(review_round: Round) -> list[Assignment]:
    found = Assignment.objects.filter(round=review_round, state__in=LIVE)
    return list(found.select_related("sheet").order_by("pk"))


def _is_live(cell: Cell, live: dict[Pair, Assignment]) -> bool:
    expert, _, work = cell.value.partition("-")
    return (int(expert), int(work)) in live


def _cell(
    expert: User,
    dossier: Dossier,
    live: dict[Pair, Assignment],
    conflicts: dict[Pair, str],
    ticked: set[Pair] | None,
) -> Cell:
    pair = (expert.pk, dossier.pk)
    given = live.get(pair)
    return Cell(
        expert=expert,
        value=f"{pair[0]}-{pair[1]}",
        conflict="" if given else conflicts.get(pair, ""),
        mark=_mark(given),
        is_given=given is not None if ticked is None else pair in ticked,
        is_begun=given is not None and given.state == AssignmentState.CLEARED,
    )


def _mark(given: Assignment | None) -> str:
    if given is None or given.state != AssignmentState.CLEARED:
        return ""
    return "Завершён" if is_finished(given) else "Оценивает"


def plan_rows(review_round: Round, made: Plan) -> dict[str, Any]:
    """Lay a plan out: new pairs by dossier with their reasons, loads by name, shortages."""
    names = {seat.person_id: seat.person.short_name for seat in queries.experts_of(review_round)}
    dossiers = {dossier.pk: dossier for dossier in review_round.dossiers.all()}
    fresh: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pair in made.fresh:
        fresh[pair.work].append((names[pair.expert], pair.reason))
    return {
        "rows": [(dossiers[work], pairs) for work, pairs in fresh.items()],
        "loads": [(names[load.expert], load.count) for load in made.loads],
    }

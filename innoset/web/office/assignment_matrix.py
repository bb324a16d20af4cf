"""The matrix of experts and dossiers, laid out for the page."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from innoset.accounts.models import User
from innoset.foundation.russian import decimal
from innoset.review import queries
from innoset.review.models import Alternate, Assignment, Dossier, PanelSeat, Round
from innoset.review.pure.conflicts import Finding, Kind
from innoset.review.pure.stand_ins import lacking, stand_ins
from innoset.review.queries.assignments import capacities_of, minutes_of
from innoset.review.queries.conflicts import ties_among
from innoset.review.queries.ranking import is_finished
from innoset.review.states import LIVE, AssignmentState, RoundKind

# The page keeps its weight: the more experts, the fewer dossiers on it.
ROWS, CELLS = 60, 3000
LEAST_ROWS = 10
Pair = tuple[int, int]
# What stands in a cell of which nothing else is known.
_SIGNS = {Kind.MUNICIPALITY: "свой"}


@dataclass(frozen=True, slots=True)
class Head:
    """A column: an expert with the load."""

    seat: PanelSeat
    load: int
    minutes: int
    most: int

    @property
    def share(self) -> int:
        """Return how full the bar of the load is, in hundredths."""
        return min(100, round(100 * self.minutes / self.most)) if self.most else 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an expert meets a dossier: `sign` is seen, `note` tells why when it is opened."""

    expert: User
    value: str
    conflict: str
    mark: str
    sign: str
    note: str
    is_given: bool
    is_begun: bool
    is_doubtful: bool


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
class Vacancy:
    """A dossier that somebody has left: how many places are free, and which alternates would take them."""

    code: str
    lacks: int
    names: list[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the page shows."""

    heads: list[Head]
    rows: list[Row]
    page: Page[Dossier]
    was: str
    lacking: int
    vacancies: list[Vacancy]


def matrix_of(review_round: Round, *, page: str | None, ticked: set[Pair] | None = None) -> Matrix:
    """Lay the matrix out with a constant number of queries; `ticked` shows again what was sent."""
    board = _Board(review_round, ticked)
    room = max(LEAST_ROWS, min(ROWS, CELLS // max(1, len(board.seats))))
    shown = Paginator(board.dossiers, room).get_page(page)
    rows = [
        Row(
            dossier,
            [board.cell(seat.person, dossier) for seat in board.seats],
            board.filled[dossier.pk],
            review_round.sheets_per_dossier,
        )
        for dossier in shown
    ]
    return Matrix(
        heads=list(board.heads()),
        rows=rows,
        page=shown,
        was=" ".join(board.was(shown)),
        lacking=sum(max(0, review_round.sheets_per_dossier - board.filled[one.pk]) for one in board.dossiers),
        vacancies=board.vacancies(),
    )


class _Board:
    """Everything that the cells are drawn from."""

    def __init__(self, review_round: Round, ticked: set[Pair] | None) -> None:
        self.round, self.ticked = review_round, ticked
        self.seats = list(queries.experts_of(review_round))
        known = review_round.dossiers.defer("content", "stages").order_by("code")
        self.dossiers = list(known.select_related("organisation__municipality", "organisation__founder"))
        ties = ties_among(review_round, self.dossiers, [seat.person for seat in self.seats])
        self.conflicts = {pair: one[0] for pair, one in ties.items()}
        found = Assignment.objects.filter(round=review_round).select_related("sheet").order_by("pk")
        every = {(one.expert_id, one.dossier_id): one for one in found}
        self.live = {pair: one for pair, one in every.items() if one.state in LIVE}
        self.spent = [pair for pair, one in every.items() if one.state not in LIVE]
        ready = Alternate.objects.filter(round=review_round).order_by("position", "pk")
        self.ready = {(one.expert_id, one.dossier_id): one for one in ready}
        self.filled = Counter(work for _, work in self.live)
        self.minutes = {one.pk: minutes_of(one, review_round) for one in self.dossiers}

    @cached_property
    def affinity(self) -> dict[Pair, int]:
        """Return what the last plan knew of the pairs, in hundredths."""
        plan = self.round.plans.only("parameters").first()
        if plan is None:
            return {}
        told: dict[str, Any] = plan.parameters
        return {
            (expert, int(work)): value
            for work, values in told["affinity"].items()
            for expert, value in zip(told["experts"], values, strict=True)
        }

    def heads(self) -> Iterator[Head]:
        loads: dict[int, list[int]] = defaultdict(list)
        for expert, work in self.live:
            loads[expert].append(self.minutes.get(work, 0))
        most = max((sum(one) for one in loads.values()), default=0)
        for seat in self.seats:
            own = loads[seat.person_id]
            yield Head(seat, len(own), sum(own), seat.most_minutes or most)

    def was(self, shown: Page[Dossier]) -> Iterator[str]:
        """Yield the pairs of this page that a tick can change."""
        keys, people = {one.pk for one in shown}, {seat.person_id for seat in self.seats}
        for (expert, work), one in self.live.items():
            if work in keys and expert in people and one.state != AssignmentState.CLEARED:
                yield f"{expert}-{work}"

    def cell(self, expert: User, dossier: Dossier) -> Cell:
        pair = (expert.pk, dossier.pk)
        given, tie, ready = self.live.get(pair), self.conflicts.get(pair), self.ready.get(pair)
        is_barred = tie is not None and tie.is_barring and given is None
        is_begun = given is not None and given.state == AssignmentState.CLEARED
        return Cell(
            expert=expert,
            value=f"{pair[0]}-{pair[1]}",
            conflict=tie.reason if tie is not None and is_barred else "",
            mark=("Завершён" if is_finished(given) else "Оценивает")
            if given is not None and is_begun
            else "",
            sign=self._sign(pair, ready) or ("" if tie is None or given else _SIGNS.get(tie.kind, "")),
            note=_note(given, ready, tie),
            is_given=given is not None if self.ticked is None else pair in self.ticked,
            is_begun=is_begun,
            is_doubtful=tie is not None and not is_barred and tie.kind != Kind.MUNICIPALITY,
        )

    def _sign(self, pair: Pair, ready: Alternate | None) -> str:
        value = self.affinity.get(pair)
        number = "" if value is None else decimal(value / 100)
        return f"{number} зап. {ready.position}".strip() if ready else number

    def vacancies(self) -> list[Vacancy]:
        """Return the dossiers that lack experts because somebody has gone, with who would take the places."""
        if self.round.kind == RoundKind.DEFENCE:
            return []
        lacks = lacking(self.live, self.spent, self.round.sheets_per_dossier)
        barred = {pair for pair, tie in self.conflicts.items() if tie.is_barring}
        chosen = stand_ins(
            lacks,
            list(self.ready),
            barred={*barred, *self.spent},
            live=self.live,
            capacities=capacities_of(self.seats),
            minutes=self.minutes,
        )
        names = {seat.person_id: seat.person.short_name for seat in self.seats}
        codes = {one.pk: one.code for one in self.dossiers}
        return [
            Vacancy(codes[work], lacks[work], [names[expert] for expert, _ in pairs])
            for work, pairs in chosen.items()
            if work in codes
        ]


def _note(given: Assignment | None, ready: Alternate | None, tie: Finding | None) -> str:
    """Say why the expert has the dossier or stands ready for it, and what makes one doubt."""
    said = [given.reason if given else ready.reason if ready else ""]
    if tie and (given or not tie.is_barring):
        said.append(tie.reason if tie.kind == Kind.MUNICIPALITY else f"{_weight(tie)}: {_lower(tie.reason)}")
    return ". ".join(part.rstrip(".") for part in said if part)


def _weight(tie: Finding) -> str:
    return "Конфликт интересов" if tie.is_barring else "Возможен конфликт"


def _lower(reason: str) -> str:
    return reason[:1].lower() + reason[1:]

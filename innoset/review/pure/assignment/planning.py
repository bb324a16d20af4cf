"""Who reads what: balanced pairs without conflicts, each with its reason.

The plan serves the dossiers level by level (everybody a first expert, then a second, …), so no dossier
stays worse off than it must and the number of pairs is the greatest possible. Under that, the loads
of the experts are as even as possible. Both are exact: each dossier goes along the cheapest augmenting
path, the one that ends at the freest expert within reach, and such paths never leave anything to improve.
"""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from innoset.foundation.russian import counted, decimal, joined, plural
from innoset.review.pure.assignment.plans import Load, Pair, Plan, Shortage
from innoset.review.pure.assignment.problem import Problem, Work

_EXPERTS = ("эксперт", "эксперта", "экспертов")
_DOSSIERS = ("дело", "дела", "дел")


def plan(problem: Problem) -> Plan:
    """Spread the dossiers over the experts; what cannot be served is explained, never refused."""
    board = _Board(problem)
    for level in range(max((work.wanted for work in problem.works), default=0)):
        for work in board.order:
            if len(board.given[work.key]) == level < work.wanted:
                board.serve(work.key)
    return Plan(tuple(_pairs(board)), _loads(board), tuple(_shortages(board)))


@dataclass(frozen=True, slots=True)
class _Step:
    """An expert takes a dossier from its owner, if it has one."""

    work: int
    owner: int | None


@dataclass
class _Board:
    """The pairs as they stand while the plan is being made."""

    problem: Problem
    given: dict[int, set[int]] = field(init=False)
    held: dict[int, set[int]] = field(init=False)
    most: dict[int, float] = field(init=False)
    order: list[Work] = field(init=False)

    def __post_init__(self) -> None:
        lots = random.Random(self.problem.seed)  # noqa: S311  # reason: a draw of lots that can be repeated, not a secret
        experts = sorted(self.problem.experts, key=lambda one: one.key)
        lots.shuffle(experts)
        self.held = {expert.key: set() for expert in experts}
        self.most = {one.key: float("inf") if one.most is None else one.most for one in experts}
        self.order = sorted(self.problem.works, key=lambda one: (one.code, one.key))
        lots.shuffle(self.order)
        self.given = {work.key: set() for work in self.order}
        for expert, work in sorted(self.problem.locked):
            if expert in self.held and work in self.given:
                self.put(expert, work)

    def put(self, expert: int, work: int) -> None:
        self.given[work].add(expert)
        self.held[expert].add(work)

    def take(self, expert: int, work: int) -> None:
        self.given[work].discard(expert)
        self.held[expert].discard(work)

    def load(self, expert: int) -> int:
        return len(self.held[expert])

    def has_room(self, expert: int) -> bool:
        return self.load(expert) < self.most[expert]

    def may_take(self, expert: int, work: int) -> bool:
        return expert not in self.problem.barred[work] and expert not in self.given[work]

    def movable(self, expert: int) -> Iterator[int]:
        """Yield the dossiers that may be taken from the expert."""
        return (work for work in sorted(self.held[expert]) if (expert, work) not in self.problem.locked)

    def serve(self, work: int) -> None:
        """Give the dossier one more expert, the freest that can be reached; nobody served is left."""
        roomy = [expert for expert in self.held if self.has_room(expert)]
        best = min((one for one in roomy if self.may_take(one, work)), key=self.load, default=None)
        # The freest of all is at hand: no need to look for a path.
        if best is not None and self.load(best) == min(map(self.load, roomy)):
            self.put(best, work)
            return
        trail = self.trail(work)
        free = [expert for expert in trail if self.has_room(expert)]
        if free:
            self.walk(trail, min(free, key=self.load))

    def trail(self, start: int) -> dict[int, _Step]:
        """Return every expert whom a dossier can reach, with the step that reaches this expert.

        A dossier passes to an expert who may take it, and then one of that expert's passes further.
        """
        found: dict[int, _Step] = {}
        seen: set[int] = set()
        queue: deque[tuple[int, int | None]] = deque([(start, None)])
        while queue:
            work, owner = queue.popleft()
            if work in seen:
                continue
            seen.add(work)
            for expert in self.held:
                if expert not in found and self.may_take(expert, work):
                    found[expert] = _Step(work=work, owner=owner)
                    queue.extend((one, expert) for one in self.movable(expert))
        return found

    def walk(self, trail: dict[int, _Step], expert: int) -> None:
        """Make the moves of the path that ends at the expert."""
        at: int | None = expert
        while at is not None:
            step = trail[at]
            if step.owner is not None:
                self.take(step.owner, step.work)
            self.put(at, step.work)
            at = step.owner


def _pairs(board: _Board) -> Iterator[Pair]:
    problem = board.problem
    for work in sorted(board.order, key=lambda one: (one.code, one.key)):
        for expert in sorted(board.given[work.key]):
            is_locked = (expert, work.key) in problem.locked
            reason = "Назначено раньше" if is_locked else _reason(board, expert)
            yield Pair(expert, work.key, reason, is_locked)


def _reason(board: _Board, expert: int) -> str:
    most, load = board.most[expert], board.load(expert)
    limit = f" из {most:.0f} возможных" if most != float("inf") else ""
    average = sum(map(len, board.held.values())) / len(board.held)
    return f"Конфликта нет. У эксперта {counted(load, *_DOSSIERS)}{limit}, в среднем по комиссии {decimal(average, 1)}"


def _loads(board: _Board) -> tuple[Load, ...]:
    return tuple(Load(one.key, board.load(one.key), one.most) for one in board.problem.experts)


def _shortages(board: _Board) -> Iterator[Shortage]:
    for work in sorted(board.order, key=lambda one: (one.code, one.key)):
        lacks = work.wanted - len(board.given[work.key])
        if lacks > 0:
            yield Shortage(work.key, work.code, lacks, _why(board, work))


def _why(board: _Board, work: Work) -> str:
    """Say where every expert of the panel went: the dossier's own, in conflict, full."""
    if not board.held:
        return "В комиссии нет ни одного согласившегося эксперта."
    own = len(board.given[work.key])
    barred = [
        one
        for one in board.held
        if one in board.problem.barred[work.key] and one not in board.given[work.key]
    ]
    full = len(board.held) - own - len(barred)
    parts = [
        f"{counted(own, *_EXPERTS)} уже {plural(own, 'назначен', 'назначены', 'назначены')}" if own else "",
        f"у {counted(len(barred), 'эксперта', 'экспертов', 'экспертов')} конфликт интересов"
        if barred
        else "",
        f"у {counted(full, 'эксперта', 'экспертов', 'экспертов')} исчерпан предел дел, и передать их дела некому"
        if full
        else "",
    ]
    lacks = work.wanted - own
    words = joined([part for part in parts if part])
    return f"Не хватает {counted(lacks, 'эксперта', 'экспертов', 'экспертов')}: в комиссии {counted(len(board.held), *_EXPERTS)}, {words}."

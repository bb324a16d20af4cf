"""The goals one after the other: served, kept at a repair, worst, total, even, kept."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from innoset.review.pure.assignment import connection, polish
from innoset.review.pure.assignment.grid import SCALE, Flags, Grid, Ints
from innoset.review.pure.assignment.plans import SERVED, TOTAL, Goal
from innoset.review.pure.assignment.programme import MILLI, Aim, Answer, Programme, best, relax
from innoset.review.pure.assignment.rules import Lenient, lenient, rules_of
from innoset.review.pure.assignment.service import Server, Service

_ROUNDS: Final = 20


@dataclass(frozen=True)
class Outcome:
    """The chosen pairs, the proof, whether everything is served."""

    chosen: Flags
    goals: tuple[Goal, ...]
    is_full: bool


def composed(grid: Grid) -> Outcome:
    """Pursue the goals in their order; what cannot be served in full is served as far as it goes."""
    rules = rules_of(grid)
    found = _pursued(grid, rules, is_full=True)
    if found is not None:
        return found
    easy, goal, start = _scarce(grid, lenient(grid, rules))
    found = _pursued(grid, easy, is_full=False)
    if found is None:  # pragma: no cover  # reason: only a search cut short comes here
        return Outcome(start, (goal,), is_full=False)
    return replace(found, goals=(goal, *found.goals))


def _pursued(grid: Grid, programme: Programme, *, is_full: bool) -> Outcome | None:
    goals: list[Goal] = []
    if grid.problem.is_repair and grid.preferred.any():
        held, programme, goal = polish.kept(grid, programme)
        if held is None:
            return None
        goals.append(goal)
    server = Server(grid, programme, is_full)
    service = server.serve(relax(programme, server.worth / MILLI))
    if service is None:
        return None
    if grid.problem.wants_connection:
        server, service = _linked(server, service)
    goals += service.goals
    chosen, more = _polished(server, service)
    return Outcome(chosen, (*goals, *more), is_full)


def _linked(server: Server, service: Service) -> tuple[Server, Service]:
    """Exchange pairs at the least loss of the total until all meet; keep what was if they cannot."""
    tried, found = server, service
    for _ in range(_ROUNDS):  # pragma: no branch  # reason: far more than parts ever need
        chosen = _pairs(server.grid, found.answer)
        if connection.parts_of(server.grid, chosen)[0] <= 1:
            return tried, found
        bridged = connection.bridged(server.grid, tried.programme, chosen)
        if bridged is None:
            break
        tried = Server(server.grid, bridged, server.is_full)
        answer = tried.total_at(found.floors)
        if answer.x is None:
            break
        goal = Goal(TOTAL, answer.value / SCALE, answer.bound / SCALE)
        goals = tuple(goal if one.key == TOTAL else one for one in found.goals)
        found = Service(found.floors, answer, goals)
    return server, service


def _polished(server: Server, service: Service) -> tuple[Flags, list[Goal]]:
    grid, answer = server.grid, service.answer
    chosen = _pairs(grid, answer)
    programme = server.with_floors(service.floors)
    if programme is None or not chosen.any():
        return chosen, []
    programme = polish.settled(programme, answer, server.worth, scale=MILLI)
    is_last = grid.problem.is_repair or not grid.preferred.any()
    chosen, programme, goal = polish.evened(grid, programme, chosen, is_last=is_last)
    goals = [goal]
    if not is_last:
        held, _, goal = polish.kept(grid, programme)
        goals.append(
            goal if held is not None else replace(goal, reached=int((chosen & grid.preferred).sum()))
        )
        chosen = chosen if held is None else held
    return chosen, goals


def _pairs(grid: Grid, answer: Answer) -> Flags:
    assert answer.x is not None  # noqa: S101  # reason: a service always has its pairs
    flags: Flags = answer.x[: grid.size] > 0.5  # noqa: PLR2004  # reason: nought or one
    return flags


def _scarce(grid: Grid, easy: Lenient) -> tuple[Programme, Goal, Flags]:
    """Leave as few works as possible without a first expert, then without a second, …; then least loads."""
    programme, x = easy.programme, easy.start
    lacking = bound = 0
    for columns in [*easy.levels, easy.works_lacking, easy.minutes_lacking]:
        if not len(columns):
            continue
        gain: Ints = np.zeros(len(programme.low), np.int64)
        gain[columns] = -1
        found = best(programme, Aim(gain, grid.problem.patience))
        x = x if found.x is None else found.x
        worth = int(gain @ x.astype(np.int64))
        programme = programme.plus(gain[None, :].astype(float), worth, np.inf)
        if any(columns is one for one in easy.levels):
            lacking -= worth
            bound -= found.bound if found.x is not None else 0
    goal = Goal(SERVED, int(grid.wanted.sum()) - lacking, int(grid.wanted.sum()) - bound)
    return programme, goal, x[: grid.size] > 0.5  # noqa: PLR2004  # reason: nought or one

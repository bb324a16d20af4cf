"""From a problem to a plan."""

from innoset.review.pure.assignment import connection, course, lots, words
from innoset.review.pure.assignment.clashes import clashes_of
from innoset.review.pure.assignment.grid import Flags, Floats, Grid, grid_of
from innoset.review.pure.assignment.plans import Certificate, Clash, Goal, Plan
from innoset.review.pure.assignment.problem import Problem
from innoset.review.pure.assignment.spares import spares_of

NO_DRAW = Clash(
    (),
    (),
    "Провести жеребьёвку с таким пределом вероятности нельзя: экспертов без конфликта слишком мало.",
    "Поднимите предел вероятности или пригласите ещё экспертов. Пока составлен обычный план без жеребьёвки.",
)


def plan(problem: Problem) -> Plan:
    """Spread the works over the experts; what cannot be served is explained, never refused."""
    grid = grid_of(problem)
    greatest = problem.greatest_probability
    draw = lots.drawn(grid, greatest, problem.seed) if greatest is not None and grid.size else None
    if draw is not None:
        return _told(grid, draw.chosen, (draw.goal,), odds=draw.odds)
    found = course.composed(grid)
    clashes = () if found.is_full else clashes_of(grid, found.chosen)
    if greatest is not None and found.is_full and grid.size:
        clashes = (NO_DRAW,)
    return _told(grid, found.chosen, found.goals, clashes=clashes)


def _told(
    grid: Grid,
    chosen: Flags,
    goals: tuple[Goal, ...],
    *,
    odds: Floats | None = None,
    clashes: tuple[Clash, ...] = (),
) -> Plan:
    return Plan(
        pairs=words.pairs_of(grid, chosen, odds),
        loads=words.loads_of(grid, chosen),
        shortages=words.shortages_of(grid, chosen),
        alternates=spares_of(grid, chosen),
        certificate=Certificate(goals),
        islands=connection.islands_of(grid, chosen),
        clashes=clashes,
    )

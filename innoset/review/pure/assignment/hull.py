"""For hard floors: whole teams of experts instead of single pairs.

Where floors bind everywhere, splitting a pair cheats the floors, and the bound of single pairs is too high
to prove anything. A team of up to three experts either reaches the floor of its work or is no choice at
all, so teams cannot cheat. Those that matter are priced out one after the other (column generation); at
the end every team that could change in a better plan is written down, and the best choice is made.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment.grid import Floats, Grid, Ints
from innoset.review.pure.assignment.programme import MILLI, Programme, Relaxed, relax
from innoset.review.pure.assignment.rules import by_work
from innoset.review.pure.assignment.teams import LARGEST, Team, Teams

_SPLIT: Final = 40
_ROUNDS: Final = 200
_EACH: Final = 6
_WHOLE: Final = 1e-5
_CALM: Final = 0.5
_SLACK: Final = 1e-4


def is_apt(grid: Grid, programme: Programme, split: Relaxed) -> bool:
    """Tell whether single pairs are too weak here, and teams are small enough to be told apart."""
    if len(split.x) != grid.size or (np.abs(split.x - np.rint(split.x)) > _WHOLE).sum() < _SPLIT:
        return False
    own = np.bincount(grid.work[programme.low == 1], minlength=len(grid.works))
    return bool((grid.wanted - own).max(initial=0) <= LARGEST)


def cut(grid: Grid, rules: Programme, programme: Programme, floors: Ints, split: Relaxed) -> Programme:
    """Return the programme with a row a work that no team can break; `rules` has the rows of works first.

    At the prices that prove the lowest bound, the pairs of a work together bring no more than its most
    profitable team. With these rows the bound of single pairs is as low as the bound of teams.
    """
    hull = _Hull.of(grid, rules, programme, floors)
    count = len(grid.works)
    profits = hull.profits(hull.priced(hull.trimmed(split.prices[count : count + len(hull.least)])))
    own = np.bincount(grid.work, profits * hull.given, count)
    most = [teams.best(profits, 1)[0][0] for teams in hull.teams]
    return programme.plus(by_work(grid, profits), -np.inf, own + most + _SLACK)


@dataclass
class _Hull:
    """The choice of one team a work under the rows that bind experts."""

    grid: Grid
    teams: list[Teams]
    rows: Any
    least: Floats
    most: Floats
    given: Floats

    @classmethod
    def of(cls, grid: Grid, rules: Programme, programme: Programme, floors: Ints) -> "_Hull":
        count = len(grid.works)
        given = programme.low == 1
        rows = rules.matrix[count:].tocsc()
        sums = rows @ given
        is_free = (programme.low < programme.high) & (programme.high == 1)
        teams = [
            Teams.of(
                block[is_free[block]],
                grid.worth,
                int(grid.wanted[at] - given[block].sum()),
                int(floors[at] - grid.worth[block[given[block]]].sum()),
            )
            for at, block in enumerate(grid.blocks)
        ]
        return cls(
            grid, teams, rows, rules.least[count:] - sums, rules.most[count:] - sums, given.astype(float)
        )

    def trimmed(self, prices: Floats) -> Floats:
        """Return the prices without those that no bound could take."""
        found = np.where((prices > 0) & ~np.isfinite(self.most), 0.0, prices)
        return np.where((found < 0) & ~np.isfinite(self.least), 0.0, found)

    def profits(self, prices: Floats) -> Floats:
        """Return what each pair brings, in thousandths, after the rows it burdens are paid."""
        found: Floats = self.grid.worth / MILLI - self.rows.T @ prices
        return found

    def paid(self, prices: Floats) -> float:
        """Return what the rows bring back at these prices."""
        up, down = prices > 0, prices < 0
        return float(prices[up] @ self.most[up] + prices[down] @ self.least[down])

    def priced(self, prices: Floats) -> Floats:
        """Return the prices that prove the lowest bound on the total."""
        known: dict[Team, None] = {}
        lowest, proving, last = np.inf, prices, prices
        for _ in range(_ROUNDS):
            bound, fresh = self.bound(prices)
            lowest, proving = min((lowest, proving), (bound, prices), key=lambda one: one[0])
            new = [team for team in fresh if team not in known]
            known |= dict.fromkeys(new)
            if not new and prices is last:
                break
            if new:
                master = relax(*self.master(list(known)))
                assert master is not None  # noqa: S101  # reason: rows may be broken at a price
                if lowest - master.value < 1 / MILLI:
                    break
                last = self.trimmed(master.prices[len(self.teams) :])
                # Prices leap to and fro; half-way to the best ones they settle sooner.
                prices = _CALM * proving + (1 - _CALM) * last
            else:
                prices = last
        return proving

    def bound(self, prices: Floats) -> tuple[float, list[Team]]:
        """Return the bound that the prices prove, and the teams that they make most profitable."""
        profits, bound = self.profits(prices), self.paid(prices)
        fresh: list[Team] = []
        for at, teams in enumerate(self.teams):
            found = teams.best(profits, _EACH)
            bound += found[0][0]
            fresh += [(at, *team) for _, team in found]
        return bound, fresh

    def master(self, teams: list[Team]) -> tuple[Programme, Floats]:
        """Return the choice among the teams known so far; rows may be broken at a high price."""
        from scipy import sparse  # reason: slow to load, and few need it

        programme, gain = self.choice(teams)
        count, works = len(self.least), len(self.teams)
        slack = sparse.vstack([sparse.csr_matrix((works, count)), sparse.eye(count)])
        dear = 10 * max(1.0, float(np.abs(self.grid.worth).max()) / MILLI)
        wide = programme.wider(
            sparse.hstack([slack, -slack], format="csr"), np.zeros(2 * count), np.full(2 * count, np.inf)
        )
        return wide, np.r_[gain / MILLI, np.full(2 * count, -dear)]

    def choice(self, teams: list[Team]) -> tuple[Programme, Ints]:
        """Return the programme that chooses one team a work, and what each team is worth."""
        from scipy import sparse  # reason: slow to load, and few need it

        member, team = self._members(teams)
        pick = sparse.csc_matrix((np.ones(len(member)), (member, team)), (self.grid.size, len(teams)))
        work = np.array([one[0] for one in teams])
        one = sparse.csr_matrix(
            (np.ones(len(teams)), (work, np.arange(len(teams)))), (len(self.teams), len(teams))
        )
        programme = Programme(
            sparse.vstack([one, self.rows @ pick], format="csr"),
            np.r_[np.ones(len(self.teams)), self.least],
            np.r_[np.ones(len(self.teams)), self.most],
            np.zeros(len(teams)),
            np.ones(len(teams)),
        )
        gain: Ints = np.zeros(len(teams), np.int64)
        np.add.at(gain, team, self.grid.worth[member])
        return programme, gain

    def _members(self, teams: list[Team]) -> tuple[Ints, Ints]:
        sizes = [len(one) - 1 for one in teams]
        return np.array([column for one in teams for column in one[1:]], np.int64), np.repeat(
            np.arange(len(teams)), sizes
        )

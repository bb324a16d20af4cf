"""The worst-served work as well served as can be, then the next ones, then the highest total: all exact."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from innoset.review.pure.assignment.floors import best_scores, sharpened
from innoset.review.pure.assignment.grid import SCALE, Flags, Floats, Grid, Ints
from innoset.review.pure.assignment.plans import NEXT, TOTAL, WORST, Goal
from innoset.review.pure.assignment.programme import (
    MILLI,
    NOTHING,
    Aim,
    Answer,
    Programme,
    Relaxed,
    refine,
    relax,
)
from innoset.review.pure.assignment.rules import by_work

_TOLERANCE: Final = 1e-3
_PRICED: Final = 1e-6
_GALLOP: Final = 4
NO_FLOOR: Final = -(2**52)


@dataclass(frozen=True)
class Service:
    """The best service found: the floors it keeps, its pairs, the proof."""

    floors: Ints
    answer: Answer
    goals: tuple[Goal, ...]


@dataclass
class Server:
    """Serves the works of a grid under a programme whose first columns are its pairs."""

    grid: Grid
    programme: Programme
    is_full: bool
    """Every work gets exactly what it wants, so floors can be told more sharply."""

    def __post_init__(self) -> None:
        width = len(self.programme.low)
        self.worth: Ints = np.zeros(width, np.int64)
        self.worth[: self.grid.size] = self.grid.worth
        self.scores = by_work(self.grid, self.grid.worth / MILLI)
        self.scores.resize(len(self.grid.works), width)
        self.served = self.grid.wanted > 0
        self.best = best_scores(self.grid)

    @property
    def is_judging(self) -> bool:
        """Tell whether affinities say anything at all."""
        return bool(self.served.any() and self.grid.worth.any())

    def serve(self, split: Relaxed | None) -> Service | None:
        """Return the best service, or nothing when the rules cannot be kept."""
        if split is None:
            return None
        if not self.is_judging:
            return self._plain(split, None)
        top = int(self.best[self.served].min())
        if split.is_whole and self._worst(np.rint(split.x)) >= top:
            return self._plain(split, top)
        return self._fair(top, split)

    def _plain(self, split: Relaxed, top: int | None) -> Service | None:
        """Take the highest total: it serves the worst as well as can be, or all pairs are alike."""
        answer = self._whole(self.programme, split)
        if answer.x is None:
            return None
        goals = () if top is None else (_goal(WORST, top, top), _goal(TOTAL, answer.value, answer.bound))
        return self._deeper(self._floors(top), answer, goals)

    def _fair(self, top: int, split: Relaxed) -> Service | None:
        floor, bound, answer = top, top, self.total_at(self._floors(top))
        if answer.x is None:
            floor, bound, answer = self._search(top, split, is_sure=answer.is_done)
        if answer.x is None:
            return None
        goals = (_goal(WORST, floor, bound), _goal(TOTAL, answer.value, answer.bound))
        return self._deeper(self._floors(floor), answer, goals)

    def _search(self, top: int, split: Relaxed, *, is_sure: bool) -> tuple[int, int, Answer]:
        """Return the highest floor that can be kept, what none exceeds, and the best total above it.

        `top` is known to be too high: for sure, or as far as one had the patience to look.
        """
        bound = min(top - self.grid.unit, self._split_floor(self._floors(None))) if is_sure else top
        high = bound + self.grid.unit if is_sure else top
        found = self._whole(self.programme, split)
        if found.x is None:
            return 0, 0, NOTHING
        low, step, is_bracketed = self._worst(found.x), self.grid.unit, False
        while high - low > self.grid.unit:
            middle = (high - low) // 2 // self.grid.unit * self.grid.unit
            probe = high - (middle if is_bracketed else min(middle, step))
            answer = self.total_at(self._floors(probe))
            if answer.x is not None:
                low, found, is_bracketed = self._worst(answer.x), answer, True
                continue
            high, step = probe, step * _GALLOP
            is_sure = is_sure and answer.is_done
            bound = probe - self.grid.unit if is_sure else bound
        return low, max(low, bound), self.total_at(self._floors(low), known=found)

    def deepened(self, service: Service) -> Service:
        """Raise the next worst works too, as far as the levels of the problem go."""
        floors, answer, goals = service.floors, service.answer, list(service.goals[:1])
        level = int(floors[self.served].min())
        frozen = ~self.served
        for _ in range(1, self.grid.problem.levels):
            frozen |= self._stuck(floors, frozen, level)
            if frozen.all():
                break
            level, bound, floors, answer = self._raise(floors, frozen, level, answer)
            goals.append(_goal(NEXT, level, bound))
        goals.append(_goal(TOTAL, answer.value, answer.bound))
        return Service(floors, answer, tuple(goals))

    def _deeper(self, floors: Ints, answer: Answer, goals: tuple[Goal, ...]) -> Service:
        """Go on to the next levels, if they are asked for."""
        service = Service(floors, answer, goals)
        return self.deepened(service) if goals and self.grid.problem.levels > 1 else service

    def _raise(
        self, floors: Ints, frozen: Flags, level: int, answer: Answer
    ) -> tuple[int, int, Ints, Answer]:
        """Raise the floor of the works that are not frozen, as far as whole pairs allow."""
        bound = max(level, self._split_floor(np.where(frozen, floors, NO_FLOOR)))
        low, high = level, bound + self.grid.unit
        while high - low > self.grid.unit:
            probe = high - max(self.grid.unit, (high - low) // 8 // self.grid.unit * self.grid.unit)
            tried = np.where(frozen, floors, probe)
            found = self.total_at(tried)
            if found.x is None:
                high = probe
            else:
                low, floors, answer = probe, tried, found
        return low, bound, floors, answer

    def _stuck(self, floors: Ints, frozen: Flags, level: int) -> Flags:
        """Return the works that cannot rise: at their own best, or paid for by the bound."""
        at_best: Flags = self.best <= level
        if (at_best & ~frozen).any():
            return at_best
        split = self._split(np.where(frozen, floors, NO_FLOOR))
        if split is None:  # pragma: no cover  # reason: only a search cut short comes here
            return ~frozen
        paid: Flags = np.abs(split.prices[-len(self.grid.works) :]) > _PRICED
        return paid if (paid & ~frozen).any() else ~frozen

    def _split(self, floors: Ints) -> Relaxed | None:
        """Maximise one floor under all works that have none yet."""
        free = (floors == NO_FLOOR) & self.served
        from scipy import sparse  # reason: slow to load, and few need it

        count = self.programme.matrix.shape[0]
        wide = self.programme.wider(sparse.csr_matrix((count, 1)), -_ENDLESS, _ENDLESS)
        rows = sparse.hstack([self.scores, sparse.csr_matrix(-free.astype(float)[:, None])])
        least = np.where(free, 0.0, np.where(floors == NO_FLOOR, -_ENDLESS, floors / MILLI))
        gain = np.zeros(len(wide.low))
        gain[-1] = 1.0
        return relax(wide.plus(rows, least, _ENDLESS), gain)

    def _split_floor(self, floors: Ints) -> int:
        split = self._split(floors)
        if split is None:  # pragma: no cover  # reason: only a search cut short comes here
            return NO_FLOOR
        return int(np.floor((split.value * MILLI + _TOLERANCE * MILLI) / self.grid.unit)) * self.grid.unit

    def total_at(self, floors: Ints, known: Answer | None = None) -> Answer:
        """Return the highest total with every work at its floor at least."""
        programme = self.with_floors(floors)
        if programme is None:
            return NOTHING
        split = relax(programme, self.worth / MILLI)
        if split is None:
            return NOTHING
        found = self._whole(programme, split)
        return known if found.x is None and known is not None else found

    def with_floors(self, floors: Ints) -> Programme | None:
        """Return the programme with the floors, told sharply; nothing when a work cannot reach its own."""
        programme = self.programme
        if self.is_full:
            return sharpened(self.grid, programme, self.scores, floors)
        bound = floors > NO_FLOOR
        return programme.plus(self.scores[bound], floors[bound] / MILLI, _ENDLESS)

    def _whole(self, programme: Programme, split: Relaxed) -> Answer:
        aim = Aim(self.worth, self.grid.problem.patience, MILLI, self.grid.unit)
        return refine(programme, aim, split)

    def _floors(self, floor: int | None) -> Ints:
        return np.where(self.served, NO_FLOOR if floor is None else floor, NO_FLOOR)

    def _worst(self, x: Floats) -> int:
        return int(self.grid.scores(x[: self.grid.size] > 0.5)[self.served].min())  # noqa: PLR2004  # reason: nought or one


_ENDLESS: Final = np.inf


def _goal(key: str, reached: int, bound: int) -> Goal:
    return Goal(key, reached / SCALE, bound / SCALE)

"""What comes out: pairs with reasons, loads, what lacks, and the proof that no plan is better."""

from dataclasses import dataclass
from typing import Any, Final

from innoset.foundation.russian import decimal

WORST: Final = "worst"
NEXT: Final = "next"
TOTAL: Final = "total"
EVEN: Final = "even"
KEPT: Final = "kept"
SERVED: Final = "served"
EXPECTED: Final = "expected"
_NEAR: Final = 1e-9

TITLES: Final = {
    SERVED: "Назначено экспертов",
    KEPT: "Сохранено прежних назначений",
    WORST: "Соответствие у работы, которой подобрано хуже всего",
    NEXT: "Соответствие у следующей по подбору работы",
    TOTAL: "Общее соответствие",
    EVEN: "Неравномерность нагрузки",
    EXPECTED: "Ожидаемое общее соответствие при жеребьёвке",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A work given to an expert, and why to this one."""

    expert: int
    work: int
    reason: str
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """How many works an expert has under the plan, and how long they take."""

    expert: int
    count: int
    most: int | None
    minutes: int = 0
    most_minutes: int | None = None
    lacks: int = 0
    """How many works the expert is short of the own least number."""
    lacks_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Shortage:
    """A work that gets fewer experts than it needs, and why."""

    work: int
    code: str
    lacks: int
    why: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """Who takes the work when one of its experts cannot; the first is asked first."""

    expert: int
    work: int
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of the plan: what was reached, and what no plan can exceed given the goals before it."""

    key: str
    reached: float
    bound: float

    @property
    def is_proven(self) -> bool:
        """Tell whether no plan does better here."""
        return abs(self.bound - self.reached) < _NEAR

    @property
    def words(self) -> str:
        """Say it on one line, in Russian."""
        what = f"{TITLES[self.key]}: {_number(self.reached)}"
        if self.is_proven:
            return f"{what}. Доказано: лучше нельзя."
        return f"{what}. Доказано, что лучше {_number(self.bound)} нельзя; разрыв {_number(abs(self.bound - self.reached))}."


def _number(value: float) -> str:
    return decimal(value, 4)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The goals in the order in which they were pursued."""

    goals: tuple[Goal, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Tell whether every goal was proven to be the best possible."""
        return all(goal.is_proven for goal in self.goals)

    def goal(self, key: str) -> Goal | None:
        """Return the goal by its key, if the plan had it."""
        return next((goal for goal in self.goals if goal.key == key), None)

    def as_json(self) -> dict[str, Any]:
        """Return what is kept with the plan."""
        return {
            "is_proven": self.is_proven,
            "goals": [
                {"key": one.key, "reached": one.reached, "bound": one.bound, "words": one.words}
                for one in self.goals
            ],
        }


@dataclass(frozen=True, slots=True)
class Island:
    """Works and experts that meet nobody outside: their scores cannot be compared with the others'."""

    works: tuple[int, ...]
    experts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """The smallest part of the problem that cannot be served, why, and what would cure it."""

    works: tuple[int, ...]
    experts: tuple[int, ...]
    words: str
    cure: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The pairs, what they load experts with, what could not be served, and the proof."""

    pairs: tuple[Pair, ...]
    loads: tuple[Load, ...]
    shortages: tuple[Shortage, ...]
    alternates: tuple[Alternate, ...] = ()
    certificate: Certificate = Certificate()
    islands: tuple[Island, ...] = ()
    """The parts that meet nowhere; one part is as it should be, and then nothing is named."""
    clashes: tuple[Clash, ...] = ()
    """What stands in the way of a full plan; empty when everything is served."""

    @property
    def fresh(self) -> tuple[Pair, ...]:
        """Return the pairs that are new."""
        return tuple(pair for pair in self.pairs if not pair.is_locked)

    @property
    def lacking(self) -> int:
        """Return how many experts are missing altogether."""
        return sum(shortage.lacks for shortage in self.shortages)

    @property
    def is_whole(self) -> bool:
        """Tell whether every work has all its experts and every expert at least the least."""
        return not self.shortages and not any(load.lacks or load.lacks_minutes for load in self.loads)

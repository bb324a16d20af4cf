"""Problems of assignment: public ones where they lie beside the repository, generated ones always."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment import Conflict, Expert, Problem, Work
from tools.environment import ROOT

DATA: Final = ROOT.parent / "shared" / "data" / "assignment"
TOWNS: Final = 12
_NONE: Final = -1e9


@dataclass(frozen=True, slots=True)
class Instance:
    """A problem with the figures below which its plan may not fall."""

    title: str
    problem: Problem
    worst: float = _NONE
    total: float = _NONE


def _problem(scores: Any, wanted: Any, least: Any, most: Any) -> Problem:
    works, experts = scores.shape
    barred = np.argwhere(scores < 0)
    return Problem(
        experts=tuple(Expert(at, int(most[at]), int(least[at])) for at in range(experts)),
        works=tuple(Work(at, f"{at:04}", int(wanted[at])) for at in range(works)),
        conflicts=tuple(Conflict(int(expert), int(work), "Конфликт") for work, expert in barred),
        affinity={(int(one), int(two)): float(scores[two, one]) for two, one in np.argwhere(scores > 0)},
    )


def _written(name: str, most: int, worst: float, total: float) -> Iterator[Instance]:
    path: Path = DATA / f"{name}.in"
    if not path.exists():
        print(f"{name}: пропущено, рядом с проектом нет {path.name}", flush=True)
        return
    works, experts, *values = path.read_text().split()
    scores = np.array(values[: int(works) * int(experts)], float).reshape(int(works), int(experts))
    problem = _problem(scores, np.full(len(scores), 3), np.zeros(int(experts)), np.full(int(experts), most))
    yield Instance(name, problem, worst, total)


def _midl(least: str, worst: float, total: float) -> Iterator[Instance]:
    names = [DATA / f"midl_{name}.npy" for name in ("scores", "covs", "loads", "loads-lb")]
    if not all(path.exists() for path in names):
        print("MIDL 2018: пропущено, рядом с проектом нет его файлов", flush=True)
        return
    scores, wanted, most, lower = map(np.load, names)
    lower = lower if least else np.zeros_like(most)
    yield Instance(f"MIDL 2018{least}", _problem(scores.T, wanted, lower, most), worst, total)


PUBLIC: Final[tuple[Callable[[], Iterator[Instance]], ...]] = (
    partial(_midl, "", 0.9448, 201.7687),
    partial(_midl, ", не менее 2", 0.9448, 141.8270),
    partial(_written, "preflib1", 6, 0.75, 124.25),
    partial(_written, "preflib2", 7, 1.0, 141.5),
    partial(_written, "preflib3", 6, 0.75, 454.25),
    partial(_written, "aamas2016", 12, 1.0, 949.25),
    partial(_written, "aamas2015", 12, 1.5, 1375.75),
)


def contest(works: int, experts: int, *, seed: int = 0, wanted: int = 3) -> Instance:
    """Make a contest of our kind: towns, subjects, conflicts, limits in works and in minutes."""
    lots = Random(seed)  # noqa: S311 - the same contest for the same seed
    towns = [f"Район {number}" for number in range(1, TOWNS + 1)]
    subjects = [[lots.random() for _ in range(8)] for _ in range(works + experts)]
    minutes = [lots.choice((40, 60, 80, 100)) for _ in range(works)]
    fair = sum(minutes) * wanted / experts
    people = tuple(
        Expert(
            key,
            most=round(works * wanted / experts * 1.5) + 1,
            least=round(works * wanted / experts * 0.5),
            most_minutes=round(fair * lots.choice((1.3, 1.6, 2.0))),
            group=lots.choice(towns),
        )
        for key in range(experts)
    )
    dossiers = tuple(
        Work(key, f"К-{key:04}", wanted, minutes[key], lots.choice(towns)) for key in range(works)
    )
    cells = [(expert, work) for expert in range(experts) for work in range(works)]
    barred = {cell for cell in cells if people[cell[0]].group == dossiers[cell[1]].group}
    barred |= {cell for cell in cells if lots.random() < 0.02}  # noqa: PLR2004 - two in a hundred
    affinity = {
        (expert, work): round(
            sum(one * two for one, two in zip(subjects[work], subjects[works + expert], strict=True)) / 8, 2
        )
        for expert, work in cells
    }
    conflicts = tuple(Conflict(*cell, "Свой муниципалитет или участие") for cell in sorted(barred))
    problem = Problem(people, dossiers, conflicts, affinity=affinity, group_most=1, alternates=2)
    return Instance(f"Конкурс {works} × {experts} × {wanted}", problem)


def small(lots: Random) -> Problem:
    """Make a small problem with every kind of rule, for which all plans can be looked at."""
    towns = ("", "А", "Б", "В")
    is_timed, is_coarse = lots.random() < 0.4, lots.random() < 0.5  # noqa: PLR2004 - about half of them
    experts = tuple(
        Expert(
            key,
            most=lots.choice((None, 1, 2, 3)),
            least=lots.choice((0, 0, 0, 1)),
            most_minutes=lots.choice((None, 60, 100)) if is_timed else None,
            least_minutes=lots.choice((0, 0, 20)) if is_timed else 0,
            group=lots.choice(towns),
        )
        for key in range(lots.randint(2, 5))
    )
    works = tuple(
        Work(
            100 + key,
            f"А-{key}",
            lots.randint(1, 3 if key else 2),
            lots.choice((20, 30, 50)),
            lots.choice(towns),
        )
        for key in range(lots.randint(1, 4))
    )
    cells = [(one.key, two.key) for one in experts for two in works]
    barred = {cell for cell in cells if lots.random() < 0.12}  # noqa: PLR2004 - about one in eight
    open_cells = [cell for cell in cells if cell not in barred]
    return Problem(
        experts,
        works,
        tuple(Conflict(*cell, "Конфликт") for cell in sorted(barred)),
        frozenset(lots.sample(open_cells, min(len(open_cells), lots.choice((0, 0, 1))))),
        lots.randint(0, 99),
        {cell: lots.choice((0, 0.25, 0.5, 1)) if is_coarse else round(lots.random(), 6) for cell in cells},
        preferred=frozenset(cell for cell in open_cells if lots.random() < 0.2),  # noqa: PLR2004 - some
        group_most=lots.choice((None, None, 1, 2)),
        own_most=lots.choice((None, None, 1)),
        least_elsewhere=lots.choice((0, 0, 1)),
    )

"""Why this expert, and why nobody: one line each, in Russian."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from innoset.foundation.russian import counted, decimal, joined, plural
from innoset.review.pure.assignment.grid import SCALE, Flags, Floats, Grid
from innoset.review.pure.assignment.plans import Load, Pair, Shortage

_EXPERTS: Final = ("эксперт", "эксперта", "экспертов")
_OF_EXPERTS: Final = ("эксперта", "экспертов", "экспертов")
_DOSSIERS: Final = ("дело", "дела", "дел")


def suits(grid: Grid, column: int) -> str:
    """Say what speaks for a pair: no conflict, affinity, from where."""
    work, expert = grid.works[grid.work[column]], grid.experts[grid.expert[column]]
    cell = (expert.key, work.key)
    words = grid.problem.affinity_words.get(cell, "")
    worth = f"Соответствие {decimal(int(grid.worth[column]) / SCALE, 2)}" if grid.worth.any() else ""
    parts = [
        "Конфликта нет",
        f"{worth}: {words}" if worth and words else worth or words,
        _home(work.group, expert.group),
        "Был назначен и прежде" if grid.preferred[column] else "",
    ]
    return ". ".join(part for part in parts if part)


def _home(work: str, expert: str) -> str:
    if not work or not expert:
        return ""
    return "Из того же муниципалитета" if work == expert else "Из другого муниципалитета"


def pairs_of(grid: Grid, chosen: Flags, odds: Floats | None = None) -> tuple[Pair, ...]:
    """Return the chosen pairs by the code of the work, each with its reason."""
    loads = grid.loads(chosen)
    average = decimal(chosen.sum() / max(1, len(grid.experts)), 1)
    found = []
    for column in np.nonzero(chosen)[0]:
        work, expert = grid.works[grid.work[column]], grid.experts[grid.expert[column]]
        if grid.locked[column]:
            reason = "Назначено раньше"
        else:
            limit = "" if expert.most is None else f" из {expert.most} возможных"
            load = counted(int(loads[grid.expert[column]]), *_DOSSIERS)
            chance = "" if odds is None else f" Жребий с вероятностью {decimal(float(odds[column]), 2)}."
            reason = f"{suits(grid, int(column))}.{chance} У эксперта {load}{limit}, в среднем по комиссии {average}"
        found.append((work.code, work.key, Pair(expert.key, work.key, reason, bool(grid.locked[column]))))
    return tuple(pair for *_, pair in sorted(found, key=lambda one: (one[0], one[1], one[2].expert)))


def loads_of(grid: Grid, chosen: Flags) -> tuple[Load, ...]:
    """Return the loads in the order of the problem."""
    counts = grid.loads(chosen)
    minutes = np.bincount(grid.expert[chosen], grid.minutes[chosen], len(grid.experts))
    place = {one.key: at for at, one in enumerate(grid.experts)}
    return tuple(
        Load(
            one.key,
            int(counts[place[one.key]]),
            one.most,
            int(minutes[place[one.key]]),
            one.most_minutes,
            max(0, one.least - int(counts[place[one.key]])),
            max(0, one.least_minutes - int(minutes[place[one.key]])),
        )
        for one in grid.problem.experts
    )


def shortages_of(grid: Grid, chosen: Flags) -> tuple[Shortage, ...]:
    """Return the works that lack experts, by code."""
    own = np.bincount(grid.work[chosen], minlength=len(grid.works))
    order = sorted(range(len(grid.works)), key=lambda at: (grid.works[at].code, grid.works[at].key))
    return tuple(
        Shortage(grid.works[at].key, grid.works[at].code, lacks, _why(grid, chosen, at, lacks))
        for at in order
        if (lacks := int(grid.wanted[at] - own[at])) > 0
    )


def _why(grid: Grid, chosen: Flags, at: int, lacks: int) -> str:
    """Say where every expert of the panel went: the work's own, in conflict, bound by a rule, full."""
    if not grid.experts:
        return "В комиссии нет ни одного согласившегося эксперта."
    words = joined(part for part in _whereabouts(grid, chosen, at) if part)
    panel = counted(len(grid.experts), *_EXPERTS)
    return f"Не хватает {counted(lacks, *_OF_EXPERTS)}: в комиссии {panel}, {words}."


def _whereabouts(grid: Grid, chosen: Flags, at: int) -> Iterator[str]:
    block = grid.blocks[at]
    own = int(chosen[block].sum())
    barred = len(grid.experts) - len(block)
    bound = np.zeros(grid.size, bool)
    for columns, limit, work, _ in grid.homes:
        bound[columns] = work == at and chosen[columns].sum() >= limit
    kept = int((bound & ~chosen).sum())
    full = len(block) - own - kept
    if own:
        yield f"{counted(own, *_EXPERTS)} уже {plural(own, 'назначен', 'назначены', 'назначены')}"
    if barred:
        yield f"у {counted(barred, *_OF_EXPERTS)} конфликт интересов"
    if kept:
        yield f"{counted(kept, *_EXPERTS)} из муниципалитета, от которого больше брать нельзя"
    if full:
        yield f"у {counted(full, *_OF_EXPERTS)} исчерпан предел дел, и передать их дела некому"

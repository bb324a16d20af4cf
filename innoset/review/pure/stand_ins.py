"""Who takes a place that has become free: the alternates of the dossier in their order, as far as they have room."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from innoset.review.pure.assignment import Cell


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much an expert takes at most, in dossiers and in minutes; None is no limit."""

    most: int | None = None
    minutes: int | None = None


def lacking(live: Collection[Cell], spent: Collection[Cell], usual: int) -> dict[int, int]:
    """Return how many experts each dossier lacks from which somebody has gone or was taken off."""
    given = Counter(work for _, work in live)
    lacks = {work: usual - given[work] for _, work in spent}
    return {work: number for work, number in sorted(lacks.items()) if number > 0}


def stand_ins(
    lacks: Mapping[int, int],
    reserves: Sequence[Cell],
    *,
    barred: Collection[Cell],
    live: Collection[Cell],
    capacities: Mapping[int, Capacity],
    minutes: Mapping[int, int],
) -> dict[int, list[Cell]]:
    """Return for each dossier that lacks experts who takes the places; `reserves` come in the order of asking."""
    held = set(live)
    found: dict[int, list[Cell]] = {work: [] for work in lacks}
    for expert, work in reserves:
        is_needed = len(found.get(work, ())) < lacks.get(work, 0)
        is_free = (expert, work) not in barred and (expert, work) not in held
        if is_needed and is_free and _has_room(expert, work, held, capacities, minutes):
            found[work].append((expert, work))
            held.add((expert, work))
    return found


def _has_room(
    expert: int,
    work: int,
    held: Collection[Cell],
    capacities: Mapping[int, Capacity],
    minutes: Mapping[int, int],
) -> bool:
    limit = capacities.get(expert)
    if limit is None:
        return False
    own = [one for person, one in held if person == expert]
    time = sum(minutes.get(one, 0) for one in (*own, work))
    has_place = limit.most is None or len(own) < limit.most
    return has_place and (limit.minutes is None or time <= limit.minutes)

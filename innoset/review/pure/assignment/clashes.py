"""What stands in the way: the smallest part of the problem that cannot be served, and what would cure it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from innoset.foundation.russian import counted, joined, plural
from innoset.review.pure.assignment.grid import Flags, Grid, Ints
from innoset.review.pure.assignment.plans import Clash
from innoset.review.pure.assignment.rules import Bounds, bounds_of

_EXPERTS: Final = ("эксперт", "эксперта", "экспертов")
_OF_EXPERTS: Final = ("эксперта", "экспертов", "экспертов")
_DOSSIERS: Final = ("дело", "дела", "дел")
_SHOWN: Final = 12
_SEVERAL: Final = 5
_GROUND: Final = 3


def clashes_of(grid: Grid, chosen: Flags) -> tuple[Clash, ...]:
    """Return the smallest clashes, one a part of the problem that has its own."""
    found = [*_crowded(grid), *_idle(grid)]
    return tuple(found or [_entangled(grid, chosen)])


def _crowded(grid: Grid) -> Iterator[Clash]:
    """Yield sets of works that want more experts than may and can take them."""
    bounds = bounds_of(grid)
    demand = _free_demand(grid)
    for _ in range(_SEVERAL):
        if _flow(grid, demand, bounds.most) == demand.sum():
            return
        crowd = _Crowd(grid, demand.copy(), _by_code(grid, np.nonzero(demand)[0]), bounds).smallest()
        yield _crowded_words(crowd)
        demand[crowd.works] = 0


def _idle(grid: Grid) -> Iterator[Clash]:
    """Yield sets of experts who were promised more works than there are for them."""
    bounds = bounds_of(grid)
    least = bounds.least.astype(np.int64)
    lacks = _short_of_works(grid, least)
    if not lacks(np.arange(len(least))):
        return
    experts = _shrunk(np.nonzero(least)[0], lambda some: lacks(some) > 0)
    names = counted(len(experts), "эксперту", "экспертам", "экспертам")
    want, miss = int(least[experts].sum()), lacks(experts)
    yield Clash(
        (),
        tuple(sorted(grid.experts[at].key for at in experts)),
        f"{names.capitalize()} по наименьшей нагрузке нужно дать не меньше {counted(want, 'дела', 'дел', 'дел')}, "
        f"а без конфликта для них есть только {want - miss}.",
        f"Уменьшите наименьшую нагрузку этих экспертов, всего на {counted(miss, *_DOSSIERS)}.",
    )


def _entangled(grid: Grid, chosen: Flags) -> Clash:
    """Say what is left: without minutes, works and experts that fit apart also fit together."""
    own = np.bincount(grid.work[chosen], minlength=len(grid.works))
    works = np.nonzero(own < grid.wanted)[0]
    bounds = bounds_of(grid)
    need = int(sum(one.minutes * wanted for one, wanted in zip(grid.works, grid.wanted, strict=True)))
    room = bounds.most_minutes.sum()
    have = (
        f"у экспертов по их пределам есть {counted(int(room), 'минута', 'минуты', 'минут')}, и"
        if np.isfinite(room)
        else "но"
    )
    words = (
        f"На чтение всех дел нужно {counted(need, 'минута', 'минуты', 'минут')}; {have} разложить "
        "дела по экспертам без остатка не удаётся."
    )
    cure = (
        "Поднимите предел минут у части экспертов, уменьшите наименьшие минуты или пригласите ещё экспертов."
    )
    short = _codes(grid, works)
    return Clash(_keys(grid, works), (), f"{words} Не хватает экспертов: {short}." if short else words, cure)


@dataclass(frozen=True)
class _Crowd:
    """A smallest set of works that cannot be served, with what limits it."""

    grid: Grid
    demand: Ints
    works: Ints
    bounds: Bounds

    @property
    def able(self) -> Ints:
        """Return the experts without a conflict with at least one of the works."""
        free = np.isin(self.grid.work, self.works) & ~self.grid.locked
        return np.unique(self.grid.expert[free])

    def smallest(self) -> "_Crowd":
        """Leave out the works without which the rest still cannot be served."""
        works = _shrunk(self.works, lambda some: replace(self, works=some).lacks() > 0)
        return replace(self, works=works)

    def lacks(self, *, most: Any = None, is_free: bool = False) -> int:
        room = self.bounds.most if most is None else most
        return _lacks(self.grid, self.demand, self.works, room, is_free=is_free)


def _crowded_words(crowd: _Crowd) -> Clash:
    grid, works = crowd.grid, crowd.works
    want, lacks = int(crowd.demand[works].sum()), crowd.lacks()
    head = plural(len(works), "Делу", "Делам", "Делам")
    more = "ещё " if grid.locked[np.isin(grid.work, works)].any() else ""
    have = want - lacks
    words = (
        f"{head} {_codes(grid, works)} {plural(want, 'нужно', 'нужно', 'нужно')} {more}"
        f"{counted(want, 'назначение', 'назначения', 'назначений')}, а возможно только {have}: "
        f"без конфликта в комиссии {counted(len(crowd.able), *_EXPERTS)}{_rooms(crowd)}.{_grounds(crowd)}"
    )
    return Clash(
        _keys(grid, works),
        tuple(sorted(grid.experts[at].key for at in crowd.able)),
        words,
        _cure(crowd, lacks),
    )


def _rooms(crowd: _Crowd) -> str:
    room = crowd.bounds.most[crowd.able].sum()
    if not len(crowd.able) or not np.isfinite(room):
        return ""
    return f", вместе они берут {counted(int(room), *_DOSSIERS)}"


def _grounds(crowd: _Crowd) -> str:
    """Tell the commonest reasons of conflict with these works."""
    barred = crowd.grid.problem.barred
    reasons = Counter(reason for at in crowd.works for reason in barred[crowd.grid.works[at].key].values())
    told = [f"{reason[:1].lower()}{reason[1:]} ({number})" for reason, number in reasons.most_common(_GROUND)]
    return f" Конфликты: {joined(told)}." if told else ""


def _cure(crowd: _Crowd, lacks: int) -> str:
    homes = sorted({crowd.grid.works[at].group for at in crowd.works} - {""})
    outside = f", не из муниципалитетов: {', '.join(homes)}" if homes else ""
    ways = [f"Пригласите ещё {counted(lacks, *_OF_EXPERTS)} без конфликта с этими делами{outside}"]
    endless = np.full(len(crowd.bounds.most), np.inf)
    if crowd.lacks(most=endless) < lacks:
        ways.append("поднимите предел дел у экспертов, у которых конфликта нет")
    if crowd.lacks(is_free=True) < lacks:
        ways.append("ослабьте правило муниципалитетов")
    return f"{', либо '.join(ways)}, либо уменьшите число экспертов на дело."


def _by_code(grid: Grid, works: Ints) -> Ints:
    """Return the works by falling code: what is left out first stands last in the list."""
    return np.array(sorted(works, key=lambda at: grid.works[at].code, reverse=True), np.int64)


def _codes(grid: Grid, works: Ints) -> str:
    codes = sorted(grid.works[at].code for at in works)
    rest = len(codes) - _SHOWN
    if rest > 1:
        return f"{', '.join(codes[:_SHOWN])} и ещё {rest}"
    return joined(codes)


def _keys(grid: Grid, works: Ints) -> tuple[int, ...]:
    return tuple(sorted(grid.works[at].key for at in works))


def _free_demand(grid: Grid) -> Ints:
    """Return how many experts each work wants besides the locked ones."""
    return grid.wanted - np.bincount(grid.work[grid.locked], minlength=len(grid.works))


def _lacks(grid: Grid, demand: Ints, works: Ints, most: Any, *, is_free: bool = False) -> int:
    """Return how many experts the works lack when there are no others."""
    own = np.zeros_like(demand)
    own[works] = demand[works]
    return int(own.sum()) - _flow(grid, own, most, is_free=is_free)


def _flow(grid: Grid, demand: Ints, most: Any, *, is_free: bool = False) -> int:
    """Return how many of the wanted experts can be given at once; `is_free` forgets the rule of groups."""
    from scipy import sparse  # reason: slow to load, and few need it

    works, experts, total = len(grid.works), len(grid.experts), int(demand.sum())
    homes = [] if is_free else grid.homes
    room = np.minimum(np.where(np.isfinite(most), most, total), total) - grid.loads(grid.locked)
    start = works + experts + len(homes)
    at = grid.work.copy()
    for number, (columns, *_) in enumerate(homes):
        at[columns] = works + experts + number
    spare = [limit - int(grid.locked[columns].sum()) for columns, limit, *_ in homes]
    free = ~grid.locked
    edges = [
        (np.full(works, start), np.arange(works), demand),
        ([work for _, _, work, _ in homes], works + experts + np.arange(len(homes)), spare),
        (at[free], works + grid.expert[free], np.ones(int(free.sum()))),
        (works + np.arange(experts), np.full(experts, start + 1), np.maximum(0, room)),
    ]
    tail, head, size = (
        np.concatenate([np.asarray(edge[part], float) for edge in edges]) for part in range(3)
    )
    network = sparse.csr_matrix(
        (size.astype(np.int32), (tail.astype(int), head.astype(int))), (start + 2,) * 2
    )
    return int(sparse.csgraph.maximum_flow(network, start, start + 1).flow_value)


def _short_of_works(grid: Grid, least: Ints) -> Callable[[Ints], int]:
    """Return how to tell how many works some experts are short of, were all works for them."""
    demand = _free_demand(grid)
    held = grid.loads(grid.locked)

    def lacks(experts: Ints) -> int:
        own = np.zeros(len(least))
        own[experts] = least[experts]
        want = int(np.maximum(0, own - held).sum())
        return want - _flow(grid, demand, np.where(own > 0, np.maximum(own, held), held))

    return lacks


def _shrunk(items: Ints, is_clash: Callable[[Ints], bool]) -> Ints:
    """Leave out whatever can go while the clash stays: first halves, then single items."""
    size = len(items)
    while size > 1:
        size = (size + 1) // 2
        at = 0
        while at < len(items):
            rest = np.delete(items, slice(at, at + size))
            if len(rest) and is_clash(rest):
                items = rest
            else:
                at += size
    return items

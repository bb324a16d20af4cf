"""Whether every expert can be compared with every other through the works they share."""

from typing import Any, Final

import numpy as np

from innoset.review.pure.assignment.grid import Flags, Grid, Ints
from innoset.review.pure.assignment.plans import Island
from innoset.review.pure.assignment.programme import Programme

_ENDLESS: Final = np.inf


def parts_of(grid: Grid, chosen: Flags) -> tuple[int, Ints, Ints]:
    """Return how many parts there are, and the part of each work and each expert; −1 for who is idle."""
    from scipy import sparse  # reason: slow to load, and few need it

    works, experts = len(grid.works), len(grid.experts)
    ends = grid.work[chosen], grid.expert[chosen] + works
    graph = sparse.csr_matrix((np.ones(len(ends[0])), ends), (works + experts,) * 2)
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    busy = np.zeros(works + experts, bool)
    busy[np.concatenate(ends)] = True
    names = np.unique(label[busy])
    part = np.where(busy, np.searchsorted(names, label).clip(max=max(0, len(names) - 1)), -1)
    return len(names), part[:works], part[works:]


def islands_of(grid: Grid, chosen: Flags) -> tuple[Island, ...]:
    """Return the parts, the largest first; a single part is no island."""
    count, work, expert = parts_of(grid, chosen)
    if count <= 1:
        return ()
    found = [
        Island(
            tuple(sorted(grid.works[at].key for at in np.nonzero(work == one)[0])),
            tuple(sorted(grid.experts[at].key for at in np.nonzero(expert == one)[0])),
        )
        for one in range(count)
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.works), one.works)))


def bridged(grid: Grid, programme: Programme, chosen: Flags) -> Programme | None:
    """Demand a pair that leads out of every part; nothing when some part has no way out."""
    count, work, expert = parts_of(grid, chosen)
    is_open = programme.high[: grid.size] > 0
    rows = [is_open & ((work[grid.work] == one) ^ (expert[grid.expert] == one)) for one in range(count)]
    if not all(row.any() for row in rows):
        return None
    return programme.plus(_wide(np.array(rows, float), len(programme.low)), 1.0, _ENDLESS)


def _wide(rows: Any, width: int) -> Any:
    found = np.zeros((len(rows), width))
    found[:, : rows.shape[1]] = rows
    return found

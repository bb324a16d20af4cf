"""What the demo network has lived through: each room fills its own years, in the order of the house."""

from collections.abc import Callable

from innoset.exchange.demo import (
    agreements,
    cabinets,
    dissemination,
    indicators,
    people,
    reports,
    roadmaps,
    statuses,
)
from innoset.exchange.demo.network import World

ROOMS: tuple[Callable[[World], None], ...] = (
    statuses.fill,
    people.fill,
    roadmaps.fill,
    agreements.fill,
    dissemination.fill,
    reports.fill,
    cabinets.fill,
    indicators.fill,
)


def fill(world: World) -> None:
    """Fill the years after the awards."""
    for room in ROOMS:
        room(world)

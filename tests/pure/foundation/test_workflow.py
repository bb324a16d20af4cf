"""State machines as tables."""

from enum import StrEnum

import pytest

from innoset.foundation.workflow import Machine, Move, WrongState


class Door(StrEnum):
    """States of the example."""

    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"


DOOR = Machine(
    Door.SHUT,
    (
        Move("open", {Door.SHUT}, Door.OPEN),
        Move("shut", {Door.OPEN}, Door.SHUT),
        Move("lock", {Door.SHUT}, Door.LOCKED),
        Move("force", {Door.SHUT, Door.LOCKED}, Door.OPEN),
    ),
)


def test_a_move_leads_where_the_map_says() -> None:
    assert DOOR.move("force", "locked") == DOOR.moves[3]
    assert DOOR.allows("lock", Door.SHUT)
    assert [move.name for move in DOOR.open_moves(Door.SHUT)] == ["open", "lock", "force"]


def test_a_move_that_the_map_does_not_have_is_refused_with_both_names() -> None:
    with pytest.raises(WrongState, match="lock from open") as refused:
        DOOR.move("lock", Door.OPEN)
    assert (refused.value.name, refused.value.state) == ("lock", Door.OPEN)
    assert not DOOR.allows("fly", Door.OPEN)


def test_the_map_draws_itself() -> None:
    assert DOOR.as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut --> open: open",
        "    open --> shut: shut",
        "    shut --> locked: lock",
        "    locked --> open: force",
        "    shut --> open: force",
    ]

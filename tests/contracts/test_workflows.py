"""Every state machine: no walk leaves the map, every state can be reached, moves are drawn once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.conf import almanac
from innoset.foundation.workflow import Machine, Move, WrongState

MACHINES = almanac.machines()
EACH = pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES.keys())


def reachable(machine: Machine) -> set[str]:
    """The states that some walk from the start comes to."""
    seen, ahead = set(), [machine.start]
    while ahead:
        state = ahead.pop()
        if state not in seen:
            seen.add(state)
            ahead += [move.target for move in machine.open_moves(state)]
    return seen


def test_there_are_machines():
    assert "contests.APPLICATION" in MACHINES


@EACH
@given(data=st.data())
def test_no_walk_leaves_the_map(machine, data):
    states, names = set(type(machine.start)), [move.name for move in machine.moves]
    state = machine.start
    for name in data.draw(st.lists(st.sampled_from(names), max_size=20)):
        before = state
        try:
            state = machine.move(name, state).target
        except WrongState:
            assert not machine.allows(name, before)
        assert state in states


@EACH
def test_every_state_is_reachable(machine):
    assert reachable(machine) == set(type(machine.start))


@EACH
def test_a_move_from_a_state_leads_to_one_place(machine):
    arrows = [(move.name, source) for move in machine.moves for source in move.sources]
    assert len(arrows) == len(set(arrows))


@EACH
def test_every_state_is_of_one_kind(machine):
    kind = type(machine.start)
    assert {type(state) for move in machine.moves for state in (move.target, *move.sources)} == {kind}


def test_an_unreachable_state_would_be_found():
    kind = type(next(iter(MACHINES.values())).start)
    first, second, third = list(kind)[:3]
    lame = Machine(first, (Move("go", {first}, second), Move("on", {third}, second)))
    assert reachable(lame) == {first, second}

"""State machines as plain tables. Knows nothing of Django."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of the map."""

    name: str
    sources: AbstractSet[StrEnum]
    target: StrEnum


class WrongState(Exception):  # reason: the word of the house
    """The move is not drawn on the map for the state that the thing is in."""

    def __init__(self, name: str, state: str) -> None:
        super().__init__(f"{name} from {state}")
        self.name = name
        self.state = state


@dataclass(frozen=True, slots=True)
class Machine:
    """A map of states: where a thing starts and which moves lead where."""

    start: StrEnum
    moves: tuple[Move, ...]

    def move(self, name: str, state: str) -> Move:
        """Return the arrow; raise WrongState when the map has none from here."""
        for move in self.moves:
            if move.name == name and state in move.sources:
                return move
        raise WrongState(name, state)

    def allows(self, name: str, state: str) -> bool:
        """Tell whether the move may be made from this state."""
        return any(move.name == name and state in move.sources for move in self.moves)

    def open_moves(self, state: str) -> Iterator[Move]:
        """Yield the arrows that leave this state."""
        return (move for move in self.moves if state in move.sources)

    def as_mermaid(self) -> str:
        """Return the same map as a picture for the docs."""
        arrows = (f"    {s} --> {m.target}: {m.name}" for m in self.moves for s in sorted(m.sources))
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.start}", *arrows])

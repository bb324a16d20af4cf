"""How much a process apart may take."""

from dataclasses import dataclass
from typing import Final

MIB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take; more than that ends it.

    `memory` is the whole address space (RLIMIT_AS), the interpreter and its libraries included, so the
    resident part can never be larger. An idle reader maps 33 MB, a full passport brings it to 40.
    `seconds` bounds both the processor and the clock, counted from the moment the work begins;
    `start` is what a busy machine may need to bring the process up.
    """

    memory: int = 256 * MIB
    seconds: float = 5.0
    answer: int = 16 * MIB
    start: float = 20.0


LIMITS: Final = Limits()

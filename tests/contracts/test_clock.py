"""Nobody reads the process's clock; only doors may ask which day it is.

The moment is told by the database (decision 15). `ruff` bans `timezone.now` and `datetime.now` everywhere;
a day is not held against a deadline, so pages may take it from the process.
"""

from pathlib import Path

import innoset

SOURCE = Path(innoset.__path__[0])
CLOCKS = ("timezone.now", "datetime.now(", "datetime.utcnow", "date.today", "time.time(")


def files_with(*words: str) -> set[str]:
    """Return the modules in which any of the words stands."""
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if any(word in path.read_text() for word in words)
    }


def test_nobody_reads_the_clock_of_the_process() -> None:
    assert files_with(*CLOCKS) == set()


def test_only_doors_ask_for_the_day() -> None:
    assert {name for name in files_with("localdate") if not name.startswith("web/")} == set()

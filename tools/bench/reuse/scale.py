"""Many long documents: is every planted source found, in how much memory, how fast?

Runs as a process of its own, so that the peak of its memory is its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

from innoset.review.pure.reuse import Label, ReuseIndex, Text, put, shelve, taken
from innoset.review.pure.reuse.own import own_words
from tools.bench.reuse.language import Language

WORDS: Final = 3000
QUERIES: Final = 120
PASSAGE: Final = 100
LOST: Final = 0.15
_SUBJECTS: Final = 200
_OWN_UNITS: Final = 400


class Mill:
    """Texts by the thousand: words and set phrases by Zipf's law, part of them from the subject of the text."""

    def __init__(self, seed: int) -> None:
        language = Language(seed)
        random = Random(f"mill-{seed}")  # noqa: S311  # reason: the same texts every time
        forms = [
            form
            for rank in range(1600)
            for stock in language.stocks.values()
            if rank < len(stock.words)
            for form in sorted(set(stock.words[rank].forms.values()))[:6]
        ]
        # One unit of so many is a phrase that stands ready in everybody's head.
        self._units = [
            language.phrases[place % len(language.phrases)] if place % 22 == 0 else form
            for place, form in enumerate(forms)
        ]
        self._weights = list(accumulate(1 / (rank + 40.0) for rank in range(len(self._units))))
        self._subjects = [random.sample(self._units, _OWN_UNITS) for _ in range(_SUBJECTS)]

    def text(self, name: str) -> str:
        """Return a text of about `WORDS` words; the same for the same name."""
        random = Random(name)  # noqa: S311  # reason: the same text for the same name
        units = random.choices(self._units, cum_weights=self._weights, k=WORDS * 3 // 5)
        units += random.choices(random.choice(self._subjects), k=WORDS // 5)
        random.shuffle(units)
        return " ".join(units)


def main(count: int) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "tools.bench.reuse.scale", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _measured(count: int) -> dict[str, Any]:
    mill = Mill(1)
    began = time.monotonic()
    shelf = shelve(_read(mill, count))
    read = time.monotonic() - began
    with tempfile.TemporaryDirectory(prefix="innoset-reuse-") as folder:
        put(shelf, Path(folder) / "shelf")
        words, size = int(shelf.lengths.sum()), _size(Path(folder))
        del shelf
        kept = taken(Path(folder) / "shelf")
        assert kept is not None  # noqa: S101  # reason: it was put there two lines above
        index = ReuseIndex(shelves=[kept], text_of=lambda key: Text(mill.text(key)))
        found, times = _asked(index, mill, count)
    return {
        "documents": count,
        "words": words,
        "minutes": read / 60,
        "disk": size / 2**20,
        "found": found,
        "asked": QUERIES,
        "median": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
        "memory": _peak(),
    }


def _read(mill: Mill, count: int) -> Iterator[tuple[Label, Any]]:
    for number in range(count):
        yield Label(f"text-{number}"), own_words(mill.text(f"text-{number}")).ids


def _asked(index: ReuseIndex, mill: Mill, count: int) -> tuple[int, list[float]]:
    """Ask for texts with a passage each, some words of it left out; return how many sources were found."""
    random = Random("asked")  # noqa: S311  # reason: the same questions every time
    found, times = 0, []
    for number in range(QUERIES):
        source = f"text-{random.randrange(count)}"
        words = mill.text(source).split()
        first = random.randrange(len(words) - PASSAGE)
        passage = [word for word in words[first : first + PASSAGE] if random.random() > LOST]
        host = mill.text(f"asked-{number}").split()
        host[1000:1000] = passage
        began = time.process_time()
        findings = index.find(" ".join(host))
        times.append(time.process_time() - began)
        found += any(one.source == source for one in findings.passages)
    return found, sorted(times)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _peak() -> float:
    """Return the most memory the process has held, in MiB."""
    status = os.open("/proc/self/status", os.O_RDONLY)
    try:
        return int(os.pread(status, 8192, 0).decode().partition("VmHWM:")[2].split()[0]) / 1024
    finally:
        os.close(status)


if __name__ == "__main__":
    print(json.dumps(_measured(int(sys.argv[1]))))

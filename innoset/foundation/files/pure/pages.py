"""How many pages a PDF says it has: read off its page tree without trusting, or even opening, the rest."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

MOST: Final = 5000
LARGEST_STREAM: Final = 4 * 1024 * 1024
MOST_STREAMS: Final = 40
MOST_BRANCHES: Final = 300
LONGEST_BRANCH: Final = 60_000
_BRANCH = re.compile(rb"/Type\s{0,4}/Pages\b")
_COUNT = re.compile(rb"/Count\s{1,4}(\d{1,5})\b")
_PACKED = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
LONGEST_HEAD: Final = 500


def pages_in(data: bytes) -> int | None:
    """Return the number of pages, or None when the file does not say it in a way that can be read."""
    if not data.startswith(b"%PDF-"):
        return None
    counts = _counts(data) or [count for part in _unpacked(data) for count in _counts(part)]
    most = max(counts, default=0)
    return most if 0 < most <= MOST else None


def _counts(data: bytes) -> list[int]:
    """Return the counts of the branches of the tree; the trunk has the largest. Looks only so far and so often."""
    found = []
    for branch, _ in zip(_BRANCH.finditer(data), range(MOST_BRANCHES), strict=False):
        start = data.rfind(b"<<", max(0, branch.start() - LONGEST_BRANCH), branch.start())
        end = data.find(b">>", branch.end(), branch.end() + LONGEST_BRANCH)
        if start >= 0 and end >= 0 and (count := _COUNT.search(data, start, end)):
            found.append(int(count[1]))
    return found


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield the packed objects of a newer file, each within bounds."""
    for head, _ in zip(_PACKED.finditer(data), range(MOST_STREAMS), strict=False):
        body = _STREAM.search(data, head.end(), head.end() + LONGEST_HEAD)
        if body is None:
            continue
        try:
            yield zlib.decompressobj().decompress(data[body.end() :], LARGEST_STREAM)
        except zlib.error:
            continue

"""What a sent report keeps for ever, and the sum by which it is known."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def digest_of(values: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of the canonical form: sorted keys, no blanks, UTF-8."""
    told = {"values": values, "figures": list(figures)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def number_of(campaign: str, place: int) -> str:
    """Return the number of a report, such as kip-2025-007."""
    return f"{campaign[:24].strip('-')}-{place:03d}"

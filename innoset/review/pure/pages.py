"""How long a dossier is: pages of 1,800 characters, as publishers count them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

PAGE: Final = 1800


def pages_of(content: Sequence[Mapping[str, Any]]) -> int:
    """Return the pages of all the answers, rounded up; whatever is to be read takes one at least."""
    signs = sum(len(str(one.get("text", ""))) for one in content)
    return max(1, -(-signs // PAGE))

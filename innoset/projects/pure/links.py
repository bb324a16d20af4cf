"""Links as people can read them: percent-encoded letters decoded, the link itself untouched."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

LINK: Final = re.compile(r"(?:https?|ftp)://[^\s<>«»\"]+|(?<![\w@.])www\.[^\s<>«»\"]+", re.IGNORECASE)
_LETTERS: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def links_in(text: str) -> tuple[str, ...]:
    """Return the links as they are written, without the stop that ends a sentence."""
    return tuple(found[0].rstrip(".,;:!?)") for found in LINK.finditer(text))


def shown(text: str) -> str:
    """Return the text with the links in it made readable; for showing only, the original is kept."""
    return LINK.sub(lambda found: _LETTERS.sub(_decoded, found[0]), text)


def _decoded(found: re.Match[str]) -> str:
    """Decode a run of letters; what would change the link's meaning or is no text stays as it is."""
    try:
        plain = unquote_to_bytes(found[0]).decode()
    except UnicodeDecodeError:
        return found[0]
    return plain if all(sign.isalnum() or sign in "-_.~«»—–" for sign in plain) else found[0]

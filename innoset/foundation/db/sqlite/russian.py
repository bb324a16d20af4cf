"""Cyrillic for SQLite, which by itself changes the case of Latin letters only (pure)."""

import re
import sqlite3
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

COLLATION = "RU"
AFTER_YE = "е\uffff"
"""What ё counts as when sorted: after every word with е in its place."""


def teach(connection: sqlite3.Connection) -> None:
    """Give the connection LOWER, UPPER, LIKE and a collation that know Russian."""
    connection.create_function("LOWER", 1, lower, deterministic=True)
    connection.create_function("UPPER", 1, upper, deterministic=True)
    connection.create_function("LIKE", 2, like, deterministic=True)
    connection.create_function("LIKE", 3, like, deterministic=True)
    connection.create_collation(COLLATION, compare)


def lower(value: T) -> T | str:
    """Lower-case a text; hand anything else back."""
    return value.lower() if isinstance(value, str) else value


def upper(value: T) -> T | str:
    """Upper-case a text; hand anything else back."""
    return value.upper() if isinstance(value, str) else value


def like(pattern: object, value: object, escape: str | None = None) -> bool | None:
    """Answer `value LIKE pattern` without regard to case; NULL stays NULL."""
    if pattern is None or value is None:
        return None
    return _compiled(str(pattern), escape).fullmatch(str(value)) is not None


def compare(left: str, right: str) -> int:
    """Order two texts as a Russian dictionary does: case aside, ё right after е."""
    first, second = sort_key(left), sort_key(right)
    return (first > second) - (first < second)


def sort_key(text: str) -> str:
    """Turn a text into one that sorts rightly code point by code point."""
    return text.casefold().replace("ё", AFTER_YE)


@lru_cache(512)
def _compiled(pattern: str, escape: str | None) -> re.Pattern[str]:
    wild = {"%": ".*", "_": "."}
    parts: list[str] = []
    literal = False
    for char in pattern:
        if char == escape and not literal:
            literal = True
            continue
        parts.append(re.escape(char) if literal else wild.get(char, re.escape(char)))
        literal = False
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)

"""Looking at the site from outside, as people do: by its own address, with a short patience."""

import time
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

PATIENCE = 10.0
"""Seconds after which people go away."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look has shown."""

    is_up: bool
    milliseconds: int
    note: str = ""


def look_at(url: str, *, patience: float = PATIENCE) -> Seen:
    """Ask for the page; anything but a good answer in time means that the site is down."""
    began, note = time.monotonic(), ""
    try:
        with build_opener(ProxyHandler({})).open(Request(url), timeout=patience) as answer:  # noqa: S310  # reason: the site's own address
            answer.read()
    except (URLError, HTTPException, OSError, ValueError) as trouble:
        note = f"{type(trouble).__name__}: {trouble}"[:200]
    spent = time.monotonic() - began
    if not note and spent > patience:
        note = f"{spent:.1f} s"
    return Seen(is_up=not note, milliseconds=int(spent * 1000), note=note)

"""A log in which every event holds the checksum of the one before: what was changed afterwards is found."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a decision. `at` is ISO 8601 in UTC, `by` the key of the person."""

    contest: str
    number: int
    kind: str
    data: Mapping[str, Any]
    at: str
    by: int | None
    previous: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first event that cannot be believed, and why, as a Russian sentence."""

    number: int
    why: str


def canonical(content: object) -> bytes:
    """Return the one spelling of a JSON value in bytes: keys in order, no spaces, UTF-8."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(content: object) -> str:
    """Return the checksum of a JSON value."""
    return hashlib.sha256(canonical(content)).hexdigest()


def moment(at: datetime) -> str:
    """Return a moment as the log writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def added(
    last: Event | None, contest: str, kind: str, data: Mapping[str, Any], *, at: str, by: int | None
) -> Event:
    """Return the event that follows the last one."""
    number, previous = (last.number + 1, last.sha256) if last else (1, "")
    bare = Event(contest, number, kind, data, at, by, previous, "")
    return Event(contest, number, kind, data, at, by, previous, checksum_of(bare))


def checksum_of(event: Event) -> str:
    """Return the checksum that an event must carry."""
    content = {name: getattr(event, name) for name in Event.__slots__ if name != "sha256"}
    return digest(content)


def as_json(event: Event) -> dict[str, Any]:
    """Return an event as it is written into a file."""
    return {name: getattr(event, name) for name in Event.__slots__}


def event_of(content: Mapping[str, Any]) -> Event:
    """Read an event from a file; raise KeyError when a part is missing."""
    return Event(**{name: content[name] for name in Event.__slots__})


def broken_link(events: Iterable[Event]) -> Broken | None:
    """Return the first event whose number, link or checksum is wrong."""
    previous = ""
    for number, event in enumerate(events, 1):
        if event.number != number:
            return Broken(number, f"События {number} нет: за ним сразу идёт событие {event.number}.")
        if event.previous != previous:
            return Broken(number, f"Событие {number} не продолжает предыдущее: запись заменили или удалили.")
        if checksum_of(event) != event.sha256:
            return Broken(number, f"Событие {number} изменено после записи: контрольная сумма не сходится.")
        previous = event.sha256
    return None

"""Declaring a notice. Every app declares its own in its `notices.py`."""

from dataclasses import dataclass

EVERY: dict[str, "Notice"] = {}


@dataclass(frozen=True, slots=True)
class Notice:
    """What can be announced: key, audience in plain Russian, wording, channels.

    `title` and `text` are `str.format` templates over the facts that the caller gives.
    """

    key: str
    audience: str
    title: str
    text: str
    by_post: bool = True
    may_be_muted: bool = False


def declare(notice: Notice) -> Notice:
    """Register a notice; two with one key are a mistake of the programmer."""
    if notice.key in EVERY:
        raise ValueError(f"notice {notice.key} is declared twice")
    EVERY[notice.key] = notice
    return notice

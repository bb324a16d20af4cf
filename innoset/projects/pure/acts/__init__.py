"""Normative acts named in running text, as items; the text itself is never changed.

An act is found by the word for its kind together with a date, a number or a title. What an amending
act names in its own title counts too; the same act named twice is one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from innoset.documents.pure.kinds import ActKind
from innoset.documents.pure.requisites import number_key
from innoset.projects.pure.acts.items import Head, heads_in, opening_head, pieces_of
from innoset.projects.pure.acts.merging import merged
from innoset.projects.pure.acts.named import NamedAct, approving, by_itself, by_title, completed, numbered
from innoset.projects.pure.acts.titles import closes_more
from innoset.projects.pure.acts.tokens import Anchor, anchors_in, levelled, without_asides

__all__ = ["NamedAct", "acts_in"]

_Placed = TypeVar("_Placed", Head, Anchor)
_FAR = 500
"""How far from its kind the date and number of an act may stand."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the text in which one act is named, and others only in its title."""

    plain: str
    start: int
    end: int
    strong: tuple[Head, ...]
    anchors: tuple[Anchor, ...]
    opening: Head | None


def acts_in(text: str) -> tuple[NamedAct, ...]:
    """Return the acts in the order of the text, each once."""
    found = [replace(act, text=text[act.start : act.end]) for act in _every(without_asides(levelled(text)))]
    return merged(sorted(found, key=lambda act: act.start))


def _every(plain: str) -> Iterator[NamedAct]:
    heads, anchors = heads_in(plain), anchors_in(plain)
    weak = {head.start: head for head in heads if not head.is_strong}
    strong = [head for head in heads if head.is_strong]
    for start, end in pieces_of(plain, heads):
        yield from _in_piece(
            _Piece(
                plain,
                start,
                end,
                strong=_inside(strong, start, end),
                anchors=_inside(anchors, start, end),
                opening=opening_head(plain, (start, end), weak),
            )
        )


def _inside(found: Sequence[_Placed], start: int, end: int) -> tuple[_Placed, ...]:
    """Return those that begin between the two places; they stand in order."""
    first = bisect_left(found, start, key=attrgetter("start"))
    return tuple(found[first : bisect_left(found, end, key=attrgetter("start"))])


def _in_piece(piece: _Piece) -> Iterator[NamedAct]:
    owners = _owners(piece)
    until = piece.start
    named = 0
    for head in (*piece.strong, *_unnamed_laws(piece, owners)):
        anchor = owners.get(head.start)
        act = _of_head(piece, head, anchor) if anchor or head.start >= until else None
        if act is None:
            continue
        if not named and piece.opening and piece.opening.start < head.start:
            act = approving(piece.plain, piece.opening, head, act)
        yield replace(act, is_nested=head.start < until)
        until, named = max(until, act.end), named + 1
    if not named and piece.opening:
        alone = by_itself(piece.plain, piece.opening, piece.anchors[:1], piece.end)
        yield from [alone] if alone else []


def _of_head(piece: _Piece, head: Head, anchor: Anchor | None) -> NamedAct | None:
    if anchor is None:
        return by_title(piece.plain, head, piece.end)
    act = numbered(piece.plain, head, anchor, piece.end)
    place = bisect_left(piece.anchors, act.end, key=attrgetter("start"))
    return completed(piece.plain, act, piece.anchors[place]) if place < len(piece.anchors) else act


def _unnamed_laws(piece: _Piece, owners: dict[int, Anchor]) -> Iterator[Head]:
    """Yield places where a law is named by its number alone: «273-ФЗ»."""
    taken = {anchor.start for anchor in owners.values()}
    for anchor in piece.anchors:
        if anchor.start not in taken and number_key(anchor.number).endswith(("фз", "кз")):
            owners[anchor.start] = anchor
            yield Head(ActKind.LAW, anchor.start, anchor.start, is_strong=True)


def _owners(piece: _Piece) -> dict[int, Anchor]:
    """Give every date and number to the nearest word before it that has none yet."""
    owners: dict[int, Anchor] = {}
    waiting: list[Head] = []
    place = 0
    for anchor in piece.anchors:
        while place < len(piece.strong) and piece.strong[place].start < anchor.start:
            waiting.append(piece.strong[place])
            place += 1
        waiting = [one for one in waiting if anchor.start - one.end <= _FAR]
        if waiting:
            head = _owner(piece.plain, waiting, anchor)
            owners[head.start] = anchor
            waiting.remove(head)
    return owners


def _owner(plain: str, waiting: list[Head], anchor: Anchor) -> Head:
    """Return the nearest word, unless it stands inside a title that was closed before the requisites."""
    return next(
        head
        for head in reversed(waiting)
        if head is waiting[0] or not closes_more(plain[head.end : anchor.start])
    )

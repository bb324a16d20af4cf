"""What changed in a field, and sentences about who changed it."""

from datetime import datetime

from innoset.foundation.russian import MOSCOW, by_gender, initials
from innoset.foundation.russian import date_in_words as in_words
from innoset.projects.pure.forms import Piece, word_diff


def who_changed(number: str, name: str, *, is_self: bool, changed_at: datetime, now: datetime) -> str:
    """Return «Поле 6 изменила Ремель О. Л. в 14:02.»; the day is named when it is not today."""
    when = moment(changed_at, now)
    if is_self:
        return f"Поле {number} вы изменили в другом окне {when}."
    if not name:
        return f"Поле {number} изменил другой человек {when}."
    who = initials(name)
    verb = by_gender(name, "изменил", "изменила", "")
    return (
        f"Поле {number} {verb} {who} {when}."
        if verb
        else f"Поле {number} изменил другой человек ({who}) {when}."
    )


def moment(at: datetime, now: datetime) -> str:
    """Return «в 14:02» or, for another day, «20 ноября 2026 г. в 14:02», by the Moscow clock."""
    there, here = at.astimezone(MOSCOW), now.astimezone(MOSCOW)
    clock = f"в {there:%H:%M}"
    return clock if there.date() == here.date() else f"{in_words(there.date())} {clock}"


MOST_WORDS = 6_000
"""Comparing word by word takes the square of the length; longer texts are shown as a whole."""
AROUND = 120
"""So many signs of what did not change are shown on each side of a change."""


def changes_between(old: str, new: str) -> tuple[Piece, ...]:
    """Return what changed, word by word, with only the neighbourhood of what stayed."""
    if len(old.split()) + len(new.split()) > MOST_WORDS:
        whole = (Piece("gone", old), Piece("new", new))
        return tuple(piece for piece in whole if piece.text)
    pieces = word_diff(old, new)
    last = len(pieces) - 1
    return tuple(_shortened(piece, place == 0, place == last) for place, piece in enumerate(pieces))


def _shortened(piece: Piece, is_first: bool, is_last: bool) -> Piece:
    head = "" if is_first else piece.text[:AROUND]
    tail = "" if is_last else piece.text[-AROUND:]
    if piece.kind != "same" or len(piece.text) <= 2 * AROUND:
        return piece
    return Piece("same", f"{head} … {tail}")


def both(theirs: str, mine: str) -> str:
    """Return two texts one after the other; a text that holds the other already stays as it is."""
    if theirs in mine:
        return mine
    return theirs if mine in theirs else f"{theirs}\n\n{mine}"

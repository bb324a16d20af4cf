"""The order of speakers of a defence: how often jurors leave the hall now, and how seldom they could."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from innoset.foundation.russian import moscow
from innoset.review.models import DefenceSlot, Round
from innoset.review.pure.speaking_order import Order, Talk, arranged, moves_of
from innoset.review.queries.live import outside_of, talks_of


@dataclass(frozen=True, slots=True)
class Moves:
    """What the order of now costs, what the best found costs, and who stands outside their hours."""

    now: int
    best: Order
    missed: tuple[str, ...]


def moves_in(review_round: Round, slots: Sequence[DefenceSlot]) -> Moves:
    """Compare the schedule as it stands with the best order."""
    outside = outside_of(review_round)
    talks = [
        Talk(slot.dossier_id, outside.get(slot.dossier_id, frozenset()), slot.dossier.group) for slot in slots
    ]
    missed = tuple(slot.dossier.code for slot in slots if _is_out_of_hours(slot, slot.starts_at))
    return Moves(moves_of(talks), arranged(talks), missed)


def _is_out_of_hours(slot: DefenceSlot, at: datetime) -> bool:
    hour = moscow(at).time()
    return bool((slot.not_before and hour < slot.not_before) or (slot.not_after and hour > slot.not_after))


def fewest_moves(
    review_round: Round, starts_at: datetime, step: timedelta, *, keeps_groups: bool = False
) -> Order:
    """Return the best order for a day that begins then and goes on in such steps; hours are kept first."""
    hours = {slot.dossier_id: slot for slot in review_round.slots.all()}
    talks = talks_of(review_round)
    starts = [moscow(starts_at + number * step).time() for number in range(len(talks))]
    return arranged([_within(talk, hours.get(talk.key), starts) for talk in talks], keeps_groups=keeps_groups)


def _within(talk: Talk, slot: DefenceSlot | None, starts: Sequence[time]) -> Talk:
    """Turn the hours of the speakers into places of the order."""
    if slot is None or not (slot.not_before or slot.not_after):
        return talk
    first = sum(slot.not_before is not None and one < slot.not_before for one in starts)
    last = None if slot.not_after is None else sum(one <= slot.not_after for one in starts) - 1
    return Talk(talk.key, talk.outside, talk.group, first, last)

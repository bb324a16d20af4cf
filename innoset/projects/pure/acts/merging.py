"""The same act named twice is one: the first mention stays and takes what the later one adds."""

from collections.abc import Iterable
from dataclasses import replace

from innoset.documents.pure.requisites import SAME, likeness, number_key
from innoset.projects.pure.acts.named import NamedAct


def merged(acts: Iterable[NamedAct]) -> tuple[NamedAct, ...]:
    """Return the acts without repetitions, in the order of their first mention."""
    kept: list[NamedAct] = []
    for act in acts:
        place = next((at for at, one in enumerate(kept) if _is_same(one, act)), None)
        if place is None:
            kept.append(act)
        else:
            kept[place] = _filled(kept[place], act)
    return tuple(kept)


def _is_same(one: NamedAct, other: NamedAct) -> bool:
    if one.kind != other.kind or not _may_be_one_day(one, other):
        return False
    if one.number and other.number:
        return number_key(one.number) == number_key(other.number)
    return likeness(one.title, other.title) >= SAME


def _may_be_one_day(one: NamedAct, other: NamedAct) -> bool:
    return one.signed_on is None or other.signed_on is None or one.signed_on == other.signed_on


def _filled(one: NamedAct, other: NamedAct) -> NamedAct:
    dated = one if one.signed_on or not other.date_text else other
    return replace(
        one,
        issuer=one.issuer or other.issuer,
        signed_on=dated.signed_on,
        date_text=dated.date_text,
        number=one.number or other.number,
        title=one.title or other.title,
        is_nested=one.is_nested and other.is_nested,
    )

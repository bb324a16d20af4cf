"""An act that a text names, held against the normative base: what to tell the one who wrote it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from innoset.documents.pure.kinds import ActKind
from innoset.documents.pure.requisites import (
    KIND_WORDS,
    NEAR,
    SAME,
    Requisites,
    differ_in,
    likeness,
    may_be_one_issuer,
    same_day,
    same_number,
)
from innoset.foundation.russian import Gender, capitalised, joined

_NUMBER_ONLY = frozenset({ActKind.LAW, ActKind.DECREE})
"""Their numbers do not begin anew every year in every office, so a number alone tells enough."""


@dataclass(frozen=True, slots=True)
class Known:
    """An act of the base: its requisites, whether it is in force (None: not checked), what came instead."""

    key: int
    requisites: Requisites
    in_force: bool | None = True
    ended_on: date | None = None
    replaced_by: tuple[Requisites, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth looking at: a stable code and a sentence with the cure."""

    code: str
    message: str


def counterpart(named: Requisites, base: Sequence[Known]) -> Known | None:
    """Return the act of the base that the text most likely means, even when its number or date is wrong."""
    best = max(((_closeness(named, known.requisites), -at) for at, known in enumerate(base)), default=(0, 0))
    return base[-best[1]] if best[0] else None


def _closeness(named: Requisites, known: Requisites) -> int:
    """Return how surely both are one act, from 0 to 4."""
    if named.kind != known.kind or not may_be_one_issuer(named, known):
        return 0
    alike = likeness(named.title, known.title)
    if same_number(named, known):
        return _by_number(named, known, alike)
    if named.number and known.number:
        return 1 if same_day(named, known) and alike >= SAME else 0
    return 2 if alike >= SAME and (named.signed_on is None or same_day(named, known)) else 0


def _by_number(named: Requisites, known: Requisites, alike: float) -> int:
    if same_day(named, known):
        return 4
    if named.signed_on is None:
        return 3 if alike >= NEAR or not named.title or named.kind in _NUMBER_ONLY else 0
    return 2 if alike >= SAME else 0


def remarks(named: Requisites, date_text: str, base: Sequence[Known]) -> tuple[Remark, ...]:
    """Return what the writer should look at: wrong requisites, a date without a day, an act out of force."""
    known = counterpart(named, base)
    return tuple(_remarks(named, date_text, known))


def _remarks(named: Requisites, date_text: str, known: Known | None) -> Iterator[Remark]:
    if date_text and named.signed_on is None:
        yield Remark("act_date_incomplete", _incomplete(named, date_text, known))
    if known is None:
        return
    if clash := differ_in(named, known.requisites):
        yield _clash(clash, named, known.requisites)
    if known.in_force is False:
        yield Remark("act_not_in_force", _over(named, known))


def _incomplete(named: Requisites, date_text: str, known: Known | None) -> str:
    word = KIND_WORDS[named.kind].genitive
    number = f" № {named.number}" if named.number else ""
    day = known.requisites.signed_on if known else None
    cure = f"В базе {day:%d.%m.%Y}." if day else "Допишите день, месяц и год."
    return f"Дата {word}{number} неполная: «{' '.join(date_text.split()).rstrip('.')}». {cure}"


def _clash(about: str, named: Requisites, known: Requisites) -> Remark:
    word = capitalised(KIND_WORDS[named.kind].nominative)
    if about == "number":
        message = (
            f"{word} от {named.signed_on:%d.%m.%Y}: в вашем тексте № {named.number}, "
            f"в базе № {known.number}. Проверьте номер."
        )
        return Remark("act_number_differs", message)
    message = (
        f"{word} № {named.number}: в вашем тексте дата {named.signed_on:%d.%m.%Y}, "
        f"в базе {known.signed_on:%d.%m.%Y}. Проверьте дату."
    )
    return Remark("act_date_differs", message)


def _over(named: Requisites, known: Known) -> str:
    gender = KIND_WORDS[named.kind].gender
    number = f"{KIND_WORDS[named.kind].nominative} № {named.number}" if named.number else named.short
    lost = f"{capitalised(number)} {_agreed(gender, 'утратил', 'утратила', 'утратило')} силу"
    if not known.replaced_by:
        return (
            f"{lost}. Проверьте, {_agreed(gender, 'нужен ли он', 'нужна ли она', 'нужно ли оно')} в тексте."
        )
    first = KIND_WORDS[known.replaced_by[0].kind].gender
    one = _agreed(first, "заменил", "заменила", "заменило")
    verb = one if len(known.replaced_by) == 1 else "заменили"
    successors = joined(act.short for act in known.replaced_by)
    return f"{lost}, {_agreed(gender, 'его', 'её', 'его')} {verb} {successors}."


def _agreed(gender: Gender, masculine: str, feminine: str, neuter: str) -> str:
    return {Gender.MASCULINE: masculine, Gender.FEMININE: feminine}.get(gender, neuter)


def clashes_inside(acts: Sequence[Requisites]) -> Iterator[Remark]:
    """Yield a remark for every act that one text names under two numbers or with two dates."""
    for place, one in enumerate(acts):
        for other in acts[place + 1 :]:
            if about := differ_in(one, other):
                yield Remark("act_named_twice", _twice(about, one, other))


def _twice(about: str, one: Requisites, other: Requisites) -> str:
    word = KIND_WORDS[one.kind]
    written = _agreed(word.gender, "записан", "записана", "записано")
    called = capitalised(word.nominative)
    if about == "number":
        return (
            f"{called} от {one.signed_on:%d.%m.%Y} {written} под двумя номерами: "
            f"№ {one.number} и № {other.number}. Проверьте, какой верный."
        )
    return (
        f"{called} № {one.number} {written} с двумя датами: "
        f"{one.signed_on:%d.%m.%Y} и {other.signed_on:%d.%m.%Y}. Проверьте, какая верная."
    )

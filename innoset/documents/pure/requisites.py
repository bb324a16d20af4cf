"""Requisites of a normative act: how two of them are compared, and how documents cite one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from innoset.documents.pure.issuers import family_of, in_genitive
from innoset.documents.pure.kinds import ActKind, ActLevel
from innoset.foundation.russian import MONTHS_GENITIVE, Gender, date_in_words, quoted

NEAR: Final = 0.6
"""Titles alike enough to speak of one act when something else agrees too."""
SAME: Final = 0.9
"""Titles alike enough to be the same act by themselves."""
_STEM: Final = 6
_LATIN: Final = str.maketrans("abcehkmnoptxy", "авсенкмпортху")
_NO_CONTENT: Final = frozenset({*MONTHS_GENITIVE, "года", "год", "г", "от", "об", "о", "и", "в", "на"})


@dataclass(frozen=True, slots=True)
class KindWord:
    """How a kind of act is called in running text."""

    nominative: str
    genitive: str
    gender: Gender


_M, _F, _N = Gender.MASCULINE, Gender.FEMININE, Gender.NEUTER
KIND_WORDS: Final = {
    ActKind.LAW: KindWord("закон", "закона", _M),
    ActKind.DECREE: KindWord("указ", "указа", _M),
    ActKind.RESOLUTION: KindWord("постановление", "постановления", _N),
    ActKind.DIRECTIVE: KindWord("распоряжение", "распоряжения", _N),
    ActKind.ORDER: KindWord("приказ", "приказа", _M),
    ActKind.LETTER: KindWord("письмо", "письма", _N),
    ActKind.CONCEPT: KindWord("концепция", "концепции", _F),
    ActKind.STRATEGY: KindWord("стратегия", "стратегии", _F),
    ActKind.PROGRAMME: KindWord("программа", "программы", _F),
    ActKind.STANDARD: KindWord("стандарт", "стандарта", _M),
    ActKind.REGULATION: KindWord("положение", "положения", _N),
    ActKind.OTHER: KindWord("документ", "документа", _M),
}
_GENITIVE_LAWS: Final = {
    "Федеральный закон": "Федерального закона",
    "Федеральный конституционный закон": "Федерального конституционного закона",
}
# Their titles begin with the word itself: «Концепция развития …», so it is not said twice.
_NAMED_BY_TITLE: Final = frozenset(
    {
        ActKind.CONCEPT,
        ActKind.STRATEGY,
        ActKind.PROGRAMME,
        ActKind.STANDARD,
        ActKind.REGULATION,
        ActKind.OTHER,
    }
)


@dataclass(frozen=True, slots=True)
class Requisites:
    """By whom, when and under which number an act was issued, and what it is called."""

    level: ActLevel
    kind: ActKind
    issuer: str = ""
    signed_on: date | None = None
    number: str = ""
    title: str = ""

    @property
    def short(self) -> str:
        """Return «приказ от 22.03.2019 № 21н», or the title of an act without both."""
        day = f" от {self.signed_on:%d.%m.%Y}" if self.signed_on else ""
        number = f" № {self.number}" if self.number else ""
        word = KIND_WORDS[self.kind].nominative
        return f"{word}{day}{number}" if day or number else f"{word} {quoted(self.title)}"


def citation(act: Requisites) -> str:
    """Return the act as documents cite it: kind, issuer, date in words, number, title in quotation marks."""
    day = f"от {date_in_words(act.signed_on)}" if act.signed_on else ""
    number = f"№ {act.number}" if act.number else ""
    if act.kind in _NAMED_BY_TITLE:
        tail = ", ".join(part for part in (act.issuer, f"{day} {number}".strip()) if part)
        return f"{act.title} ({tail})" if tail else act.title
    title = quoted(act.title) if act.title else ""
    return " ".join(part for part in (_called(act), day, number, title) if part)


def citation_in_genitive(act: Requisites) -> str:
    """Return the act as it stands after «на основании»: приказа министерства … от … № … «…»."""
    whole = citation(act)
    if act.kind in _NAMED_BY_TITLE:
        return f"{KIND_WORDS[ActKind.OTHER].genitive} {quoted(act.title)}{whole[len(act.title) :]}"
    called = _called(act)
    bent = _GENITIVE_LAWS.get(called)
    if bent is None:
        word = KIND_WORDS[act.kind]
        bent = word.genitive + called[len(word.nominative) :]
    return bent + whole[len(called) :]


def _called(act: Requisites) -> str:
    if act.kind is ActKind.LAW and act.level is ActLevel.FEDERAL:
        is_constitutional = number_key(act.number).endswith("фкз")
        return "Федеральный конституционный закон" if is_constitutional else "Федеральный закон"
    word = KIND_WORDS[act.kind].nominative
    named = word.capitalize() if act.kind in (ActKind.LAW, ActKind.DECREE) else word
    return f"{named} {in_genitive(act.issuer)}".strip()


# ── Comparing ───────────────────────────────────────────────────────────────


def number_key(number: str) -> str:
    """Return the number as it is compared: no spaces, one kind of dash, Cyrillic small letters."""
    plain = re.sub(r"[\s№]", "", number.casefold()).translate(_LATIN)
    return re.sub(r"[-‐‑‒–—−_]", "-", plain)


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how many of their words two titles share, endings and requisites aside."""
    left, right = _words(one), _words(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _words(title: str) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]+", title.casefold().replace("ё", "е"))
    return frozenset(word[:_STEM] for word in found if word not in _NO_CONTENT)


def same_number(one: Requisites, other: Requisites) -> bool:
    """Tell whether both have a number, and it is the same."""
    return bool(one.number) and number_key(one.number) == number_key(other.number)


def same_day(one: Requisites, other: Requisites) -> bool:
    """Tell whether both have a date, and it is the same."""
    return one.signed_on is not None and one.signed_on == other.signed_on


def may_be_one_issuer(one: Requisites, other: Requisites) -> bool:
    """Tell whether the issuers may be the same: an unnamed one may be anybody."""
    left, right = family_of(one.issuer), family_of(other.issuer)
    return not left or not right or left == right


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What seems to be one act under two numbers or with two dates."""

    first: int
    second: int
    about: str
    """«number» or «date»."""


def contradictions(acts: Sequence[Requisites]) -> tuple[Contradiction, ...]:
    """Return the pairs of places in the row that seem to be one act with different requisites."""
    return tuple(_pairs(acts))


def _pairs(acts: Sequence[Requisites]) -> Iterator[Contradiction]:
    by_day: dict[object, list[int]] = {}
    by_number: dict[object, list[int]] = {}
    for place, act in enumerate(acts):
        if act.signed_on is not None and act.number:
            by_day.setdefault((act.kind, act.signed_on), []).append(place)
            by_number.setdefault((act.kind, number_key(act.number)), []).append(place)
    for about, groups in (("number", by_day.values()), ("date", by_number.values())):
        for first, second in _couples(groups):
            if differ_in(acts[first], acts[second]) == about:
                yield Contradiction(first, second, about)


def _couples(groups: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    for group in groups:
        for at, first in enumerate(group):
            for second in group[at + 1 :]:
                yield first, second


def differ_in(one: Requisites, other: Requisites) -> str:
    """Say in what two notes of one act differ: «number», «date», or an empty string when they do not clash.

    One body often signs several orders on one day, so the titles must agree before anything is said.
    """
    if one.kind != other.kind or not may_be_one_issuer(one, other):
        return ""
    if not (one.number and other.number and one.signed_on and other.signed_on):
        return ""
    if likeness(one.title, other.title) < SAME:
        return ""
    if same_day(one, other) == same_number(one, other):
        return ""
    return "number" if same_day(one, other) else "date"


def suspicions(acts: Sequence[Requisites]) -> tuple[Contradiction, ...]:
    """Return the pairs that a person should look at, though they may well be two acts.

    «day»: one body, one day, near titles, two numbers. «title»: one body, one title, everything else differs.
    """
    pairs = ((first, second) for first in range(len(acts)) for second in range(first + 1, len(acts)))
    told = ((first, second, _suspect(acts[first], acts[second])) for first, second in pairs)
    return tuple(Contradiction(*one) for one in told if one[2])


def _suspect(one: Requisites, other: Requisites) -> str:
    if one.kind != other.kind or not (one.number and other.number) or same_number(one, other):
        return ""
    if not (one.signed_on and other.signed_on and may_be_one_issuer(one, other)):
        return ""
    alike = likeness(one.title, other.title)
    if same_day(one, other):
        return "day" if NEAR <= alike < SAME else ""
    return "title" if alike >= SAME else ""

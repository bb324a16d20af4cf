"""Conflicts of interest: who may not judge what, found from facts, each with a sentence that says why.

What bars: the expert works (or lately worked) in the organisation of the work, at its founder or under
it; stands behind the work; shares another work, or a place of work, with somebody of its team; has
declared a conflict; and the own municipality where the round says so. What is only shown: a name that
may be the expert's, ties that ended long ago. A namesake with an account of their own is nobody's tie.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from innoset.foundation.russian import by_gender
from innoset.review.pure.names import Likeness, Name, likeness, name_of

YEARS = 3
"""So long after its end a tie still bars."""


class Kind(StrEnum):
    """What ties an expert to a work; the order is that of weight."""

    DECLARED = "declared"
    ORGANISATION = "organisation"
    TEAM = "team"
    TUTOR = "tutor"
    FOUNDER = "founder"
    JOINT = "joint"
    COLLEAGUE = "colleague"
    FORMER = "former"
    MUNICIPALITY = "municipality"


_WEIGHT = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One tie: its kind, the sentence for the organiser, whether it bars the pair."""

    kind: Kind
    reason: str
    is_barring: bool = True


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: where it is and who founded it."""

    key: int
    name: str
    municipality: int
    place: str
    founder: int | None = None
    founder_name: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A role in an organisation from when till when; `is_work` tells work side by side from a list of experts."""

    body: Body
    since: date
    until: date | None = None
    guides: str = ""
    is_work: bool = True


@dataclass(frozen=True, slots=True)
class Stake:
    """Somebody behind a work: the name as it is written, the account if there is one, what they are to it."""

    name: str
    part: str
    person: int | None = None
    guides: bool = False
    is_team: bool = True


@dataclass(frozen=True, slots=True)
class Expert:
    """Who would judge."""

    key: int
    name: str
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What would be judged, and who stands behind it."""

    key: int
    code: str
    body: Body
    opened_on: date
    stakes: tuple[Stake, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """From which day ties are counted back, how long they bar, what the own municipality means."""

    day: date
    years: int = YEARS
    shows_municipality: bool = True
    bars_municipality: bool = True

    def is_late(self, ended: date | None) -> bool:
        """Tell whether what ended then (or goes on) still bars."""
        return ended is None or (ended.year + self.years, ended.month, ended.day) >= (
            self.day.year,
            self.day.month,
            self.day.day,
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known: experts, works of the round, other works, stays of the teams, declarations."""

    experts: Sequence[Expert]
    works: Sequence[Work]
    others: Sequence[Work] = ()
    stays: Mapping[int, tuple[Stay, ...]] = field(default_factory=dict)
    declared: Mapping[tuple[int, int], str] = field(default_factory=dict)


Found = dict[tuple[int, int], tuple[Finding, ...]]


def find(facts: Facts, rules: Rules) -> Found:
    """Return every tie of every pair (expert, work), the weightiest first; pairs without ties are absent."""
    index = _Index(facts)
    found: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for pair, said in facts.declared.items():
        found[pair].append(Finding(Kind.DECLARED, said))
    for work in facts.works:
        for expert, finding in _of_work(work, facts, index, rules):
            if finding not in found[expert, work.key]:
                found[expert, work.key].append(finding)
    return {pair: tuple(sorted(ties, key=_weight)) for pair, ties in found.items()}


def _weight(finding: Finding) -> tuple[bool, int]:
    return not finding.is_barring, _WEIGHT[finding.kind]


class _Index:
    """The experts by what ties them, so that no pair is looked at in vain."""

    def __init__(self, facts: Facts) -> None:
        self.keys = {expert.key for expert in facts.experts}
        self.names = {expert.key: name_of(expert.name) for expert in facts.experts}
        self.full = {expert.key: expert.name for expert in facts.experts}
        self.surnames: dict[str, list[int]] = defaultdict(list)
        self.stays: dict[int, list[tuple[int, Stay]]] = defaultdict(list)
        self.places: dict[int, list[tuple[int, Stay]]] = defaultdict(list)
        self.masters: dict[int, list[tuple[int, Stay]]] = defaultdict(list)
        for expert in facts.experts:
            self.surnames[self.names[expert.key].surname].append(expert.key)
            for stay in expert.stays:
                self._keep(expert.key, stay)
        self.joint = _joint(facts, self)

    def _keep(self, expert: int, stay: Stay) -> None:
        self.stays[stay.body.key].append((expert, stay))
        if stay.until is None:
            self.places[stay.body.municipality].append((expert, stay))
        if stay.until is None and stay.body.founder is not None:
            self.masters[stay.body.founder].append((expert, stay))

    def worked(self, expert: int) -> str:
        """Return the verb that agrees with the expert."""
        return by_gender(self.full[expert], "Работал", "Работала", "Работал(а)")

    def behind(self, stake: Stake) -> Iterator[tuple[int, Likeness]]:
        """Yield the experts who are, or may be, the person of the stake."""
        if stake.person in self.keys:
            yield stake.person or 0, Likeness.SAME
        name = name_of(stake.name)
        for expert in self.surnames.get(name.surname, ()):
            alike = likeness(name, self.names[expert])
            # With an account of their own a namesake is another person, or the same one twice: a human looks.
            if stake.person is not None and alike is Likeness.SAME:
                alike = Likeness.POSSIBLE
            if alike is not Likeness.DIFFERENT and expert != stake.person:
                yield expert, alike


def _of_work(work: Work, facts: Facts, index: _Index, rules: Rules) -> Iterator[tuple[int, Finding]]:
    yield from _by_organisation(work, index, rules)
    yield from _by_founder(work, index)
    yield from _by_team(work, index)
    yield from _by_joint_work(work, index, rules)
    yield from _by_colleagues(work, facts, index, rules)
    if rules.shows_municipality:
        for expert, stay in index.places.get(work.body.municipality, ()):
            reason = f"Свой муниципалитет: {stay.body.place}"
            yield expert, Finding(Kind.MUNICIPALITY, reason, rules.bars_municipality)


def _by_organisation(work: Work, index: _Index, rules: Rules) -> Iterator[tuple[int, Finding]]:
    for expert, stay in index.stays.get(work.body.key, ()):
        if stay.until is not None:
            late = rules.is_late(stay.until)
            past = f"{index.worked(expert)} в этой организации до {_day(stay.until)}"
            yield expert, Finding(Kind.FORMER, past if late else f"{past}, давно", late)
        elif stay.guides:
            yield expert, Finding(Kind.TUTOR, f"{stay.guides} этой организации")
        else:
            yield expert, Finding(Kind.ORGANISATION, "Работает в этой организации")


def _by_founder(work: Work, index: _Index) -> Iterator[tuple[int, Finding]]:
    if work.body.founder is not None:
        for expert, stay in index.stays.get(work.body.founder, ()):
            where = stay.body.name
            if stay.until is None:
                yield expert, Finding(Kind.FOUNDER, f"Работает у учредителя этой организации: {where}")
            else:
                past = f"{index.worked(expert)} у учредителя этой организации до {_day(stay.until)}: {where}"
                yield expert, Finding(Kind.FOUNDER, past, is_barring=False)
    for expert, stay in index.masters.get(work.body.key, ()):
        reason = f"Эта организация учредила место работы эксперта: {stay.body.name}"
        yield expert, Finding(Kind.FOUNDER, reason)


def _by_team(work: Work, index: _Index) -> Iterator[tuple[int, Finding]]:
    for stake in work.stakes:
        kind = Kind.TUTOR if stake.guides else Kind.TEAM
        part = stake.part.lower()
        for expert, alike in index.behind(stake):
            if alike is Likeness.POSSIBLE:
                reason = f"Возможно, имеет отношение к проекту: {part} — {stake.name}"
                yield expert, Finding(kind, reason, is_barring=False)
            else:
                yield expert, Finding(kind, f"Имеет отношение к проекту: {part} — {stake.name}")


def _by_joint_work(work: Work, index: _Index, rules: Rules) -> Iterator[tuple[int, Finding]]:
    for stake in work.stakes:
        own = {expert for expert, alike in index.behind(stake) if alike is Likeness.SAME}
        for expert, other, partner in _partnerships(stake, index):
            if expert not in own and other.key != work.key and _is_one(stake, partner):
                reason = f"Общая работа с участником проекта ({stake.name}): дело {other.code}"
                yield expert, Finding(Kind.JOINT, reason, rules.is_late(other.opened_on))


def _partnerships(stake: Stake, index: _Index) -> Iterator["Partnership"]:
    if stake.is_team:
        for key in _marks(stake):
            yield from index.joint.get(key, ())


def _is_one(stake: Stake, partner: Stake) -> bool:
    """Tell whether two stakes are one person's: equal names of two accounts are not."""
    return stake.person is None or partner.person is None or stake.person == partner.person


def _by_colleagues(work: Work, facts: Facts, index: _Index, rules: Rules) -> Iterator[tuple[int, Finding]]:
    for stake in work.stakes:
        if not stake.is_team or stake.person is None:
            continue
        for theirs in facts.stays.get(stake.person, ()):
            if not theirs.is_work or theirs.body.key == work.body.key:
                continue
            for expert, own in index.stays.get(theirs.body.key, ()):
                if expert != stake.person and own.is_work and _overlap(own, theirs):
                    yield expert, _colleague(stake, own, theirs, rules)


def _overlap(one: Stay, two: Stay) -> bool:
    return (one.until is None or two.since <= one.until) and (two.until is None or one.since <= two.until)


def _colleague(stake: Stake, own: Stay, theirs: Stay, rules: Rules) -> Finding:
    ended = min((day for day in (own.until, theirs.until) if day is not None), default=None)
    till = f", до {_day(ended)}" if ended else ""
    reason = f"Коллега участника проекта ({stake.name}): {own.body.name}{till}"
    return Finding(Kind.COLLEAGUE, reason, rules.is_late(ended))


Partnership = tuple[int, Work, Stake]
Mark = int | Name


def _joint(facts: Facts, index: _Index) -> dict[Mark, list[Partnership]]:
    """Return, by every mark of a partner, which expert shares which work with them."""
    partners: dict[Mark, list[Partnership]] = defaultdict(list)
    for work in _each_once([*facts.works, *facts.others]):
        team = [stake for stake in work.stakes if stake.is_team]
        for stake in team:
            for expert, alike in index.behind(stake):
                if alike is Likeness.SAME:
                    for one in team:
                        if one is not stake:
                            _keep(partners, one, (expert, work, one))
    return partners


def _keep(partners: dict[Mark, list[Partnership]], one: Stake, made: Partnership) -> None:
    for mark in _marks(one):
        partners[mark].append(made)


def _each_once(works: Iterable[Work]) -> Iterable[Work]:
    return {work.key: work for work in works}.values()


def _marks(stake: Stake) -> Iterator[Mark]:
    """Yield by what somebody is known: the account, the full name."""
    if stake.person is not None:
        yield stake.person
    if (name := name_of(stake.name)).is_full:
        yield name


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"

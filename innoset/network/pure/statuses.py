"""The ledger of a status: facts in, what was true on a day out.

Every fact counts from its own day on; facts of one day count in the order of writing. A fact that
was annulled never happened. The term runs through pauses, and its last day belongs to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

DAY: Final = timedelta(days=1)


class FactKind(StrEnum):
    """What happened to a status on a day: the lines of its ledger."""

    GRANTED = "granted"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    PASSED = "passed"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    RESTORED = "restored"
    ANNULLED = "annulled"


class Phase(StrEnum):
    """What a status is on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PAUSED = "paused"
    OVER = "over"
    COMPLETED = "completed"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a ledger; `number` is its place in the order of writing."""

    number: int
    kind: FactKind
    on: date
    holder: int | None = None
    ends_on: date | None = None
    annuls: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is true of a status on a day: whose it is, its term, its phase and since when."""

    holder: int
    starts_on: date
    ends_on: date
    phase: Phase
    since: date


@dataclass(frozen=True, slots=True)
class _State:
    """What the facts so far say; the end of the term is not yet looked at."""

    holder: int
    starts_on: date
    ends_on: date
    phase: Phase
    since: date
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A line that cannot follow the lines before it, and why (a key of `REASONS`)."""

    fact: Fact
    reason: str


REASONS: Final = {
    "no_grant": "статус в этот день ещё не присвоен",
    "granted_twice": "статус уже присвоен",
    "not_in_force": "статус в этот день не действует",
    "not_paused": "статус в этот день не приостановлен",
    "ended": "статус к этому дню уже завершён или прекращён",
    "not_ended": "статус в этот день не завершён и не прекращён",
    "not_longer": "новый срок не длиннее прежнего",
    "too_late": "прежний срок к этому дню уже вышел",
    "same_holder": "статус и так принадлежит этой организации",
}
_ENDED: Final = frozenset({Phase.COMPLETED, Phase.TERMINATED})


def fold(facts: Iterable[Fact], *, on: date) -> Standing | None:
    """Say what is true on a day; None when the status was never granted (or by mistake)."""
    lines = in_order(facts)
    if not lines or lines[0].kind != FactKind.GRANTED:
        return None
    state = _granted(lines[0])
    if on < state.starts_on:
        return Standing(state.holder, state.starts_on, state.ends_on, Phase.NOT_YET, state.starts_on)
    for fact in lines[1:]:
        if fact.on > on:
            break
        state = _after(state, fact)
    return _on_day(state, on)


def changes(facts: Iterable[Fact]) -> list[tuple[date, Standing]]:
    """Return the days on which the answer may change, with the answer that holds from each till the next."""
    lines = in_order(facts)
    days = {fact.on for fact in lines} | {fact.ends_on + DAY for fact in lines if fact.ends_on}
    return [(day, standing) for day in sorted(days) if (standing := fold(lines, on=day)) is not None]


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that happened, in the order in which they count."""
    every = list(facts)
    void = {fact.annuls for fact in every if fact.kind == FactKind.ANNULLED}
    real = (fact for fact in every if fact.kind != FactKind.ANNULLED and fact.number not in void)
    return sorted(real, key=lambda fact: (fact.on, fact.number))


def first_contradiction(facts: Iterable[Fact]) -> Contradiction | None:
    """Return the first line that cannot follow those before it; None when the ledger agrees."""
    state: _State | None = None
    for fact in in_order(facts):
        reason = _objection(state, fact)
        if reason:
            return Contradiction(fact, reason)
        state = _granted(fact) if state is None else _after(state, fact)
    return None


def _granted(fact: Fact) -> _State:
    return _State(fact.holder or 0, fact.on, fact.ends_on or fact.on, Phase.IN_FORCE, fact.on)


def _after(state: _State, fact: Fact) -> _State:
    """Return the state after one more fact."""
    state = _woken(state, fact.on)
    if fact.kind == FactKind.EXTENDED:
        return replace(state, ends_on=fact.ends_on or state.ends_on)
    if fact.kind == FactKind.PASSED:
        return replace(state, holder=fact.holder or state.holder)
    until = fact.ends_on if fact.kind == FactKind.PAUSED else None
    return replace(state, phase=_PHASES[fact.kind], since=fact.on, paused_until=until)


_PHASES: Final = {
    FactKind.PAUSED: Phase.PAUSED,
    FactKind.RESUMED: Phase.IN_FORCE,
    FactKind.RESTORED: Phase.IN_FORCE,
    FactKind.COMPLETED: Phase.COMPLETED,
    FactKind.TERMINATED: Phase.TERMINATED,
}


def _woken(state: _State, on: date) -> _State:
    """Return the state on a day when nothing was written: a pause with a last day ends by itself."""
    if state.phase == Phase.PAUSED and state.paused_until is not None and state.paused_until < on:
        return replace(state, phase=Phase.IN_FORCE, since=state.paused_until + DAY, paused_until=None)
    return state


def _on_day(state: _State, on: date) -> Standing:
    state = _woken(state, on)
    phase, since = state.phase, state.since
    if phase not in _ENDED and on > state.ends_on:
        phase, since = Phase.OVER, state.ends_on + DAY
    return Standing(state.holder, state.starts_on, state.ends_on, phase, since)


def _objection(state: _State | None, fact: Fact) -> str:
    """Say why a fact cannot follow; empty when it can."""
    if state is None:
        return "" if fact.kind == FactKind.GRANTED else "no_grant"
    if fact.kind == FactKind.GRANTED:
        return "granted_twice"
    now = _on_day(state, fact.on)
    return _LAWS[fact.kind](now, fact)


def _may_extend(now: Standing, fact: Fact) -> str:
    if now.phase in _ENDED:
        return "ended"
    if fact.on > now.ends_on + DAY:
        return "too_late"
    return "" if fact.ends_on is not None and fact.ends_on > now.ends_on else "not_longer"


def _may_pass(now: Standing, fact: Fact) -> str:
    if now.phase in _ENDED:
        return "ended"
    return "same_holder" if fact.holder == now.holder else ""


def _may_pause(now: Standing, fact: Fact) -> str:
    del fact
    return "" if now.phase == Phase.IN_FORCE else "not_in_force"


def _may_resume(now: Standing, fact: Fact) -> str:
    del fact
    return "" if now.phase == Phase.PAUSED else "not_paused"


def _may_end(now: Standing, fact: Fact) -> str:
    del fact
    return "ended" if now.phase in _ENDED else ""


def _may_restore(now: Standing, fact: Fact) -> str:
    del fact
    return "" if now.phase in _ENDED else "not_ended"


_LAWS: Final = {
    FactKind.EXTENDED: _may_extend,
    FactKind.PASSED: _may_pass,
    FactKind.PAUSED: _may_pause,
    FactKind.RESUMED: _may_resume,
    FactKind.COMPLETED: _may_end,
    FactKind.TERMINATED: _may_end,
    FactKind.RESTORED: _may_restore,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a kind, as it was lived: from its first day to its last."""

    starts_on: date
    ends_on: date
    # A term granted as a continuation of another goes on from it, however late the order came.
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Continuity:
    """How long a status has been held without a break: terms, whole years, and since when."""

    terms: int
    years: int
    since: date | None


# Orders are signed late: a new term that begins within so many days still goes on from the old one.
GAP: Final = timedelta(days=31)


def continuity(terms: Sequence[Term], *, on: date) -> Continuity:
    """Count the unbroken terms that reach a day; terms side by side count as one, pauses do not break."""
    count, since, last = 0, on, date.min
    for term in sorted((term for term in terms if term.starts_on <= on), key=lambda term: term.starts_on):
        if not count or (not term.goes_on and term.starts_on > last + GAP):
            count, since, last = 1, term.starts_on, term.ends_on
            continue
        count += term.starts_on > last - GAP
        last = max(last, term.ends_on)
    if not count or last + GAP < on:
        return Continuity(0, 0, None)
    return Continuity(count, _whole_years(since, min(last, on) + DAY), since)


def _whole_years(since: date, until: date) -> int:
    years = until.year - since.year
    return years - ((until.month, until.day) < (since.month, since.day))

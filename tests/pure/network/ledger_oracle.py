"""A second opinion on statuses: paint every day by hand, with no folding at all.

It shares no line with the code that it judges: a fact paints its value over every day from its own
to the horizon, later facts paint over it, and the answer is read off the painted day.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from innoset.network.pure.statuses import Fact, FactKind, first_contradiction

START = date(2018, 1, 1)
HORIZON = 365 * 3
K = FactKind
Answer = tuple[int, date, str] | None
"""Whose, till when, in which phase; None before the grant."""


def day(number: int) -> date:
    """Return a day by its number from the start."""
    return START + timedelta(days=number)


def painted(facts: list[Fact]) -> dict[date, Answer]:
    """Return the answer for every day up to the horizon."""
    mistakes = {fact.annuls for fact in facts if fact.annuls is not None}
    story = [fact for fact in facts if fact.annuls is None and fact.number not in mistakes]
    story.sort(key=lambda fact: fact.number)
    story.sort(key=lambda fact: fact.on)
    holder, last, mood = [0] * HORIZON, [START] * HORIZON, [""] * HORIZON
    for fact in story:
        first = max((fact.on - START).days, 0)
        if fact.kind in (K.GRANTED, K.PASSED) and fact.holder:
            holder[first:] = [fact.holder] * (HORIZON - first)
        if fact.kind in (K.GRANTED, K.EXTENDED) and fact.ends_on:
            last[first:] = [fact.ends_on] * (HORIZON - first)
        if fact.kind not in (K.EXTENDED, K.PASSED):
            mood[first:] = [_mood(fact, day(number)) for number in range(first, HORIZON)]
    return {day(one): _read(day(one), holder[one], last[one], mood[one]) for one in range(HORIZON)}


def _mood(fact: Fact, one: date) -> str:
    if fact.kind == K.PAUSED:
        return "paused" if fact.ends_on is None or one <= fact.ends_on else "in_force"
    if fact.kind in (K.COMPLETED, K.TERMINATED):
        return fact.kind.value
    return "in_force"


def _read(one: date, holder: int, last: date, mood: str) -> Answer:
    if not holder:
        return None
    return (holder, last, "over" if mood in ("in_force", "paused") and one > last else mood)


@dataclass
class Script:
    """One scripted history: organisations that are renamed and merged, statuses that live through it."""

    seed: int
    facts: dict[int, list[Fact]] = field(default_factory=dict)
    names: dict[int, dict[int, str]] = field(default_factory=dict)
    alive: set[int] = field(default_factory=set)


def script(seed: int) -> Script:
    """Write a history: everything in it could have happened, in this order, on these days."""
    rng = random.Random(seed)  # noqa: S311  # reason: a script, not a secret
    made = Script(seed, alive={1, 2, 3, 4})
    numbers = count(1)
    made.names = {one: {0: f"Школа {one}"} for one in sorted(made.alive)}
    today = rng.randrange(30)
    for status in range(1, rng.randrange(2, 4)):
        holder, first = rng.choice(sorted(made.alive)), day(today)
        made.facts[status] = [
            Fact(next(numbers), K.GRANTED, first, holder=holder, ends_on=day(today + rng.randrange(90, 500)))
        ]
        today += rng.randrange(3)
    for _ in range(rng.randrange(8, 25)):
        today += rng.choice([0, 1, 1, 7, rng.randrange(1, 75)])
        if today > HORIZON - 60:
            break
        _happen(made, today, rng, numbers)
    _shuffle_writing(made, rng)
    return made


def _happen(made: Script, today: int, rng: random.Random, numbers: "count[int]") -> None:
    turn = rng.random()
    if turn < 0.08:
        one = rng.choice(sorted(made.alive))
        made.names[one][today] = f"Лицей {one}, с {today}"
    elif turn < 0.18 and len(made.alive) > 1:
        gone, heir = rng.sample(sorted(made.alive), 2)
        made.alive.discard(gone)
        for facts in made.facts.values():
            if _holder_now(facts) == gone:
                _try(facts, Fact(next(numbers), K.PASSED, day(today), holder=heir))
    elif turn < 0.30:
        facts = rng.choice(list(made.facts.values()))
        known = {fact.annuls for fact in facts}
        wrong = rng.choice(facts[1:] or facts)
        if wrong.kind != K.ANNULLED and wrong.number not in known and (len(facts) > 1 or rng.random() < 0.2):
            _try(facts, Fact(next(numbers), K.ANNULLED, day(today), annuls=wrong.number))
    else:
        facts = rng.choice(list(made.facts.values()))
        kinds = [K.PAUSED, K.RESUMED, K.EXTENDED, K.COMPLETED, K.TERMINATED, K.RESTORED, K.PASSED]
        kind = rng.choices(kinds, [5, 4, 5, 1, 2, 4, 1])[0]
        _try(facts, _random_fact(kind, facts, today, made=made, rng=rng, number=next(numbers)))


def _random_fact(
    kind: FactKind, facts: list[Fact], today: int, *, made: Script, rng: random.Random, number: int
) -> Fact:
    if kind == K.PASSED:
        return Fact(number, kind, day(today), holder=rng.choice(sorted(made.alive)))
    if kind == K.PAUSED and rng.random() < 0.5:
        return Fact(number, kind, day(today), ends_on=day(today + rng.randrange(90)))
    if kind == K.EXTENDED:
        last = max(fact.ends_on for fact in facts if fact.ends_on and fact.kind != K.PAUSED)
        return Fact(number, kind, day(today), ends_on=last + timedelta(days=rng.randrange(-20, 200)))
    return Fact(number, kind, day(today))


def _try(facts: list[Fact], fact: Fact) -> None:
    """Let it happen if it can: a script holds no nonsense."""
    if first_contradiction([*facts, fact]) is None:
        facts.append(fact)


def _holder_now(facts: list[Fact]) -> int | None:
    mistakes = {fact.annuls for fact in facts}
    holders = [fact.holder for fact in facts if fact.holder and fact.number not in mistakes]
    return holders[-1] if holders else None


def _shuffle_writing(made: Script, rng: random.Random) -> None:
    """Let lines be handed over in any order: the ledger alone knows which comes first."""
    for facts in made.facts.values():
        rng.shuffle(facts)

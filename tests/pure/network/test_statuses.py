"""«Who had which status on a day»: every day of 100 scripted histories against an independent oracle."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from innoset.network.pure.statuses import (
    GAP,
    Continuity,
    Fact,
    FactKind,
    Phase,
    Standing,
    Term,
    changes,
    continuity,
    first_contradiction,
    fold,
    in_order,
)
from tests.pure.network import ledger_oracle as oracle

K = FactKind
D = date
FIRST, LAST = D(2024, 1, 1), D(2026, 12, 31)
GRANT = Fact(1, K.GRANTED, FIRST, holder=7, ends_on=LAST)


def answer(facts: list[Fact], on: date) -> oracle.Answer:
    """Say what the fold says, in the oracle's words."""
    return in_words(fold(facts, on=on))


def in_words(standing: Standing | None) -> oracle.Answer:
    if standing is None or standing.phase == Phase.NOT_YET:
        return None
    return (standing.holder, standing.ends_on, standing.phase.value)


def answers(facts: list[Fact]) -> dict[date, oracle.Answer]:
    """Say the same of every day, by the days of change."""
    turns = dict(changes(facts))
    said: dict[date, oracle.Answer] = {}
    now: oracle.Answer = None
    for number in range(oracle.HORIZON):
        on = oracle.day(number)
        now = in_words(turns[on]) if on in turns else now
        said[on] = now
    return said


SCRIPTS = [oracle.script(seed) for seed in range(100)]


def test_every_day_of_a_hundred_histories() -> None:
    wrong = [
        (made.seed, status)
        for made in SCRIPTS
        for status, facts in made.facts.items()
        if answers(facts) != oracle.painted(facts)
    ]
    assert wrong == []


def test_any_day_can_be_asked_alone() -> None:
    for made in SCRIPTS[:15]:
        for facts in made.facts.values():
            painted = oracle.painted(facts)
            assert {on: answer(facts, on) for on in painted} == painted


def test_the_histories_are_rich() -> None:
    seen = Counter(fact.kind for made in SCRIPTS for facts in made.facts.values() for fact in facts)
    assert {kind: seen[kind] >= 15 for kind in K} == dict.fromkeys(K, True)
    assert sum(len(names) > 1 for made in SCRIPTS for names in made.names.values()) >= 20
    assert sum(len(made.alive) < 4 for made in SCRIPTS) >= 20


@pytest.mark.parametrize(
    "spoil",
    [
        lambda fact: replace(fact, on=fact.on + timedelta(days=1)),
        lambda fact: replace(fact, annuls=None, kind=K.RESUMED) if fact.annuls else fact,
        lambda fact: replace(fact, holder=99) if fact.kind == K.PASSED else fact,
        lambda fact: replace(fact, ends_on=None) if fact.kind == K.PAUSED else fact,
    ],
    ids=["a day late", "annulments forgotten", "another successor", "pauses without end"],
)
def test_the_oracle_notices_a_mistake(spoil: object) -> None:
    """Negative control: with one rule broken the days no longer agree."""
    assert any(
        answers([spoil(fact) for fact in facts]) != oracle.painted(facts)  # type: ignore[operator]  # of the table above
        for made in SCRIPTS
        for facts in made.facts.values()
    )


def test_a_life_told_in_days() -> None:
    facts = [
        GRANT,
        Fact(2, K.PAUSED, D(2024, 3, 1), ends_on=D(2024, 3, 31)),
        Fact(3, K.EXTENDED, D(2026, 12, 1), ends_on=D(2027, 6, 30)),
        Fact(4, K.PASSED, D(2025, 1, 1), holder=8),
        Fact(5, K.TERMINATED, D(2027, 2, 1)),
        Fact(6, K.ANNULLED, D(2027, 2, 5), annuls=5),
    ]
    long = D(2027, 6, 30)
    assert [fold(facts, on=on) for on in (D(2023, 12, 31), FIRST, D(2024, 3, 31), D(2024, 4, 1))] == [
        Standing(7, FIRST, LAST, Phase.NOT_YET, FIRST),
        Standing(7, FIRST, LAST, Phase.IN_FORCE, FIRST),
        Standing(7, FIRST, LAST, Phase.PAUSED, D(2024, 3, 1)),
        Standing(7, FIRST, LAST, Phase.IN_FORCE, D(2024, 4, 1)),
    ]
    assert [fold(facts, on=on) for on in (D(2025, 1, 1), D(2027, 2, 2), D(2027, 7, 1))] == [
        Standing(8, FIRST, LAST, Phase.IN_FORCE, D(2024, 4, 1)),
        Standing(8, FIRST, long, Phase.IN_FORCE, D(2024, 4, 1)),
        Standing(8, FIRST, long, Phase.OVER, D(2027, 7, 1)),
    ]


def test_a_grant_by_mistake_is_no_grant() -> None:
    assert fold([GRANT, Fact(2, K.ANNULLED, FIRST, annuls=1)], on=LAST) is None
    assert fold([], on=LAST) is None
    assert fold([Fact(1, K.PAUSED, FIRST)], on=LAST) is None
    assert in_order([GRANT, Fact(2, K.ANNULLED, FIRST, annuls=1)]) == []


def after(*facts: Fact) -> str:
    """Say why the last fact cannot follow."""
    found = first_contradiction([GRANT, *facts])
    return found.reason if found else ""


def test_what_cannot_follow_what() -> None:
    day = D(2025, 5, 5)
    done = Fact(2, K.COMPLETED, D(2025, 1, 1))
    lines = {kind: Fact(3, kind, day, holder=7, ends_on=D(2028, 1, 1)) for kind in K if kind != K.ANNULLED}
    assert {kind.value: after(done, line) for kind, line in lines.items()} == {
        "granted": "granted_twice",
        "extended": "ended",
        "paused": "not_in_force",
        "resumed": "not_paused",
        "passed": "ended",
        "completed": "ended",
        "terminated": "ended",
        "restored": "",
    }
    assert {kind.value: after(line) for kind, line in lines.items()} == {
        "granted": "granted_twice",
        "extended": "",
        "paused": "",
        "resumed": "not_paused",
        "passed": "same_holder",
        "completed": "",
        "terminated": "",
        "restored": "not_ended",
    }
    late = Fact(2, K.EXTENDED, D(2027, 1, 2), ends_on=D(2028, 1, 1))
    assert [
        after(late),
        after(replace(late, on=D(2027, 1, 1))),
        after(replace(late, on=day, ends_on=LAST)),
        after(replace(late, on=day, ends_on=None)),
        after(Fact(2, K.PASSED, D(2027, 5, 5), holder=8)),
        after(Fact(2, K.PAUSED, D(2027, 5, 5))),
    ] == ["too_late", "", "not_longer", "not_longer", "", "not_in_force"]
    assert first_contradiction([Fact(2, K.PAUSED, day)]).reason == "no_grant"  # type: ignore[union-attr]  # it is found


def terms(*spans: tuple[int, int]) -> list[Term]:
    """Make three-year terms from years."""
    return [Term(D(first, 12, 22), D(last, 12, 21)) for first, last in spans]


def test_five_terms_of_three_years_are_fifteen() -> None:
    five = terms((2011, 2014), (2014, 2017), (2017, 2020), (2020, 2023), (2023, 2026))
    assert continuity(five, on=D(2026, 12, 21)) == Continuity(5, 15, D(2011, 12, 22))
    assert continuity(five, on=D(2026, 11, 22)) == Continuity(5, 14, D(2011, 12, 22))
    assert continuity(five, on=D(2011, 12, 21)) == Continuity(0, 0, None)
    assert continuity(five, on=D(2027, 1, 21)) == Continuity(5, 15, D(2011, 12, 22))
    assert continuity(five, on=D(2027, 1, 22)) == Continuity(0, 0, None)


def test_a_break_begins_the_count_anew() -> None:
    broken = terms((2011, 2014), (2015, 2018))
    assert continuity(broken, on=D(2018, 1, 1)) == Continuity(1, 2, D(2015, 12, 22))
    joined = [broken[0], replace(broken[1], goes_on=True)]
    assert continuity(joined, on=D(2018, 12, 21)) == Continuity(2, 7, D(2011, 12, 22))
    late = [broken[0], Term(D(2014, 12, 21) + GAP, D(2018, 1, 1))]
    assert continuity(late, on=D(2017, 12, 31)).terms == 2
    aside = [*broken[:1], Term(D(2012, 12, 22), D(2015, 12, 21))]
    assert continuity(aside, on=D(2015, 12, 21)) == Continuity(1, 4, D(2011, 12, 22))

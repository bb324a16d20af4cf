"""Quorum and votes."""

from decimal import Decimal

import pytest

from innoset.contests.pure.voting import Outcome, Votes, objection, outcome, quorum, tally


@pytest.mark.parametrize(
    ("seats", "share", "needed"),
    [(7, "0.5", 4), (8, "0.5", 5), (9, "0.666", 6), (1, "0.5", 1), (0, "0.5", 1), (3, "0", 1)],
)
def test_a_quorum_is_more_than_the_share(seats: int, share: str, needed: int) -> None:
    assert quorum(seats, Decimal(share)) == needed


def test_votes_that_add_up_and_agree_with_the_decision_raise_no_objection() -> None:
    assert objection(Votes(4, 1, 1), voters=6, is_grant=True) == ""
    assert objection(Votes(2, 2, 2), voters=6, is_grant=False) == ""


def test_an_objection_says_what_to_mend() -> None:
    assert objection(Votes(4, 1, 0), voters=6, is_grant=True) == (
        "Голосов должно быть 6: столько членов совета голосует по этой заявке. Указано 5."
    )
    assert objection(Votes(3, 3, 0), voters=6, is_grant=True) == (
        "Статус присваивают, когда «за» больше, чем «против». Проверьте голоса или решение."
    )
    assert objection(Votes(5, 1, 0), voters=6, is_grant=False) == (
        "«За» больше, чем «против»: по голосам статус присваивается. Проверьте голоса или решение."
    )


def test_choices_are_counted() -> None:
    assert tally(["for", "against", "abstain", "for"]) == Votes(2, 1, 1)
    assert tally([]) == Votes(0)


@pytest.mark.parametrize(
    ("votes", "is_granted", "words"),
    [
        (Votes(3, 1, 1), True, "Принято: «за» 3, «против» 1. Статус присваивают."),
        (Votes(1, 3, 1), False, "Не принято: «за» 1, «против» 3. Статус не присваивают."),
        (
            Votes(2, 2, 1),
            False,
            "Голоса разделились поровну, по 2 голоса. Статус не присваивают: «за» должно быть больше, чем «против».",
        ),
        (
            Votes(0, 0, 5),
            False,
            "Все воздержались. Статус не присваивают: «за» должно быть больше, чем «против».",
        ),
    ],
)
def test_a_ballot_says_what_it_decides(votes: Votes, is_granted: bool, words: str) -> None:
    assert outcome(votes, voters=5, share=Decimal("0.5")) == Outcome(votes, True, is_granted, words)


def test_a_ballot_with_too_few_votes_did_not_take_place() -> None:
    assert outcome(Votes(2), voters=5, share=Decimal("0.5")) == Outcome(
        Votes(2),
        is_valid=False,
        is_granted=False,
        words="Голосование не состоялось: проголосовали 2 из 5, нужно не менее 3. Проведите его ещё раз.",
    )

"""Quorum and votes."""

from decimal import Decimal

import pytest

from innoset.contests.pure.voting import Votes, objection, quorum


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

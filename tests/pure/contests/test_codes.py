"""Names of dossiers."""

from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure.codes import LETTERS, code, series


def test_examples() -> None:
    assert [series(number) for number in (1, 2, 25, 26, 27, 650, 651)] == [
        "А",
        "Б",
        "Я",
        "АА",
        "АБ",
        "ЯЯ",
        "ААА",
    ]
    assert code(1, 17) == "А-017"


@given(st.sets(st.integers(1, 10**6), max_size=50))
def test_no_two_contests_share_a_series(contests: set[int]) -> None:
    assert len({series(contest) for contest in contests}) == len(contests)
    assert all(set(series(contest)) <= set(LETTERS) for contest in contests)

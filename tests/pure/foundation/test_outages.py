"""Outages: failed looks and looks that nobody took."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation.jobs.pure.outages import Look, Outage, minutes_of, outages

START = datetime.fromisoformat("2026-12-05T14:00:00+03:00")
MINUTE = timedelta(minutes=1)


def looks(pattern: str) -> list[Look]:
    """Make a look a minute: + answered, - did not, a space is a look that nobody took."""
    return [Look(START + n * MINUTE, sign == "+") for n, sign in enumerate(pattern) if sign != " "]


def spans(found: Sequence[Outage]) -> list[tuple[int, int]]:
    """Return the outages in minutes from the start."""
    return [(int((o.starts_at - START) / MINUTE), int((o.ends_at - START) / MINUTE)) for o in found]


@pytest.mark.parametrize(
    ("pattern", "dark"),
    [
        ("++++++++++", []),
        ("++--++++++", [(2, 4)]),
        ("--++++++++", [(0, 2)]),
        ("++++++++--", [(8, 10)]),
        ("+-+-++++++", [(1, 2), (3, 4)]),
        ("+  +++++++", []),
        ("+    +++++", [(1, 5)]),
        ("++++      ", [(4, 10)]),
        ("++-   ++++", [(2, 6)]),
        ("+-    -+++", [(1, 7)]),
        ("     +++++", []),
        ("          ", []),
    ],
)
def test_outages_are_failed_looks_and_gaps(pattern: str, dark: list[tuple[int, int]]) -> None:
    found = outages(looks(pattern), since=START, until=START + 10 * MINUTE)
    assert spans(found) == dark
    assert minutes_of(found) == sum(end - start for start, end in dark)


def test_only_what_lies_between_the_moments_counts() -> None:
    found = outages(looks("----------"), since=START + 3 * MINUTE, until=START + 7 * MINUTE)
    assert (spans(found), [one.minutes for one in found]) == ([(3, 7)], [4])


def test_a_gap_that_began_before_counts_from_the_beginning_of_the_window() -> None:
    found = outages(looks("+                   +"), since=START + 10 * MINUTE, until=START + 30 * MINUTE)
    assert spans(found) == [(10, 20), (21, 30)]


@given(st.text(alphabet="+- ", max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_outages_lie_apart_in_order_within_the_window(pattern: str, a: int, b: int) -> None:
    since, until = START + min(a, b) * MINUTE, START + max(a, b) * MINUTE
    found = outages(looks(pattern), since=since, until=until)
    edges = [edge for one in found for edge in (one.starts_at, one.ends_at)]
    assert edges == sorted(set(edges))
    assert all(since <= edge <= until for edge in edges)
    assert minutes_of(found) <= (until - since) / MINUTE

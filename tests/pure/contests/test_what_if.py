"""What another rule would change."""

from decimal import Decimal

from innoset.contests.pure.standing import Rules, place
from innoset.contests.pure.what_if import Change, changes, fates
from tests.pure.contests.test_standing import candidate


def test_a_change_names_places_and_fates_by_both_rules() -> None:
    rows = [candidate(1, "90"), candidate(2, "80"), candidate(3, "70")]
    found = changes(place(rows, Rules(line=2)), place(rows, Rules(threshold=Decimal(85))))
    assert found == [
        Change("2026-0001", 1, 1, is_above=True, would_be_above=True, why_below=""),
        Change("2026-0002", 2, 2, is_above=True, would_be_above=False, why_below="ниже проходного балла"),
        Change("2026-0003", 3, 3, is_above=False, would_be_above=False, why_below="ниже проходного балла"),
    ]
    assert fates(found) == [found[1]]


def test_a_rise_is_told_by_places() -> None:
    now = place([candidate(1, "90"), candidate(2, "80")], Rules())
    other = place([candidate(1, "70"), candidate(2, "80")], Rules())
    assert [one.rise for one in changes(now, other)] == [-1, 1]

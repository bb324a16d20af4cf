"""Broken Word files by the hundred: nothing uncaught, slow or large; with the limits off the same run is."""

from collections import Counter
from random import Random

from tools.bench import fuzz
from tools.bench.mutations import mutated

IN_THE_SUITE = 500
"""Twenty times as many are read by `make bench ARGS=fuzz`."""
FEW = 160


def test_broken_files_are_read_or_refused_in_time_and_space() -> None:
    found = fuzz.measured(IN_THE_SUITE)
    assert (found["uncaught"], sum(found["outcomes"].values())) == ([], IN_THE_SUITE)
    assert set(found["outcomes"]) <= {"ok", "no_form_found", "refused"}
    assert found["outcomes"]["ok"] > IN_THE_SUITE / 10, "the copies are too broken to try the reader"
    assert found["slowest"] <= fuzz.MOST_SECONDS
    assert found["largest"] <= fuzz.MOST_MIB
    assert fuzz.is_within(found)


def test_with_the_limits_off_the_same_run_fails() -> None:
    kept, broken = fuzz.measured(FEW), fuzz.measured(FEW, is_guarded=False)
    assert fuzz.is_within(kept)
    assert not fuzz.is_within(broken)
    assert broken["largest"] > fuzz.MOST_MIB


def test_same_seed_breaks_the_same_way() -> None:
    data, _ = fuzz.originals()[0]
    first, second = ([mutated(data, Random(f"0-{place}")) for place in range(40)] for _ in range(2))  # noqa: S311 - the same seed
    assert first == second
    assert len(Counter(kind for kind, _ in first)) > 4
    assert all(broken != data for _, broken in first)

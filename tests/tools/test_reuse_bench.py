"""The bench of reuse on a small set: better than the baseline, nothing foreign, every guard needed."""

import pytest

from tools.bench.reuse import quality
from tools.bench.reuse.language import Language
from tools.bench.reuse.lexicon import FEW_PREFIXES
from tools.bench.reuse.measures import Area
from tools.bench.reuse.measures import quality as measure
from tools.bench.reuse.plans import KINDS, Set, generated


@pytest.fixture(scope="module")
def language() -> Language:
    return Language(7, FEW_PREFIXES)


@pytest.fixture(scope="module")
def small(language: Language) -> Set:
    return generated(language, "small", bank=8, suspicious=10, words=3000)


@pytest.mark.one_engine
def test_hidden_passages_are_found_better_than_by_the_baseline(small: Set) -> None:
    result = quality.measured(7, small)
    assert (result.own.precision >= 0.9, result.ratio >= 1.15) == (True, True)
    assert result.own.plagdet > 0.85
    assert set(result.by_kind) <= set(KINDS)


@pytest.mark.one_engine
def test_exact_copies_are_found_and_nothing_foreign(language: Language, small: Set) -> None:
    assert quality.copies_found(language, small, 10) == 1.0
    assert quality.foreign(language, small, 3) == 0


@pytest.mark.one_engine
def test_with_the_words_of_the_form_left_in_there_are_false_passages(small: Set) -> None:
    assert quality.without_template(small) > 0


@pytest.mark.one_engine
def test_the_same_name_makes_the_same_text(language: Language) -> None:
    assert language.text("one", 50) == Language(7, FEW_PREFIXES).text("one", 50)
    assert language.text("one", 50) != language.text("two", 50)


@pytest.mark.one_engine
def test_the_measures_are_those_of_pan() -> None:
    case = Area("d", "s", range(10), range(10))
    halves = [Area("d", "s", range(5), range(5)), Area("d", "s", range(5, 10), range(5, 10))]
    found = measure([case], halves)
    assert (found.precision, found.recall, found.granularity) == (1.0, 1.0, 2.0)
    assert round(found.plagdet, 3) == 0.631
    false = measure([case], [Area("d", "other", range(10), range(10))])
    assert (false.precision, false.recall, false.granularity, false.plagdet) == (0.0, 0.0, 1.0, 0.0)
    wide = measure([case], [Area("d", "s", range(20), range(20))])
    assert (wide.precision, wide.recall) == (0.5, 1.0)
    assert measure([case], []).plagdet == 0.0

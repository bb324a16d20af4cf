"""Two hundred and more invented passports in every layout: all fields, no words in a wrong slot."""

from functools import lru_cache

import pytest

from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.reading import Reading, read
from innoset.projects.pure.word_out import write_form
from tests.pure.projects.variants.cases import Variant, of_family, variants
from tests.pure.projects.variants.families import FAMILIES
from tests.pure.projects.variants.score import Score, by_number_alone

BAR = 0.98


@lru_cache(maxsize=len(FAMILIES))
def readings(family: str) -> tuple[tuple[Variant, Reading], ...]:
    return tuple((one, read(one.data, one.name)) for one in of_family(family))


def test_the_set_is_large_enough() -> None:
    files = list(variants())
    formats = {one.name.rpartition(".")[2] for one in files}
    assert (len(files) >= 200, formats, {one.family for one in files}) == (
        True,
        {"docx", "odt"},
        set(FAMILIES),
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_layout_is_read_whole(family: str) -> None:
    score = Score()
    for one, reading in readings(family):
        score.add(one, reading)
        assert [text for text in one.leftovers if text not in "\n".join(reading.leftovers)] == []
        assert _told(reading) == {key: _words(text) for key, text in reading.fields.items() if text}
    assert (score.faults, score.strays) == ([], [])
    assert (score.right, score.stages_right, score.dates_right) == (score.fields, score.stages, score.files)


def _told(reading: Reading) -> dict[str, str]:
    """Return the answers put together from the pieces that the screen shows."""
    told: dict[str, str] = {}
    for piece in reading.pieces:
        if piece.kind == "value" and piece.key:
            told[piece.key] = told.get(piece.key, "") + _words(piece.text)
    return told


def _words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("family", FAMILIES)
def test_written_and_read_again_it_is_the_same(family: str) -> None:
    for one, reading in readings(family):
        again = read(write_form(PASSPORT, reading.fields), "form.docx")
        assert (again.fields, again.stages, again.leftovers) == (reading.fields, reading.stages, ()), one.name


def test_matching_by_number_alone_falls_below_the_bar() -> None:
    """The control: the same files are not read by a reader that believes the printed numbers."""
    score = by_number_alone(variants())
    assert (score.recall < BAR, score.stages_right < score.stages, len(score.strays) > 0) == (
        True,
        True,
        True,
    )

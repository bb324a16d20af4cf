"""Words of a text: stems, places, disguised letters."""

import pytest

from innoset.review.pure.words import stems, words_of


def test_endings_stop_words_and_single_signs_tell_nothing() -> None:
    assert stems("Мы и наши инновационные проекты; 1) проект школы № 7, 2026 год.") == [
        *["инновацион", "проект", "проект", "школ", "2026", "год"]
    ]


def test_forms_of_a_word_are_one_stem() -> None:
    assert stems("школа школы школе школу школой") == ["школ"] * 5


def test_parts_of_a_hyphened_word_are_words() -> None:
    assert stems("научно-методический") == stems("научно методический")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ёлка", "елка"),
        ("прo\u200bект", "проект"),
        ("про\u00adект", "проект"),
        ("прое\u0301кт", "проект"),
        ("и\u0306од", "йод"),
        ("проeкт", "проект"),
        ("ПPOEКT", "проект"),
        ("м0дель", "модель"),
        ("cop", "сор"),
        ("мето-\nдика", "методика"),
        ("мето- \r\n  дика", "методика"),
    ],
)
def test_disguises_are_seen_through(written: str, plain: str) -> None:
    assert stems(written) == stems(plain)


def test_words_of_other_languages_stay() -> None:
    assert stems("Excel Moodle αγάπη 5а") == ["excel", "moodle", "αγάπη", "5а"]


def test_each_word_has_its_place_and_the_deceiving_are_told() -> None:
    text = "Наш прo\u200bект и шко\u0301ла, модeль; тео\u00adрия"
    found = words_of(text)
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == [
        *["прo\u200bект", "шко\u0301ла", "модeль", "тео\u00adрия"]
    ]
    assert found.stems == ["проект", "школ", "модел", "теор"]
    assert found.disguised == [0, 2]


def test_an_empty_text_has_no_words() -> None:
    assert stems("") == []
    assert words_of(" — ! ").stems == []

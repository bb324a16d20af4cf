"""Sentences about who changed a field, and what is shown of a change."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.projects.pure.changes import AROUND, MOST_WORDS, both, changes_between, moment, who_changed
from innoset.projects.pure.forms import Piece

NOW = datetime(2026, 11, 21, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ремель Ольга Львовна", "Поле 6 изменила Ремель О. Л. в 14:02."),
        ("Белов Иван Ильич", "Поле 6 изменил Белов И. И. в 14:02."),
        ("Ким Саша", "Поле 6 изменил другой человек (Ким С.) в 14:02."),
        ("", "Поле 6 изменил другой человек в 14:02."),
    ],
)
def test_who_changed_a_field(name: str, said: str) -> None:
    assert who_changed("6", name, is_self=False, changed_at=NOW, now=NOW) == said


def test_own_other_window_is_named() -> None:
    said = who_changed("11.2", "Белов Иван Ильич", is_self=True, changed_at=NOW, now=NOW)
    assert said == "Поле 11.2 вы изменили в другом окне в 14:02."


def test_another_day_is_named() -> None:
    assert moment(NOW, NOW + timedelta(hours=9)) == "в 14:02"
    assert moment(NOW, NOW + timedelta(hours=10)) == "21 ноября 2026 г. в 14:02"


def test_changes_show_their_neighbourhood() -> None:
    same = "слово " * 100
    found = changes_between(f"{same}старое {same}", f"{same}новое {same}")
    assert [piece.kind for piece in found] == ["same", "gone", "new", "same"]
    assert [piece.text for piece in found[1:3]] == ["старое ", "новое "]
    assert found[0].text == f" … {same[-AROUND:]}"
    assert found[3].text == f"{same[:AROUND]} … "


def test_middle_of_what_stayed_is_left_out() -> None:
    same = "слово " * 100
    first, middle, last = changes_between(f"а {same}", f"{same}я ")
    assert (first, middle, last) == (
        Piece("gone", "а "), Piece("same", f"{same[:AROUND]} … {same[-AROUND:]}"), Piece("new", "я "),
    )  # fmt: skip


def test_endless_texts_are_shown_as_they_are() -> None:
    long = "слово " * MOST_WORDS
    assert changes_between(long, "новое") == (Piece("gone", long), Piece("new", "новое"))
    assert changes_between("", long) == (Piece("new", long),)


@given(old=st.text("аб \n", max_size=60), new=st.text("аб \n", max_size=60))
def test_short_texts_lose_nothing_in_the_changes(old: str, new: str) -> None:
    found = changes_between(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "new") == old
    assert "".join(piece.text for piece in found if piece.kind != "gone") == new


@pytest.mark.parametrize(
    ("theirs", "mine", "made"),
    [("Её", "Моё", "Её\n\nМоё"), ("", "Моё", "Моё"), ("Её", "", "Её"), ("Её", "Её и моё", "Её и моё")],
)
def test_both_texts_follow_each_other(theirs: str, mine: str, made: str) -> None:
    assert both(theirs, mine) == made

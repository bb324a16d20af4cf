"""Where a piece that no field took most likely belongs."""

import pytest

from innoset.projects.pure.leftovers import likely_fields
from innoset.projects.pure.matching.tracing import Piece
from innoset.projects.pure.passport_form import PASSPORT


def leftover(text: str) -> Piece:
    return Piece(text, "leftover")


PIECES = (
    leftover("До первого поля"),
    Piece("6 Основная идея", "label", "6"),
    Piece("Идея", "value", "6"),
    leftover("После идеи"),
    Piece("Печать", "aside"),
    Piece("Новизна", "value", "9"),
    leftover("После новизны"),
    leftover("После идеи"),
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("До первого поля", "6"),
        ("После идеи", "6"),
        ("После новизны", "9"),
        ("Практическая значимость опыта\nдля школ района", "10"),
        ("Кадровые\tПять наставников", "9"),
        ("Не из этого документа", ""),
        ("Основная идея " * 20, ""),
    ],
)
def test_field_is_named_or_stands_before(text: str, key: str) -> None:
    pieces = (*PIECES, leftover(text)) if text.startswith("Кадровые") else PIECES
    assert likely_fields(PASSPORT, pieces, [text]) == [key]


def test_document_without_fields_gives_no_hint() -> None:
    assert likely_fields(PASSPORT, [leftover("Слово")], ["Слово"]) == [""]

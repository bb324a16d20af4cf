"""The words of attached files."""

import io
from typing import Any

import pytest
from pypdf import PdfWriter

from innoset.contests.pure.annexes import BROKEN, LONGEST, NO_KIND, NO_WORDS, PDF, WORD
from innoset.contests.pure.annexes_apart import words_of


def word(*lines: str) -> bytes:
    import docx  # reason: slow to load

    made = docx.Document()
    made.core_properties.author = "Птицелов П. И."
    made.sections[0].header.paragraphs[0].text = "МБОУ СОШ № 4077"
    for line in lines:
        made.add_paragraph(line)
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Этап", "Итог"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def blank_pdf() -> bytes:
    target, made = io.BytesIO(), PdfWriter()
    made.add_blank_page(100, 100)
    made.add_metadata({"/Author": "Птицелов П. И."})
    made.write(target)
    return target.getvalue()


def test_words_of_a_word_file_without_its_metadata_and_running_heads() -> None:
    told = words_of(word("Программа  проекта", "", "Наставники"), WORD[0])
    assert told == {"text": "Программа проекта\nНаставники\nЭтап Итог", "note": ""}


def test_a_long_file_is_cut() -> None:
    assert len(words_of(word("слово " * LONGEST), WORD[0])["text"]) == LONGEST


@pytest.mark.parametrize(
    ("data", "media_type", "note"),
    [
        (b"PK\x03\x04", WORD[0], BROKEN),
        (b"%PDF-1.4 broken", PDF, BROKEN),
        (blank_pdf(), PDF, NO_WORDS),
        (b"\x89PNG", "image/png", NO_KIND),
    ],
    ids=["broken word", "broken pdf", "scan", "picture"],
)
def test_why_there_are_no_words(data: Any, media_type: str, note: str) -> None:
    assert words_of(data, media_type) == {"text": "", "note": note}

"""Names of files: any is accepted, none lies."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation.files.pure.names import LONGEST, clean_name, name_with


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("Отчёт № 5 (новый) & план #2.pdf", "Отчёт № 5 (новый) & план #2.pdf"),
        (" Отчёт\x00.pdf ", "Отчёт.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Документы\\план.docx", "план.docx"),
        ("счёт\u202efdp.exe", "счётfdp.exe"),
        ("план\r\nSet-Cookie: a=b.pdf", "план Set-Cookie: a=b.pdf"),
        ("и\u0306.pdf", "й.pdf"),
        ("", "файл"),
        ("\u200b", "файл"),
        ("..", "файл"),
        (".htaccess", "htaccess"),
        ("папка/", "файл"),
        ("а" * 300 + ".pdf", "а" * 251 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, known: str) -> None:
    assert clean_name(given) == known


@given(st.text(max_size=400))
def test_a_clean_name_stays_as_it_is_and_hides_nothing(name: str) -> None:
    known = clean_name(name)
    assert clean_name(known) == known
    assert 0 < len(known) <= LONGEST
    assert {unicodedata.category(letter)[0] for letter in known} & {"C"} == set()
    assert not set(known) & set("/\\")


@pytest.mark.parametrize(
    ("ending", "name", "known"),
    [
        (".pdf", "Письмо.pdf", "Письмо.pdf"),
        (".pdf", "Письмо.PDF", "Письмо.PDF"),
        (".pdf", "счёт.pdf.exe", "счёт.pdf.exe.pdf"),
        (".pdf", "страница.html", "страница.html.pdf"),
        (".jpg", "снимок.jpeg", "снимок.jpeg"),
        (".sig", "подпись.p7s", "подпись.p7s"),
        (".sig", "подпись.html", "подпись.html.sig"),
        ("", "что-то.dat", "что-то.dat"),
    ],
)
def test_a_name_ends_as_its_kind_does(ending: str, name: str, known: str) -> None:
    assert name_with(ending, name) == known

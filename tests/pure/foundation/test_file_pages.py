"""Counting the pages of a PDF without opening it."""

import time
import zlib

import pytest

from innoset.foundation.files.pure.pages import LARGEST_STREAM, MOST_STREAMS, pages_in

TREE = b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count %d >>"


def packed(inside: bytes) -> bytes:
    body = zlib.compress(inside)
    return (
        b"%PDF-1.7\n7 0 obj << /Type /ObjStm /N 1 /Filter /FlateDecode >>\nstream\n" + body + b"\nendstream"
    )


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (b"%PDF-1.4\n1 0 obj " + TREE % 12, 12),
        (b"%PDF-1.4\n<< /Count 3 /Kids [5 0 R] /Type/Pages >>", 3),
        (b"%PDF-1.4\n" + TREE % 2 + TREE % 7 + TREE % 5, 7),
        (packed(TREE % 4), 4),
        (b"%PDF-1.7\n/ObjStm >>\nstream\nbroken" + packed(TREE % 6)[8:], 6),
        (b"%PDF-1.4\n" + TREE % 0, None),
        (b"%PDF-1.4\n" + TREE % 90000, None),
        (b"%PDF-1.4\nnothing", None),
        (b"%PDF-1.4\n<< /Type /Pages >>", None),
        (b"%PDF-1.4\n/Type /Pages /Count 3", None),
        (b"PK\x03\x04" + TREE % 2, None),
    ],
)
def test_what_the_tree_says(data: bytes, pages: int | None) -> None:
    assert pages_in(data) == pages


def test_a_bomb_is_cut_short_and_many_streams_are_not_all_read() -> None:
    bomb = packed(b" " * (LARGEST_STREAM + 1) + TREE % 2)
    began = time.monotonic()
    assert pages_in(bomb) is None
    assert pages_in(b"%PDF-1.7" + packed(b"-")[8:] * MOST_STREAMS + packed(TREE % 3)[8:]) is None
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "words", [b"/Type /Pages ", b"/Count 1 ", b"<< /Type /Pages ", b"/ObjStm ", b"/Type"]
)
def test_a_file_made_to_be_slow_is_not(words: bytes) -> None:
    began = time.monotonic()
    assert pages_in(b"%PDF-1.4" + words * 400_000) is None
    assert time.monotonic() - began < 2

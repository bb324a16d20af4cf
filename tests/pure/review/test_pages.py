"""How long a dossier is."""

import pytest

from innoset.review.pure.pages import pages_of


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [([], 1), ([0], 1), ([1800], 1), ([1801], 2), ([1000, 800], 1), ([1000, 801], 2), ([18_000], 10)],
)
def test_pages_are_counted_by_signs_and_rounded_up(lengths: list[int], pages: int) -> None:
    assert pages_of([{"text": "я" * one} for one in lengths]) == pages


def test_a_heading_without_text_takes_no_room() -> None:
    assert pages_of([{"label": "1. О проекте", "is_group": True}]) == 1

"""Every layout gives every field, stage, date and leftover."""

import pytest

from innoset.projects.pure.reading import Outcome, read
from tests.pure.projects import markup_layouts
from tests.pure.projects.layouts import LAYOUTS, STAGES

assert markup_layouts  # its layouts register themselves when imported


def squeezed(text: str) -> str:
    """Return a text with one kind of space, to look for it in another."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_read_whole(name: str) -> None:
    sample = LAYOUTS[name]()
    reading = read(sample.data, f"{name}.docx")
    assert (reading.outcome, reading.reason) == (Outcome.OK, None)
    assert reading.fields == sample.expected()
    assert [
        (one.name, one.period, one.tasks, one.result, one.start and str(one.start), one.end and str(one.end))
        for one in reading.stages
    ] == _stages(sample.stages, sample.changed)
    assert (reading.signed_on and reading.signed_on.isoformat()) == sample.signed_on
    left = squeezed("\n".join(reading.leftovers))
    assert [text for text in sample.leftovers if squeezed(text) not in left] == []


def _stages(count: int, changed: dict[str, str]) -> list[tuple[str | None, ...]]:
    return [
        (one[0], one[1], changed.get(f"11.{place}.2", one[2]), one[3], one[4], one[5])
        for place, one in enumerate(STAGES[:count], 1)
    ]

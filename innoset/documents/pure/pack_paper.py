"""The texts that an expert takes along for work without a network: each work on pages of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from innoset.documents.pure import official
from innoset.documents.pure.application_paper import Row
from innoset.documents.pure.blocks import Block, Column, Grid, Heading, Line, PageBreak, Paper, Small

_COLUMNS = (Column("№", 5, "center"), Column("Раздел", 17), Column("Содержание", 38))


@dataclass(frozen=True)
class PackedWork:
    """A work as its expert may read it."""

    code: str
    title: str
    group: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class PackPaper:
    """All works that one expert has in a round."""

    round: str
    works: Sequence[PackedWork]


def pdf(pack: PackPaper, *, at: datetime) -> bytes:
    """Print the texts."""
    return official.pdf(paper(pack), at=at)


def paper(pack: PackPaper) -> Paper:
    """Compose the texts of blocks."""
    return Paper(f"Тексты для работы без сети. {pack.round}", tuple(_blocks(pack)))


def _blocks(pack: PackPaper) -> Iterator[Block]:
    for place, work in enumerate(pack.works):
        if place:
            yield PageBreak()
        yield Heading(work.code, level=1)
        yield Line(work.title, align="center", is_bold=True)
        yield Line(" · ".join(filter(None, (pack.round, work.group))), align="center")
        yield Grid(_COLUMNS, tuple(_cells(row) for row in work.rows))
    yield Small("Только для эксперта. Не передавайте этот файл и не оставляйте его на чужом компьютере.")


def _cells(row: Row) -> tuple[str, ...]:
    if row.is_group:
        return (" ".join(filter(None, (row.number, row.label))),)
    return row.number, row.label, row.text.strip() or "Не заполнено"

"""A roadmap of a project, or the yearly plan of a centre, as a paper on its side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from innoset.documents.pure import official, typesetting
from innoset.documents.pure.blocks import (
    Block,
    Column,
    Corner,
    Grid,
    Heading,
    Letterhead,
    Line,
    PageBreak,
    Paper,
    Signature,
    Small,
)
from innoset.foundation.russian import date_in_words, signature

MEASURES = (
    Column("№", 4, "center"),
    Column("Мероприятие", 28),
    Column("Срок", 13),
    Column("Ответственный", 17),
    Column("Ожидаемый результат", 23),
    Column("Выполнение", 15),
)
NUMBERS = (
    Column("№", 4, "center"),
    Column("Содержание", 32),
    Column("Срок", 13),
    Column("Ответственный", 18),
    Column("Единица", 11),
    Column("План", 7, "right"),
    Column("Факт", 7, "right"),
    Column("Доля", 8, "right"),
)


@dataclass(frozen=True)
class Part:
    """A stage or a section: its name and its rows, as many cells as there are columns."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class RoadmapPaper:
    """Everything that the paper says; a plan counts plan and fact, a roadmap measures."""

    organisation: tuple[str, ...]
    subject: str
    parts: tuple[Part, ...]
    printed_on: date
    is_plan: bool = False
    # «УТВЕРЖДЕНО», who and when; empty for what nobody has approved.
    approval: tuple[str, ...] = ()
    head: str = ""
    head_post: str = "Руководитель"


def pdf(roadmap: RoadmapPaper, *, at: datetime) -> bytes:
    """Print the roadmap."""
    return official.pdf(paper(roadmap), at=at)


def docx(roadmap: RoadmapPaper, *, at: datetime) -> bytes:
    """Write the roadmap as a Word document."""
    return official.docx(paper(roadmap), at=at)


def sheet(roadmap: RoadmapPaper) -> typesetting.Sheet:
    """Lay the roadmap out for a preview."""
    return official.sheet(paper(roadmap))


def paper(roadmap: RoadmapPaper) -> Paper:
    """Compose the roadmap of blocks."""
    return Paper(
        title=f"{_kind(roadmap)}: {roadmap.subject}",
        blocks=tuple(_blocks(roadmap)),
        mark="" if roadmap.approval else "ПРОЕКТ",
    )


def _kind(roadmap: RoadmapPaper) -> str:
    return "План работы" if roadmap.is_plan else "Дорожная карта"


def _blocks(roadmap: RoadmapPaper) -> Iterator[Block]:
    yield PageBreak(is_wide=True)
    yield Letterhead(roadmap.organisation)
    if roadmap.approval:
        yield Corner(roadmap.approval)
    yield Heading(_kind(roadmap).upper(), level=1)
    yield Line(roadmap.subject, align="center")
    yield Grid(NUMBERS if roadmap.is_plan else MEASURES, tuple(_rows(roadmap)))
    if roadmap.head:
        yield Signature(roadmap.head_post, signature(roadmap.head))
    yield Small(f"По данным на {date_in_words(roadmap.printed_on)}")


def _rows(roadmap: RoadmapPaper) -> Iterator[tuple[str, ...]]:
    for part in roadmap.parts:
        if part.title:
            yield (part.title,)
        yield from part.rows

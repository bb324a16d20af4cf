"""A yearly report on paper: numbered answers, the tasks of the year, the figures and what they count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from innoset.documents.pure import official
from innoset.documents.pure.blocks import (
    Block,
    Column,
    Edges,
    Fact,
    Facts,
    Grid,
    Heading,
    Line,
    Paper,
    Prose,
    Signature,
    Small,
)
from innoset.documents.pure.characters import in_fours
from innoset.foundation.russian import date_in_digits, date_in_words, moment_in_words, signature, thousands


@dataclass(frozen=True)
class Answer:
    """One numbered item; a short one stands in the table, a long one has paragraphs of its own."""

    number: str
    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """A part of the report; `is_table` for requisites, else each item is told in full."""

    title: str
    answers: tuple[Answer, ...]
    is_table: bool


@dataclass(frozen=True)
class TaskLine:
    """A task, what came of it, and why."""

    text: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True)
class FigureLine:
    """A figure and how many records it counts."""

    title: str
    value: int
    rows: int


@dataclass(frozen=True)
class ReportPaper:
    """The printed report; a draft has no version and no digest, and says that it is one."""

    heading: str
    organisation: str
    starts_on: date
    ends_on: date
    parts: tuple[Part, ...]
    tasks: tuple[TaskLine, ...] = ()
    planned: tuple[str, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    number: str = ""
    version: int = 0
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    post: str = ""
    signatory: str = ""
    digest: str = ""
    mark: str = ""


def pdf(report: ReportPaper, *, at: datetime) -> bytes:
    """Print the report."""
    return official.pdf(paper(report), at=at)


def docx(report: ReportPaper, *, at: datetime) -> bytes:
    """Write the report as a Word document."""
    return official.docx(paper(report), at=at)


def paper(report: ReportPaper) -> Paper:
    """Compose the report of blocks."""
    about = " ".join(filter(None, (report.heading, report.number and f"№ {report.number}")))
    return Paper(about, tuple(_blocks(report)), mark=report.mark)


def _blocks(report: ReportPaper) -> Iterator[Block]:
    yield Heading(report.heading, level=1)
    yield Line(report.organisation, align="center", is_bold=True)
    term = f"за период с {date_in_digits(report.starts_on)} по {date_in_digits(report.ends_on)}"
    yield Line(term, align="center")
    for part in report.parts:
        yield from _part(part)
    yield from _tasks(report)
    yield from _figures(report)
    yield Edges(date_in_words(report.sent_at.date()) if report.sent_at else "«____» __________ 20___ г.", "")
    yield Signature(report.post or "Руководитель", signature(report.signatory), seal=True)
    yield from _foot(report)


def _part(part: Part) -> Iterator[Block]:
    yield Heading(part.title)
    if part.is_table:
        columns = (Column("№", 5, "center"), Column("Раздел", 17), Column("Содержание", 38))
        yield Grid(columns, tuple((one.number, one.label, _text(one)) for one in part.answers))
        return
    for one in part.answers:
        yield Line(f"{one.number}. {one.label}", is_bold=True)
        for line in _text(one).splitlines():
            if line.strip():
                yield Prose(line.strip())


def _text(one: Answer) -> str:
    return one.text.strip() or "Не заполнено"


def _tasks(report: ReportPaper) -> Iterator[Block]:
    if report.tasks:
        yield Heading("Задачи отчётного года")
        columns = (Column("Задача", 26), Column("Что стало", 12), Column("Пояснение", 22))
        yield Grid(columns, tuple((one.text, one.state, one.note) for one in report.tasks))
    if report.planned:
        yield Heading("Задачи на следующий год")
        yield Grid((Column("№", 5, "center"), Column("Задача", 55)), tuple(_numbered(report.planned)))


def _numbered(lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines, start=1):
        yield str(place), line


def _figures(report: ReportPaper) -> Iterator[Block]:
    if not report.figures:
        return
    yield Heading("Показатели года, как их посчитал сайт")
    columns = (Column("Показатель", 36), Column("Значение", 12, "right"), Column("Записей", 12, "right"))
    rows = ((one.title, thousands(one.value), thousands(one.rows)) for one in report.figures)
    yield Grid(columns, tuple(rows))


def _foot(report: ReportPaper) -> Iterator[Block]:
    facts = [Fact("Номер отчёта", report.number)]
    if report.sent_at:
        sent = moment_in_words(report.sent_at)
        facts.append(Fact("Сдан", f"{sent}, версия {report.version}"))
    if report.accepted_at:
        facts.append(Fact("Принят", moment_in_words(report.accepted_at)))
    if report.number:
        yield Facts(tuple(facts))
    if report.digest:
        yield Small(f"Контрольная сумма версии (SHA-256): {' '.join(in_fours(report.digest))}")

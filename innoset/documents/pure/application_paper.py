"""An application as it was filled in: numbered rows of labels and answers, guarantees, a signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from innoset.documents.pure import official, typesetting
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
    Point,
    Signature,
    Small,
)
from innoset.documents.pure.characters import in_fours
from innoset.foundation.russian import date_in_words, moment_in_words, quoted, signature


@dataclass(frozen=True)
class Row:
    """One row of the form; a group row only heads the rows that follow."""

    number: str
    label: str
    text: str = ""
    is_group: bool = False


@dataclass(frozen=True)
class ApplicationPaper:
    """The printed application; without a signatory (a blind copy) the signature is left out."""

    heading: str
    rows: tuple[Row, ...]
    title: str = ""
    number: str = ""
    contest: str = ""
    nomination: str = ""
    organisation: str = ""
    sent_at: datetime | None = None
    version: int = 0
    guarantees: tuple[str, ...] = ()
    guarantees_heading: str = "Представляя документы, гарантируем, что авторы проекта:"
    post: str = ""
    signatory: str = ""
    signed_on: date | None = None
    digest: str = ""
    digest_title: str = "Контрольная сумма отправленной версии (SHA-256)"
    # Each file with its checksum, where the paper is to stand for the whole application.
    files: tuple[str, ...] = ()
    # Who confirmed the application, how and when.
    confirmed: str = ""
    mark: str = ""


def pdf(application: ApplicationPaper, *, at: datetime) -> bytes:
    """Print the application."""
    return official.pdf(paper(application), at=at)


def sheet(application: ApplicationPaper) -> typesetting.Sheet:
    """Lay the application out for a preview."""
    return official.sheet(paper(application))


def paper(application: ApplicationPaper) -> Paper:
    """Compose the application of blocks."""
    about = " ".join(filter(None, (application.heading, application.number and f"№ {application.number}")))
    return Paper(about, tuple(_blocks(application)), mark=application.mark)


def _blocks(application: ApplicationPaper) -> Iterator[Block]:
    yield Heading(application.heading, level=1)
    if application.title:
        yield Line(quoted(application.title), align="center", is_bold=True)
    facts = tuple(fact for fact in _facts(application) if fact.text)
    if facts:
        yield Facts(facts)
    yield Grid(_COLUMNS, tuple(_cells(row) for row in application.rows))
    if application.guarantees:
        yield Line(application.guarantees_heading, is_bold=True)
        yield from (Point("–", words) for words in application.guarantees)
    if application.files:
        yield Line("Приложены файлы (с контрольными суммами SHA-256):", is_bold=True)
        yield from (Point("–", words) for words in application.files)
    yield from _signed(application)
    if application.confirmed:
        yield Small(f"Подтверждение руководителя: {application.confirmed}")
    if application.digest:
        yield Small(f"{application.digest_title}: {' '.join(in_fours(application.digest))}")


def _facts(application: ApplicationPaper) -> Iterator[Fact]:
    yield Fact("Номер заявки", application.number)
    yield Fact("Конкурс", application.contest)
    yield Fact("Номинация", application.nomination)
    yield Fact("Организация", application.organisation)
    sent = moment_in_words(application.sent_at, seconds=True) if application.sent_at else ""
    yield Fact(
        "Отправлена", f"{sent}, версия {application.version}" if sent and application.version else sent
    )


_COLUMNS = (Column("№", 5, "center"), Column("Раздел", 17), Column("Содержание", 38))


def _cells(row: Row) -> tuple[str, ...]:
    if row.is_group:
        return (" ".join(filter(None, (row.number, row.label))),)
    return row.number, row.label, row.text.strip() or "Не заполнено"


def _signed(application: ApplicationPaper) -> Iterator[Block]:
    if not (application.post or application.signatory):
        return
    yield Edges(
        date_in_words(application.signed_on) if application.signed_on else "«____» ______________ 20___ г.",
        "",
    )
    yield Signature(application.post, signature(application.signatory), seal=True)

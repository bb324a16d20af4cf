"""The order (приказ) on the results of a contest, with the awarded and the others as appendices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from innoset.documents.pure import official, typesetting
from innoset.documents.pure.blocks import (
    Block,
    Column,
    Corner,
    Edges,
    Grid,
    Heading,
    Letterhead,
    Line,
    PageBreak,
    Paper,
    Point,
    Prose,
    Signature,
    Small,
)
from innoset.foundation.russian import date_in_words, quoted, signature


@dataclass(frozen=True)
class Awarded:
    """An organisation that receives a status; `term` is words: «с … по …»."""

    organisation: str
    theme: str
    status: str
    term: str
    municipality: str = ""
    nomination: str = ""


@dataclass(frozen=True)
class Declined:
    """An organisation that takes part and receives no status."""

    organisation: str
    theme: str
    reason: str = ""
    municipality: str = ""
    nomination: str = ""


@dataclass(frozen=True)
class Order:
    """Everything that the order says.

    `contest` is the bare name, `kind` its noun in the genitive («конкурса»), `council`
    is in the genitive too. `grounds` continues «В соответствии с …» in the words of the
    caller; `acts` are cited after «на основании», in the genitive. Without `signed_on` and `number` the order is a draft with blanks. Without
    `control` (whom, in the accusative, with the post) the signatory keeps the control.
    """

    issuer: tuple[str, ...]
    place: str
    contest: str
    grounds: str
    minutes_number: str
    minutes_on: date
    post: str
    signatory: str
    awarded: tuple[Awarded, ...]
    declined: tuple[Declined, ...] = ()
    kind: str = "конкурса"
    council: str = "координационного совета"
    points: tuple[str, ...] = ()
    control: str = ""
    number: str = ""
    signed_on: date | None = None
    executor: str = ""
    acts: tuple[str, ...] = ()


def pdf(order: Order, *, at: datetime) -> bytes:
    """Print the order."""
    return official.pdf(paper(order), at=at)


def docx(order: Order, *, at: datetime) -> bytes:
    """Write the order as a Word document."""
    return official.docx(paper(order), at=at)


def sheet(order: Order) -> typesetting.Sheet:
    """Lay the order out for a preview."""
    return official.sheet(paper(order))


def paper(order: Order) -> Paper:
    """Compose the order of blocks; without a number or a date it is marked as a draft."""
    is_draft = not (order.number and order.signed_on)
    return Paper(
        title=f"{'Проект приказа' if is_draft else 'Приказ'} {quoted(_title(order))}",
        blocks=tuple(_blocks(order)),
        mark="ПРОЕКТ" if is_draft else "",
    )


def _title(order: Order) -> str:
    return f"Об итогах {order.kind} {quoted(order.contest)}"


def _dated(order: Order) -> str:
    return date_in_words(order.signed_on) if order.signed_on else "«____» ______________ 20___ г."


def _blocks(order: Order) -> Iterator[Block]:
    yield Letterhead(order.issuer)
    yield Heading("ПРИКАЗ", level=1)
    yield Edges(_dated(order), f"№ {order.number or '________'}")
    yield Line(order.place, align="center")
    yield Line(_title(order), align="center", is_bold=True)
    yield Prose(_preamble(order))
    yield from (Point(f"{place}.", words) for place, words in enumerate(_points(order), 1))
    yield Signature(order.post, signature(order.signatory))
    if order.executor:
        yield Small(order.executor)
    for place, (heading, grid) in enumerate(_appendices(order), 1):
        yield PageBreak(is_wide=True)
        yield Corner(
            (_mark(order, place), "УТВЕРЖДЕНО", f"приказом от {_dated(order)} № {order.number or '________'}")
        )
        yield Heading(heading)
        yield grid
        yield Signature(order.post, signature(order.signatory))


def _mark(order: Order, place: int) -> str:
    return f"Приложение {place}" if order.awarded and order.declined else "Приложение"


def _preamble(order: Order) -> str:
    minutes = f"протокол от {date_in_words(order.minutes_on)} № {order.minutes_number}"
    basis = ", ".join((*order.acts, f"решения {order.council} ({minutes})"))
    return f"{order.grounds.rstrip(' ,.;')}, на основании {basis} приказываю:"


def _points(order: Order) -> Iterator[str]:
    yield f"Утвердить итоги {order.kind} {quoted(order.contest)} (далее – конкурс)."
    if order.awarded:
        yield f"Признать победителями конкурса и присвоить статус организациям согласно {_where(order, 1)}."
    if order.declined:
        place = 2 if order.awarded else 1
        yield f"Не присваивать статус организациям, перечисленным в {_where(order, place, 'приложении')}."
    yield from order.points
    yield (
        f"Контроль за исполнением настоящего приказа возложить на {order.control.rstrip('.')}."
        if order.control
        else "Контроль за исполнением настоящего приказа оставляю за собой."
    )
    yield "Приказ вступает в силу со дня его подписания."


def _where(order: Order, place: int, noun: str = "приложению") -> str:
    return (
        f"{noun} {place} к настоящему приказу"
        if order.awarded and order.declined
        else f"{noun} к настоящему приказу"
    )


def _appendices(order: Order) -> Iterator[tuple[str, Grid]]:
    if order.awarded:
        yield "Победители конкурса, которым присвоен статус", _awarded(order.awarded)
    if order.declined:
        yield "Участники конкурса, которым статус не присвоен", _declined(order.declined)


def _awarded(rows: tuple[Awarded, ...]) -> Grid:
    columns = (
        Column("№", 4, "center"),
        Column("Организация", 30),
        Column("Тема проекта", 34),
        Column("Статус", 18),
        Column("Срок действия", 14),
    )
    return Grid(
        columns,
        tuple(
            (str(place), _located(row), _themed(row), row.status, row.term)
            for place, row in enumerate(rows, 1)
        ),
    )


def _declined(rows: tuple[Declined, ...]) -> Grid:
    columns = (
        Column("№", 4, "center"),
        Column("Организация", 30),
        Column("Тема проекта", 34),
        Column("Причина", 32),
    )
    return Grid(
        columns,
        tuple(
            (str(place), _located(row), _themed(row), row.reason or "–") for place, row in enumerate(rows, 1)
        ),
    )


def _located(row: Awarded | Declined) -> str:
    return "\n".join(filter(None, (row.organisation, row.municipality)))


def _themed(row: Awarded | Declined) -> str:
    return "\n".join(filter(None, (row.theme, row.nomination and f"Номинация {quoted(row.nomination)}")))

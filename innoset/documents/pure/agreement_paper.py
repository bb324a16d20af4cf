"""The text of an agreement on network interaction, ready to be signed by both sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from innoset.documents.pure import official, typesetting
from innoset.documents.pure.blocks import (
    Block,
    Edges,
    Fact,
    Facts,
    Heading,
    Line,
    Paper,
    Point,
    Prose,
    Signature,
)
from innoset.foundation.russian import date_in_words, signature

BLANK_NUMBER = "№ ________"
BLANK_DATE = "«___» ____________ 20___ г."
_OURS = (
    "Сторона 1 сопровождает инновационные площадки территории, проводит для них методические "
    "мероприятия и экспертизу, открывает доступ к материалам сети."
)
_THEIRS = (
    "Сторона 2 называет ответственного за работу в сети, организует участие площадок территории "
    "в мероприятиях и конкурсах, передаёт сведения о результатах их работы."
)
_TOGETHER = "Стороны вместе проводят мероприятия сети и распространяют лучший опыт."
_DATA = "Каждая сторона защищает персональные данные, которые получила от другой, и не передаёт их дальше."


@dataclass(frozen=True)
class Party:
    """A side of the agreement: its full name, who signs for it, how it is reached."""

    name: str
    post: str = ""
    head: str = ""
    inn: str = ""
    ogrn: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True)
class Agreement:
    """Everything that the agreement says; without number and date it is a text with blanks.

    `kind` is «Соглашение» or «Договор»; `renews` names the agreement that this one goes on from.
    """

    kind: str
    place: str
    ours: Party
    partner: Party
    municipality: str
    subject: str = ""
    number: str = ""
    signed_on: date | None = None
    ends_on: date | None = None
    renews: str = ""


def pdf(agreement: Agreement, *, at: datetime) -> bytes:
    """Print the agreement."""
    return official.pdf(paper(agreement), at=at)


def docx(agreement: Agreement, *, at: datetime) -> bytes:
    """Write the agreement as a Word document."""
    return official.docx(paper(agreement), at=at)


def sheet(agreement: Agreement) -> typesetting.Sheet:
    """Lay the agreement out for a preview."""
    return official.sheet(paper(agreement))


def paper(agreement: Agreement) -> Paper:
    """Compose the agreement."""
    number = f"№ {agreement.number}" if agreement.number else ""
    title = f"{agreement.kind} о сетевом взаимодействии {number}".strip()
    return Paper(title, tuple(_blocks(agreement)))


def _blocks(one: Agreement) -> Iterator[Block]:
    yield Heading(one.kind.upper(), 1)
    yield Line("о сетевом взаимодействии", "center", is_bold=True)
    yield Line(f"№ {one.number}" if one.number else BLANK_NUMBER, "center")
    yield Edges(one.place, date_in_words(one.signed_on) if one.signed_on else BLANK_DATE)
    yield Facts((Fact("Сторона 1", _named(one.ours)), Fact("Сторона 2", _named(one.partner))))
    yield Prose(f"Стороны заключили {_this(one)} о следующем.")
    for chapter, (heading, points) in enumerate(_chapters(one), 1):
        yield Heading(f"{chapter}. {heading}")
        for place, text in enumerate(points, 1):
            yield Point(f"{chapter}.{place}.", text)
    yield Heading("Реквизиты и подписи сторон")
    for name, party in (("Сторона 1", one.ours), ("Сторона 2", one.partner)):
        yield Line(name, is_bold=True)
        yield Facts(tuple(_requisites(party)))
        yield Signature(party.post or "Руководитель", signature(party.head) if party.head else "", seal=True)


def _chapters(one: Agreement) -> Iterator[tuple[str, tuple[str, ...]]]:
    subject = one.subject.strip().rstrip(".") or "развитие инновационной деятельности в образовании"
    yield (
        "Предмет",
        (
            f"Стороны взаимодействуют в инновационной методической сети. Территория: {one.municipality}.",
            f"Направление совместной работы: {subject}.",
            *((f"Стороны продолжают работу по документу: {one.renews}.",) if one.renews else ()),
        ),
    )
    yield "Что делают стороны", (_OURS, _THEIRS, _TOGETHER, _DATA)
    yield "Срок", tuple(_term(one))
    yield (
        "Изменение и расторжение",
        (
            "Изменения вносят по согласию сторон в письменной форме.",
            f"Каждая сторона вправе отказаться от {_of_this(one)}, письменно предупредив другую за 30 дней.",
            "Взаимных денежных обязательств у сторон не возникает.",
            "Документ составлен в двух экземплярах, по одному для каждой стороны.",
        ),
    )


def _term(one: Agreement) -> Iterator[str]:
    begins = f"{one.kind} вступает в силу со дня подписания"
    if one.ends_on:
        yield f"{begins} и действует по {date_in_words(one.ends_on)} включительно."
        yield "До конца срока стороны решают, продолжать ли работу, и готовят новый документ."
    else:
        yield f"{begins} и действует бессрочно."


def _this(one: Agreement) -> str:
    return "настоящий договор" if one.kind == "Договор" else "настоящее соглашение"


def _of_this(one: Agreement) -> str:
    return "договора" if one.kind == "Договор" else "соглашения"


def _named(party: Party) -> str:
    who = ", ".join(part for part in (party.post.lower(), party.head) if part)
    return f"{party.name}. От его имени действует: {who}." if who else f"{party.name}."


def _requisites(party: Party) -> Iterator[Fact]:
    yield Fact("Наименование", party.name)
    rows = (("Адрес", party.address), ("ИНН", party.inn), ("ОГРН", party.ogrn))
    yield from (Fact(label, text) for label, text in rows if text)
    if party.email:
        yield Fact("Электронная почта", party.email)

"""Official letters to an applicant: the outcome of the technical check, the result of the contest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

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
    Paper,
    Point,
    Prose,
    Signature,
    Small,
)
from innoset.foundation.russian import (
    by_gender,
    date_in_words,
    decimal,
    in_dative,
    initials,
    moment_in_words,
    name_of,
    quoted,
    signature,
)


class Outcome(Enum):
    """The four outcomes of the technical check."""

    CONFORMS = "conforms"
    MINOR = "minor"
    MEND = "mend"
    REFUSED = "refused"


@dataclass(frozen=True)
class Addressee:
    """To whom: the full name in the nominative, the post in the dative («Директору»)."""

    organisation: str
    name: str = ""
    post: str = "Руководителю"
    name_dative: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around the text of every letter."""

    sender: tuple[str, ...]
    to: Addressee
    post: str
    signatory: str
    written_on: date
    number: str = ""
    executor: str = ""


@dataclass(frozen=True)
class Subject:
    """The application that the letter is about."""

    number: str
    title: str
    contest: str
    nomination: str = ""


@dataclass(frozen=True)
class Check:
    """One line of the checklist: the requirement, whether it is met, what exactly is wrong."""

    requirement: str
    is_met: bool
    remark: str = ""


@dataclass(frozen=True)
class TechnicalLetter:
    """The outcome of the technical check; `mend_until` is needed only when the application is to be mended."""

    frame: Frame
    subject: Subject
    outcome: Outcome
    checks: tuple[Check, ...] = ()
    mend_until: datetime | None = None
    comment: str = ""


@dataclass(frozen=True)
class Remarks:
    """What the experts say of one criterion, without their names."""

    criterion: str
    maximum: float
    mean: float
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grant:
    """The status granted: its name, term in words, the requisites of the order."""

    status: str
    term: str
    order_number: str
    order_on: date
    issuer: str = ""


@dataclass(frozen=True)
class ResultLetter:
    """The result of the contest for one application; without a grant `reason` says why."""

    frame: Frame
    subject: Subject
    remarks: tuple[Remarks, ...]
    grant: Grant | None = None
    reason: str = ""
    mean: float | None = None
    maximum: float | None = None
    general: tuple[str, ...] = ()
    appeal_until: datetime | None = None


Letter = TechnicalLetter | ResultLetter


def pdf(letter: Letter, *, at: datetime) -> bytes:
    """Print the letter."""
    return official.pdf(paper(letter), at=at)


def docx(letter: Letter, *, at: datetime) -> bytes:
    """Write the letter as a Word document."""
    return official.docx(paper(letter), at=at)


def text(letter: Letter) -> str:
    """Say the letter in plain text, for e-mail."""
    return official.text(paper(letter))


def sheet(letter: Letter) -> typesetting.Sheet:
    """Lay the letter out for a preview."""
    return official.sheet(paper(letter))


def paper(letter: Letter) -> Paper:
    """Compose the letter of blocks."""
    is_technical = isinstance(letter, TechnicalLetter)
    about = "О результатах технической экспертизы" if is_technical else "Об итогах конкурса"
    title = f"{about}: заявка № {letter.subject.number}"
    body = _technical(letter) if isinstance(letter, TechnicalLetter) else _result(letter)
    return Paper(title, (*_opening(letter.frame, title), *body, *_closing(letter.frame)))


def _opening(frame: Frame, title: str) -> Iterator[Block]:
    yield Letterhead(frame.sender)
    yield Edges(f"{date_in_words(frame.written_on)}{f' № {frame.number}' if frame.number else ''}", "")
    to = frame.to
    name = initials(in_dative(to.name, override=to.name_dative)) if to.name or to.name_dative else ""
    yield Corner(tuple(filter(None, (to.post, to.organisation, name))))
    yield Line(title, is_bold=True)
    yield Line(_greeting(to.name), align="center")


def _greeting(name: str) -> str:
    polite = by_gender(name, "Уважаемый", "Уважаемая", "")
    _, first, middle = name_of(name)
    return f"{polite} {first} {middle}!" if polite and middle and "." not in first else "Уважаемые коллеги!"


def _closing(frame: Frame) -> Iterator[Block]:
    yield Signature(frame.post, signature(frame.signatory))
    if frame.executor:
        yield Small(frame.executor)


def _named(subject: Subject) -> str:
    nomination = f" в номинации {quoted(subject.nomination)}" if subject.nomination else ""
    return f"заявка № {subject.number} {quoted(subject.title)}, поданная на конкурс {quoted(subject.contest)}{nomination},"


_FOUND = {
    Outcome.CONFORMS: "соответствует требованиям положения о конкурсе. Заявка допущена к экспертизе.",
    Outcome.MINOR: (
        "проверена. Найдены недочёты, которые не препятствуют допуску. Заявка допущена к экспертизе."
    ),
    Outcome.MEND: "проверена и возвращена на доработку: найдены недочёты, которые нужно исправить.",
    Outcome.REFUSED: "проверена и не допущена к участию в конкурсе.",
}


def _technical(letter: TechnicalLetter) -> Iterator[Block]:
    yield Prose(f"Сообщаем, что {_named(letter.subject)} {_FOUND[letter.outcome]}")
    if letter.outcome is Outcome.MEND and letter.mend_until:
        yield Prose(
            f"Исправьте недочёты и отправьте заявку снова не позднее {moment_in_words(letter.mend_until)}. "
            "Если заявка не будет исправлена в срок, она не будет допущена к конкурсу."
        )
    if letter.comment:
        yield Prose(letter.comment)
    if letter.checks:
        yield Prose("Результаты проверки приведены в таблице.")
        yield Grid(
            _CHECK_COLUMNS, tuple(_checked(place, check) for place, check in enumerate(letter.checks, 1))
        )


_CHECK_COLUMNS = (
    Column("№", 2, "center"),
    Column("Требование", 15),
    Column("Результат", 7, "center"),
    Column("Замечание", 14),
)


def _checked(place: int, check: Check) -> tuple[str, ...]:
    return str(place), check.requirement, "выполнено" if check.is_met else "не выполнено", check.remark


def _result(letter: ResultLetter) -> Iterator[Block]:
    yield Prose(f"Сообщаем, что {_named(letter.subject)} рассмотрена экспертами и координационным советом.")
    yield Prose(_granted(letter.grant) if letter.grant else _declined(letter.reason))
    if letter.mean is not None:
        of = f" из {decimal(letter.maximum, 0)} возможных" if letter.maximum is not None else ""
        yield Prose(f"Средний балл заявки: {decimal(letter.mean)}{of}.")
    yield from _remarks(letter)
    if letter.appeal_until:
        yield Prose(f"Апелляцию можно подать до {moment_in_words(letter.appeal_until)}.")


def _granted(grant: Grant) -> str:
    issuer = f" {grant.issuer}" if grant.issuer else ""
    order = f"приказ{issuer} от {date_in_words(grant.order_on)} № {grant.order_number}"
    return f"По итогам конкурса организации присвоен статус {quoted(grant.status)} на срок {grant.term} ({order}). Поздравляем!"


def _declined(reason: str) -> str:
    return f"По итогам конкурса статус не присвоен.{f' Причина: {reason}' if reason else ''}"


def _remarks(letter: ResultLetter) -> Iterator[Block]:
    if letter.remarks:
        yield Heading("Оценки по критериям")
        yield Grid(
            (
                Column("Критерий", 10),
                Column("Наибольший балл", 3, "center"),
                Column("Средний балл", 3, "center"),
            ),
            tuple((one.criterion, decimal(one.maximum, 0), decimal(one.mean)) for one in letter.remarks),
        )
    commented = [one for one in letter.remarks if one.texts]
    if commented or letter.general:
        yield Heading("Комментарии экспертов")
    for one in commented:
        yield Prose("", lead=f"{one.criterion}.")
        yield from (Point("–", words) for words in one.texts)
    if letter.general:
        yield Prose("", lead="Общие замечания и предложения.")
        yield from (Point("–", words) for words in letter.general)

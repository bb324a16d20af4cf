"""The minutes of an open defence: who judged, who spoke and when, the marks, the means, who stood aside."""

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
    Letterhead,
    Line,
    PageBreak,
    Paper,
    Point,
    Prose,
    Signature,
    Small,
)
from innoset.documents.pure.characters import in_fours
from innoset.foundation.russian import counted, date_in_words, decimal, joined, quoted


@dataclass(frozen=True)
class Heard:
    """One work: its times in Moscow, the marks by juror, their mean, who took no part, whose mark is missing."""

    application: str
    organisation: str
    theme: str
    planned: str
    began: str
    ended: str
    marks: tuple[tuple[str, float], ...]
    mean: float | None
    aside: tuple[tuple[str, str], ...] = ()
    missing: int = 0
    was_held: bool = True


@dataclass(frozen=True)
class DefenceMinutes:
    """Everything that the minutes say."""

    organiser: tuple[str, ...]
    contest: str
    held_on: date
    place: str
    experts: tuple[str, ...]
    observers: tuple[str, ...]
    criteria: tuple[tuple[str, str], ...]
    maximum: float
    heard: tuple[Heard, ...]
    are_named: bool = False
    checksum: str = ""
    own: tuple["OwnCriteria", ...] = ()


@dataclass(frozen=True)
class OwnCriteria:
    """The criteria of one nomination, where they differ from the common ones."""

    nomination: str
    criteria: tuple[tuple[str, str], ...]
    maximum: float


def pdf(minutes: DefenceMinutes, *, at: datetime) -> bytes:
    """Print the minutes."""
    return official.pdf(paper(minutes), at=at)


def docx(minutes: DefenceMinutes, *, at: datetime) -> bytes:
    """Write the minutes as a Word document."""
    return official.docx(paper(minutes), at=at)


def paper(minutes: DefenceMinutes) -> Paper:
    """Compose the minutes of blocks."""
    title = f"Протокол открытой защиты от {date_in_words(minutes.held_on)}"
    return Paper(title=title, blocks=tuple(_blocks(minutes)))


def _blocks(minutes: DefenceMinutes) -> Iterator[Block]:
    yield Letterhead(minutes.organiser)
    yield Heading("ПРОТОКОЛ", level=1)
    yield Line("открытой защиты", align="center")
    yield Line(f"конкурса {quoted(minutes.contest)}", align="center")
    yield Edges(date_in_words(minutes.held_on), "№ ____")
    if minutes.place:
        yield Line(minutes.place, align="center")
    yield Facts(tuple(row for row in _attendance(minutes) if row.text))
    yield Prose(_heard(minutes))
    yield from _method(minutes)
    yield from _disorder(minutes)
    yield from _aside(minutes)
    yield Signature("Председатель комиссии", "")
    yield Signature("Секретарь", "")
    yield Small(f"Контрольная сумма сведений протокола: {' '.join(in_fours(minutes.checksum))}")
    yield PageBreak(is_wide=True)
    yield Heading("Порядок выступлений и оценки")
    yield Grid(_COLUMNS, tuple(_row(place, one) for place, one in enumerate(minutes.heard, 1)))
    yield Small("Время московское. Прочерк: выступление или оценка не состоялись.")


def _attendance(minutes: DefenceMinutes) -> Iterator[Fact]:
    held = [one for one in minutes.heard if one.was_held]
    yield Fact("Эксперты", ", ".join(minutes.experts))
    yield Fact("Наблюдатели", ", ".join(minutes.observers))
    yield Fact("Начало", min((one.began for one in held if one.began), default=""))
    yield Fact("Окончание", max((one.ended for one in held if one.ended), default=""))


def _heard(minutes: DefenceMinutes) -> str:
    held = sum(one.was_held for one in minutes.heard)
    said = f"Заслушано {counted(held, 'выступление', 'выступления', 'выступлений')}."
    away = len(minutes.heard) - held
    return f"{said} Не выступили: {away}." if away else said


def _method(minutes: DefenceMinutes) -> Iterator[Block]:
    yield Heading("КАК СЧИТАЛИ")
    yield Prose(
        f"Каждый эксперт ставит баллы по критериям; балл листа не больше {_points(minutes.maximum)}. "
        "Балл выступления — среднее арифметическое баллов завершённых листов. "
        "Баллы других эксперты не видели, пока они не были показаны в зале."
    )
    yield from _points_of(minutes.criteria)
    for one in minutes.own:
        yield Prose(
            f"свои критерии, балл листа не больше {_points(one.maximum)}.",
            lead=f"Номинация {quoted(one.nomination)}:",
        )
        yield from _points_of(one.criteria)
    if not minutes.are_named:
        yield Prose("Эксперты в таблице обозначены буквами, порядок букв не связан со списком выше.")


def _points_of(criteria: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    for place, (title, weight) in enumerate(criteria, 1):
        yield Point(f"{place}.", f"{title} — {weight}.")


def _disorder(minutes: DefenceMinutes) -> Iterator[Block]:
    late = [one for one in minutes.heard if one.was_held and one.began and one.began[-5:] != one.planned[-5:]]
    away = [one for one in minutes.heard if not one.was_held]
    owed = [one for one in minutes.heard if one.missing]
    if not (late or away or owed):
        return
    yield Heading("ОТСТУПЛЕНИЯ ОТ РАСПИСАНИЯ")
    if late:
        said = "; ".join(
            f"{one.application}: по расписанию {one.planned}, начали {one.began}" for one in late
        )
        yield Prose(f"{said}.", lead="Другое время начала:")
    if away:
        yield Prose(f"{joined([one.application for one in away])}.", lead="Не выступили:")
    if owed:
        yield Prose(
            "; ".join(f"{one.application}: {one.missing}" for one in owed) + ".", lead="Листы не завершены:"
        )


def _aside(minutes: DefenceMinutes) -> Iterator[Block]:
    rows = [one for one in minutes.heard if one.aside]
    if rows:
        yield Heading("НЕ УЧАСТВОВАЛИ В ОЦЕНКЕ")
    for one in rows:
        yield Prose("; ".join(f"{who} ({why})" for who, why in one.aside) + ".", lead=f"{one.application}:")


_COLUMNS = (
    Column("№", 4, "center"),
    Column("Заявка", 11),
    Column("Организация и тема", 29),
    Column("По расписанию", 10, "center"),
    Column("Начало", 8, "center"),
    Column("Конец", 8, "center"),
    Column("Баллы экспертов", 30),
    Column("Средний балл", 9, "center"),
)


def _row(place: int, one: Heard) -> tuple[str, ...]:
    marks = "; ".join(f"{who} – {_points(points)}" for who, points in one.marks)
    return (
        str(place),
        one.application,
        f"{one.organisation}. {one.theme}",
        one.planned,
        one.began or "–",
        one.ended or "–",
        marks or "–",
        "–" if one.mean is None else decimal(one.mean),
    )


def _points(value: float) -> str:
    return decimal(value, 0 if value == int(value) else 2)

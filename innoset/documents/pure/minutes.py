"""The minutes (протокол) of a sitting of the council, with the ranking as an appendix."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from innoset.documents.pure import official, typesetting
from innoset.documents.pure.blocks import (
    Block,
    Column,
    Corner,
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
from innoset.foundation.russian import (
    by_gender,
    counted,
    date_in_words,
    decimal,
    initials,
    joined,
    plural,
    quoted,
    signature,
)


@dataclass(frozen=True)
class Member:
    """Somebody at the sitting: full name, role in the council, post; a note says why one is absent."""

    name: str
    role: str = "член совета"
    post: str = ""
    note: str = ""


@dataclass(frozen=True)
class Speech:
    """Who spoke and the substance of it."""

    who: str
    what: str


@dataclass(frozen=True)
class Vote:
    """How the hands went."""

    in_favour: int
    against: int = 0
    abstained: int = 0
    is_secret: bool = False


@dataclass(frozen=True)
class Recusal:
    """Who took no part in deciding, and why."""

    who: str
    reason: str


@dataclass(frozen=True)
class Item:
    """One item of the agenda: what was heard, who spoke, what was resolved and how they voted."""

    title: str
    heard: tuple[Speech, ...]
    resolved: tuple[str, ...]
    vote: Vote | None = None
    spoke: tuple[Speech, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    # Who confirmed the application and how; empty where nobody was asked to.
    confirmed: str = ""


@dataclass(frozen=True)
class Ranked:
    """One application in the ranking, and the reason if the council departed from the order."""

    place: int
    application: str
    organisation: str
    theme: str
    marks: int
    mean: float
    spread: float
    decision: str
    has_disagreement: bool = False
    departure: str = ""
    # The score that allows for the strictness of experts, and the place by it: «84,2 ± 3,1», next line «место 4».
    fair: str = ""


@dataclass(frozen=True)
class Ranking:
    """The applications of one nomination, best first, and the line that they had to reach."""

    nomination: str
    rows: tuple[Ranked, ...]
    cut_line: float | None = None


@dataclass(frozen=True)
class Minutes:
    """Everything that the minutes say; `council` is in the genitive: «координационного совета …»."""

    organiser: tuple[str, ...]
    council: str
    held_on: date
    place: str
    chair: str
    secretary: str
    members_in_all: int
    quorum: int
    present: tuple[Member, ...]
    items: tuple[Item, ...]
    number: str = ""
    absent: tuple[Member, ...] = ()
    invited: tuple[Member, ...] = ()
    contest: str = ""
    rankings: tuple[Ranking, ...] = ()
    journal_head: str = ""
    # How applications were taken: the deadline, the grace, who got more time, what came late.
    reception: tuple[Fact, ...] = ()
    # How places were given: the counting, the rules, the calibration.
    methods: tuple[Fact, ...] = ()
    # The checksum of the ranking with the log that it follows from; empty in a draft.
    ranking_sha256: str = ""


def pdf(minutes: Minutes, *, at: datetime) -> bytes:
    """Print the minutes."""
    return official.pdf(paper(minutes), at=at)


def docx(minutes: Minutes, *, at: datetime) -> bytes:
    """Write the minutes as a Word document."""
    return official.docx(paper(minutes), at=at)


def sheet(minutes: Minutes) -> typesetting.Sheet:
    """Lay the minutes out for a preview."""
    return official.sheet(paper(minutes))


def paper(minutes: Minutes) -> Paper:
    """Compose the minutes of blocks."""
    return Paper(
        title=f"Протокол заседания {minutes.council} от {date_in_words(minutes.held_on)}{_numbered(minutes)}",
        blocks=tuple(_blocks(minutes)),
    )


def _numbered(minutes: Minutes) -> str:
    return f" № {minutes.number}" if minutes.number else ""


def _blocks(minutes: Minutes) -> Iterator[Block]:
    yield Letterhead(minutes.organiser)
    yield Heading("ПРОТОКОЛ", level=1)
    yield Line(f"заседания {minutes.council}", align="center")
    yield Edges(date_in_words(minutes.held_on), f"№ {minutes.number or '____'}")
    yield Line(minutes.place, align="center")
    yield from _attendance(minutes)
    if minutes.items:
        yield Heading("ПОВЕСТКА ДНЯ")
    yield from (Point(f"{place}.", item.title) for place, item in enumerate(minutes.items, 1))
    for place, item in enumerate(minutes.items, 1):
        yield from _item(place, item)
    if minutes.reception:
        yield Heading("СРОКИ ПРИЁМА ЗАЯВОК")
        yield Facts(minutes.reception)
    if minutes.methods:
        yield Heading("ПОРЯДОК ПОДСЧЁТА МЕСТ")
        yield Facts(minutes.methods)
    yield Signature("Председатель", signature(minutes.chair))
    yield Signature("Секретарь", signature(minutes.secretary))
    if minutes.ranking_sha256:
        yield Small(f"Контрольная сумма рейтинга: {' '.join(in_fours(minutes.ranking_sha256))}")
    if minutes.journal_head:
        yield Small(
            f"Контрольная сумма журнала действий на день заседания: {' '.join(in_fours(minutes.journal_head))}"
        )
    if minutes.rankings:
        yield from _appendix(minutes)


def _attendance(minutes: Minutes) -> Iterator[Block]:
    rows = [
        Fact("Председатель", initials(minutes.chair)),
        Fact("Секретарь", initials(minutes.secretary)),
        Fact("Присутствовали", _listed(minutes.present)),
        Fact("Отсутствовали", _listed(minutes.absent)),
        Fact("Приглашены", _listed(minutes.invited)),
    ]
    yield Facts(tuple(row for row in rows if row.text))
    yield Prose(_quorum(minutes))


def _listed(members: tuple[Member, ...]) -> str:
    return "\n".join(_introduced(member) for member in members)


def _introduced(member: Member) -> str:
    about = ", ".join(filter(None, (member.role, member.post)))
    note = f" ({member.note})" if member.note else ""
    return f"{initials(member.name)} – {about}{note}" if about else f"{initials(member.name)}{note}"


def _quorum(minutes: Minutes) -> str:
    there, needed = len(minutes.present), minutes.quorum
    verb = plural(there, "присутствует", "присутствуют", "присутствуют")
    known = f"Из {counted(minutes.members_in_all, 'члена', 'членов', 'членов')} совета на заседании {verb} {there}."
    if there >= needed:
        return f"{known} Кворум (не менее {needed}) имеется, заседание правомочно."
    return f"{known} Кворума (не менее {needed}) нет, заседание неправомочно."


def _item(place: int, item: Item) -> Iterator[Block]:
    yield Line(f"{place}. {item.title}", is_bold=True)
    yield from _speeches("СЛУШАЛИ:", item.heard)
    yield from _speeches("ВЫСТУПИЛИ:", item.spoke)
    if item.confirmed:
        yield Prose(item.confirmed, lead="ЗАЯВКА:")
    if item.recusals:
        yield Prose(_recused(item.recusals), lead="САМООТВОДЫ:")
    if item.resolved:
        yield Prose("", lead="РЕШИЛИ:")
        yield from (Point(f"{place}.{point}.", words) for point, words in enumerate(item.resolved, 1))
    if item.vote:
        yield Prose(_voted(item.vote), lead="Голосовали тайно:" if item.vote.is_secret else "Голосовали:")


def _speeches(lead: str, speeches: tuple[Speech, ...]) -> Iterator[Block]:
    for place, speech in enumerate(speeches):
        said = f"{initials(speech.who)} – {speech.what}" if speech.who else speech.what
        yield Prose(said, lead=lead if place == 0 else "")


def _recused(recusals: tuple[Recusal, ...]) -> str:
    said = "; ".join(f"{initials(one.who)} ({one.reason})" for one in recusals)
    if len(recusals) == 1:
        verb = by_gender(recusals[0].who, "не участвовал", "не участвовала", "участия не принимал(а)")
    else:
        verb = "не участвовали"
    return f"{said}; в обсуждении и голосовании по этому вопросу {verb}."


def _voted(vote: Vote) -> str:
    counts = (("за", vote.in_favour), ("против", vote.against), ("воздержались", vote.abstained))
    return ", ".join(f"«{word}» – {count or 'нет'}" for word, count in counts) + "."


def _appendix(minutes: Minutes) -> Iterator[Block]:
    yield PageBreak(is_wide=True)
    yield Corner(
        (
            "Приложение",
            f"к протоколу заседания {minutes.council} от {date_in_words(minutes.held_on)}{_numbered(minutes)}",
        )
    )
    of_contest = f" конкурса {quoted(minutes.contest)}" if minutes.contest else ""
    yield Heading(f"Рейтинг заявок{of_contest}")
    is_fair = any(row.fair for ranking in minutes.rankings for row in ranking.rows)
    lines = (row for ranking in minutes.rankings for row in _ranked(ranking, is_fair=is_fair))
    yield Grid(_FAIR_COLUMNS if is_fair else _COLUMNS, tuple(lines))
    yield from _notes(minutes)
    yield Signature("Председатель", signature(minutes.chair))
    yield Signature("Секретарь", signature(minutes.secretary))


_COLUMNS = (
    Column("Место", 7, "center"),
    Column("Заявка", 13),
    Column("Организация", 23),
    Column("Тема проекта", 25),
    Column("Оценок", 8, "center"),
    Column("Средний балл", 9, "center"),
    Column("Разброс", 9, "center"),
    Column("Решение совета", 24),
)


_FAIR_COLUMNS = (
    Column("Место", 7, "center"),
    Column("Заявка", 13),
    Column("Организация", 20),
    Column("Тема проекта", 22),
    Column("Оценок", 8, "center"),
    Column("Средний балл", 9, "center"),
    Column("С поправкой", 12, "center"),
    Column("Разброс", 9, "center"),
    Column("Решение совета", 18),
)


def _ranked(ranking: Ranking, *, is_fair: bool) -> Iterator[tuple[str, ...]]:
    if ranking.nomination:
        yield (f"Номинация {quoted(ranking.nomination)}",)
    cut = ranking.cut_line
    passed = [row for row in ranking.rows if cut is None or row.mean >= cut]
    yield from (_row(row, is_fair=is_fair) for row in passed)
    if cut is not None:
        yield (f"Проходной балл: {decimal(cut)}",)
    yield from (_row(row, is_fair=is_fair) for row in ranking.rows if row not in passed)


def _row(row: Ranked, *, is_fair: bool) -> tuple[str, ...]:
    flag = "*" if row.has_disagreement else ""
    reason = f"\nОснование отступления от рейтинга: {row.departure}" if row.departure else ""
    return (
        str(row.place),
        row.application,
        row.organisation,
        row.theme,
        str(row.marks),
        decimal(row.mean),
        *((row.fair or "—",) if is_fair else ()),
        f"{decimal(row.spread)}{flag}",
        f"{row.decision}{reason}",
    )


def _notes(minutes: Minutes) -> Iterator[Block]:
    rows = [row for ranking in minutes.rankings for row in ranking.rows]
    if any(row.has_disagreement for row in rows):
        yield Small("* Оценки экспертов существенно расходятся; заявка обсуждена на заседании отдельно.")
    moved = [row.application for row in rows if row.departure]
    if moved:
        of = plural(len(moved), "заявке", "заявкам", "заявкам")
        yield Small(f"Решение отступает от рейтинга по {of} {joined(moved)}; основания указаны в таблице.")
    if any(row.fair for row in rows):
        yield Small(
            "С поправкой — балл с учётом строгости экспертов: знак ± показывает, на сколько он может отличаться "
            "(19 случаев из 20); место — по этому баллу."
        )
    yield Small(f"Всего в рейтинге {counted(len(rows), 'заявка', 'заявки', 'заявок')}.")

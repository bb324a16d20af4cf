"""People of a cell: one or several, each with a name, a position, a degree and contacts.

What people write: «Соколова Вера Петровна, методист, 8-900-000-00-00 a@b.ru», initials before or after,
several in one line, a phone glued to the position. The cell itself is kept by the caller.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from innoset.projects.pure.contacts import EMAIL, PHONE, Contact, contacts_in, without_contacts
from innoset.projects.pure.meaning import Meaning, meaning_of

_WORD: Final = r"(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})?)"
_MIDDLE: Final = r"(?:[А-ЯЁ][а-яё]+(?:[вьмкт]ич|[вчш]на)|[А-ЯЁ]+(?:[ВЬМКТ]ИЧ|[ВЧШ]НА))(?![а-яёА-ЯЁ])"
_NAME: Final = re.compile(
    rf"(?<![а-яёА-ЯЁ-])(?:(?P<full>{_WORD}\s+{_WORD}\s+(?:{_MIDDLE}|{_WORD}\s+(?:оглы|кызы)(?!\w)))"
    rf"|(?P<first>{_WORD})\s+(?P<middle>{_MIDDLE})\s+(?P<last>{_WORD})"
    rf"|(?P<short>{_WORD}\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)"
    rf"|(?P<initials>[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)\s?(?P<surname>{_WORD}))"
)
_BARE: Final = re.compile(rf"\s*(?:\d+[.)]|[-–—•·])?\s*(?P<bare>{_WORD}\s+{_WORD})\s*(?=[,;(–—-]|$)")
_DEGREE: Final = re.compile(
    r"(?<!\w)наук(?!\w)|профессор|доцент|академик|(?<!\w)[дк]\. ?(?:[а-я]{1,4}\.?[ -]?){1,3}н(?:\.|$)|(?<!\w)[кд][псфм]н(?!\w)"
    r"|заслуженн\w+|почётн\w+|почетн\w+|отличник|чл\w*\.?-кор",
    re.IGNORECASE,
)
_POST_BEFORE: Final = re.compile(
    r"^\W*(?:\d+[.)])?\s*(?:автор\w*|научн\w+ руководител\w+|фио)\s*[:–—-]\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Author:
    """One person as the cell tells of them; `text` is their part of the cell."""

    name: str
    position: str = ""
    degree: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    text: str = ""


def people_in(text: str) -> tuple[Author, ...]:
    """Return the people in the order of the cell; «нет», a dash and an empty cell name nobody."""
    if meaning_of(text) is not Meaning.TEXT:
        return ()
    return tuple(_author(name, part) for name, part in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each name with the part of the cell that tells of it."""
    found = [*_names(text)]
    if not found:
        yield "", text
        return
    starts = [_start(text, found, place) for place in range(len(found))]
    for place, (name, start, end) in enumerate(found):
        stop = starts[place + 1] if place + 1 < len(found) else len(text)
        yield name, f"{text[starts[place] : start]}\0{text[end:stop]}"


def _start(text: str, found: list[tuple[str, int, int]], place: int) -> int:
    """Return where the part of a person begins: a post before the name stands on the same line."""
    if place == 0:
        return 0
    since = found[place - 1][2]
    gap = text[since : found[place][1]]
    cut = max(gap.rfind("\n"), gap.rfind(";"))
    lead = gap[cut + 1 :]
    is_post = bool(re.search(r"[а-яё]", lead)) and cut >= 0
    return since + cut + 1 if is_post else found[place][1]


def _names(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the names with their places; a name without a patronymic only where a line begins."""
    seen: list[tuple[str, int, int]] = [(_straight(one), *one.span()) for one in _NAME.finditer(text)]
    at = 0
    for line in re.split(r"(?<=[\n;])", text):
        bare = _BARE.match(line)
        if bare and not any(at <= start < at + len(line) for _, start, _ in seen):
            seen.append((_spelt(bare["bare"]), at + bare.start("bare"), at + bare.end("bare")))
        at += len(line)
    yield from sorted(seen, key=lambda one: one[1])


def _straight(found: re.Match[str]) -> str:
    if found["full"] or found["short"]:
        return _spelt(found["full"] or found["short"])
    if found["last"]:
        return _spelt(f"{found['last']} {found['first']} {found['middle']}")
    return _spelt(f"{found['surname']} {found['initials']}")


def _spelt(name: str) -> str:
    """Return the name with plain spaces, capitals only where names have them, initials apart."""
    apart = re.sub(r"\.(?=\S)", ". ", " ".join(name.split()))
    return " ".join(
        "-".join(part.capitalize() for part in word.split("-"))
        if word.isupper() and "." not in word
        else word
        for word in apart.split()
    )


def _author(name: str, part: str) -> Author:
    contacts = contacts_in(part)
    open_part = _POST_BEFORE.sub("", without_contacts(part)[0])
    pieces = [_plain(piece) for piece in re.split(r"[,;()\n\0]", open_part)]
    told = [piece for piece in pieces if piece]
    return Author(
        name=name,
        position=", ".join(piece for piece in told if not _DEGREE.search(piece)),
        degree=", ".join(piece for piece in told if _DEGREE.search(piece)),
        phones=tuple(one.shown for one in contacts if one.kind == PHONE),
        emails=tuple(one.shown for one in contacts if one.kind == EMAIL),
        doubts=tuple(_doubts(name, contacts)),
        text=part.replace("\0", name).strip(" \n,;"),
    )


def _plain(piece: str) -> str:
    bare = re.sub(r"^(?:\d{1,2}[.)]\s*)?[\s.:–—•·-]*|[\s:–—-]+$", "", " ".join(piece.split()))
    whole = re.sub(r"(?<=[а-яё]{3})\.$", "", bare)
    return "" if re.fullmatch(r"\d{0,2}[.)]?", whole) else whole


def _doubts(name: str, contacts: tuple[Contact, ...]) -> Iterator[str]:
    if not name:
        yield "Имя не распознано."
    for one in contacts:
        if not one.is_valid:
            what = "Телефон" if one.kind == PHONE else "Адрес электронной почты"
            yield f"{what} «{one.text}» записан с ошибкой."

"""Which column of somebody's list is which of ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """A column that we know: its name in the registry, its title, how else people call it."""

    name: str
    title: str
    synonyms: tuple[str, ...]
    limit: int


COLUMNS: Final = (
    Column("name", "Полное наименование", ("полное название", "наименование организации", "полное наименование оо", "полное наименование организации"), 500),
    Column("short_name", "Краткое наименование", ("краткое название", "сокращенное наименование", "организация", "наименование", "название", "оо", "школа"), 200),
    Column("kind", "Вид", ("вид организации", "тип", "тип организации", "подсистема", "тип оо"), 100),
    Column("municipality", "Муниципалитет", ("район", "мо", "муниципальное образование", "территория", "муниципальный район"), 200),
    Column("inn", "ИНН", ("инн организации", "идентификационный номер налогоплательщика"), 40),
    Column("kpp", "КПП", ("кпп организации",), 40),
    Column("ogrn", "ОГРН", ("огрн организации",), 40),
    Column("founder", "Учредитель", ("инн учредителя", "огрн учредителя", "учредитель организации"), 200),
    Column("address", "Адрес", ("юридический адрес", "почтовый адрес", "место нахождения", "адрес организации"), 400),
    Column("email", "Электронная почта", ("почта", "email", "e mail", "адрес электронной почты", "эл почта"), 254),
    Column("phone", "Телефон", ("телефон организации", "контактный телефон", "тел"), 60),
    Column("site", "Сайт", ("адрес сайта", "официальный сайт", "сайт организации"), 200),
    Column("head_name", "Руководитель", ("фио руководителя", "директор", "заведующий", "руководитель организации"), 200),
    Column("head_position", "Должность руководителя", ("должность",), 100),
)  # fmt: skip
REQUIRED: Final = ("kind", "municipality")
TITLES: Final = {column.name: column.title for column in COLUMNS}
_HEADER_REACH: Final = 15


def folded(text: str) -> str:
    """Make a text comparable: case, ё, signs and spaces aside."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("ё", "е")).split())


_KNOWN: Final = {folded(word): column.name for column in COLUMNS for word in (column.title, *column.synonyms)}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and which of its columns are ours."""

    line: int
    places: dict[str, int]
    unknown: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the titles of the columns without which nothing can be imported."""
        lacking = [TITLES[name] for name in REQUIRED if name not in self.places]
        if not {"name", "short_name"} & self.places.keys():
            lacking.insert(0, TITLES["short_name"])
        if not {"inn", "ogrn"} & self.places.keys():
            lacking.append("ИНН и КПП, или ОГРН")
        return tuple(lacking)


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Return the header: the row among the first that has the most columns of ours."""
    found = [_header(line, row) for line, row in enumerate(rows[:_HEADER_REACH])]
    return max(found, key=lambda header: (len(header.places), -header.line))


def _header(line: int, row: Sequence[str]) -> Header:
    places: dict[str, int] = {}
    unknown = []
    for place, cell in enumerate(row):
        name = _KNOWN.get(folded(cell))
        if name is not None and name not in places:
            places[name] = place
        elif cell:
            unknown.append(cell)
    return Header(line, places, tuple(unknown))

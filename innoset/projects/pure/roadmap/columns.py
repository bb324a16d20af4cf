"""Which column of a roadmap's table is which: our titles and how else people call them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the table of items, its title, other titles, the longest text."""

    name: str
    title: str
    synonyms: tuple[str, ...] = ()
    limit: int = 0


COLUMNS: Final = (
    # Not «№»: people number the rows of their own tables, and that must change nothing of ours.
    Column("number", "Код", ("код мероприятия",)),
    Column("stage", "Этап или раздел", ("этап", "раздел", "направление", "этап реализации"), 200),
    Column(
        "title",
        "Мероприятие",
        ("мероприятия", "наименование мероприятия", "содержание", "содержание деятельности", "что сделать"),
        500,
    ),
    Column(
        "responsible",
        "Ответственный",
        ("ответственные", "исполнитель", "исполнители", "кто отвечает", "ответственное лицо"),
        300,
    ),
    Column("starts_on", "Начало", ("дата начала", "начало работ", "с")),
    Column(
        "ends_on",
        "Срок",
        ("сроки", "срок исполнения", "срок реализации", "сроки реализации", "сроки проведения", "дата", "окончание", "дата окончания", "до", "когда"),
    ),
    Column(
        "result", "Ожидаемый результат", ("результат", "ожидаемые результаты", "планируемый результат"), 500
    ),
    Column("done_percent", "Выполнено, %", ("выполнено", "% выполнения", "процент выполнения", "готовность")),
    Column("done_on", "Дата выполнения", ("когда выполнено", "выполнено когда", "фактическая дата")),
    Column("unit", "Единица", ("единица измерения", "ед изм", "ед"), 60),
    Column("planned", "План", ("план на год", "плановое значение", "запланировано")),
    Column("actual", "Факт", ("фактическое значение", "исполнено")),
    Column("actual_note", "Что сделано", ("примечание", "отметка о выполнении", "комментарий"), 500),
)  # fmt: skip
TITLES: Final = {column.name: column.title for column in COLUMNS}
REQUIRED: Final = ("title", "ends_on")
_REACH: Final = 15
"""So many lines may stand above the header: the name of the paper, who approved it."""


def folded(text: str) -> str:
    """Make a text comparable: case, ё, signs and spaces aside."""
    return " ".join(re.sub(r"[^\w%№]+", " ", text.casefold().replace("ё", "е")).split())


_KNOWN: Final = {folded(word): one.name for one in COLUMNS for word in (one.title, *one.synonyms)}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands, and which of its columns are ours."""

    line: int
    places: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the titles without which nothing can be read."""
        return tuple(TITLES[name] for name in REQUIRED if name not in self.places)


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Return the header: of the first lines, the one with the most columns of ours."""
    found = [_header(line, row) for line, row in enumerate(rows[:_REACH])]
    return max(found, key=lambda one: (len(one.places), -one.line), default=Header(0, {}))


def _header(line: int, row: Sequence[str]) -> Header:
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = _KNOWN.get(folded(cell))
        if name is not None:
            places.setdefault(name, place)
    return Header(line, places)

"""A row of somebody's list as the registry would have it, or the reasons why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from innoset.exchange.pure.columns import COLUMNS, TITLES, Header, folded
from innoset.foundation import identifiers
from innoset.network.states import KIND_LABELS, OrganisationKind

K = OrganisationKind
KIND_WORDS: Final = {
    K.SCHOOL: ("школа", "сош", "оош", "гимназия", "лицей", "оо", "общеобразовательная", "мбоу", "маоу", "кадетская школа"),
    K.KINDERGARTEN: ("детский сад", "сад", "доу", "доо", "дошкольная", "мбдоу", "мадоу", "дошкольные образовательные организации"),
    K.EXTRA: ("допобразование", "дополнительное образование", "одо", "удо", "дом творчества", "цдо"),
    K.COLLEGE: ("колледж", "техникум", "спо", "профессиональная"),
    K.METHOD_CENTRE: ("имц", "информационно методический центр", "методический центр", "кнмц"),
    K.METHOD_SERVICE: ("тмс", "территориальная методическая служба", "методическая служба"),
    K.AUTHORITY: ("управление образования", "управление образованием", "департамент образования", "моуо"),
    K.INSTITUTE: ("институт", "иро", "институт развития образования"),
    K.OTHER: ("иное", "другое", "иная", "прочее"),
}  # fmt: skip
_KINDS: Final = {folded(word): kind for kind, words in KIND_WORDS.items() for word in words} | {
    folded(label): kind for kind, label in KIND_LABELS.items()
}
_PLACE_WORDS: Final = re.compile(
    r"\b(муниципальное образование|муниципальный|городской|район|округ|город курорт|город|р н|г о|го|гор|г|м р|мр|м о|мо)\b"
)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NUMERIC_LENGTH: Final = {"inn": 10, "kpp": 9}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, regular values, what is wrong with it, and the cells as they were."""

    line: int
    values: dict[str, str]
    reasons: tuple[str, ...]
    cells: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        """Return what makes the row one organisation: ИНН with КПП, else ОГРН."""
        if self.values.get("inn") and self.values.get("kpp"):
            return f"{self.values['inn']}-{self.values['kpp']}"
        return self.values.get("ogrn", "")


def normalise(table: Sequence[Sequence[str]], header: Header, places: Mapping[str, str]) -> list[Row]:
    """Return the rows under the header; `places` is ОКТМО by the folded name of a municipality."""
    rows = [
        _row(line, cells, header, places)
        for line, cells in enumerate(table[header.line + 1 :], start=header.line + 2)
        if any(cells)
    ]
    return _without_twins(rows)


def place_key(name: str) -> str:
    """Make a municipality's name comparable: «г. Краснодар» and «город Краснодар» are one."""
    bare = " ".join(_PLACE_WORDS.sub(" ", folded(name)).split())
    return bare or folded(name)


def _row(line: int, cells: Sequence[str], header: Header, places: Mapping[str, str]) -> Row:
    raw = {name: cells[place] if place < len(cells) else "" for name, place in header.places.items()}
    values, reasons = dict(raw), []
    for name, check in _CHECKS.items():
        if raw.get(name):
            try:
                values[name] = check(raw[name])
            except ValueError as error:
                reasons.append(str(error))
    reasons += _place(raw, values, places) + _kind(raw, values) + _lacking(values) + _too_long(values)
    return Row(line, values, tuple(reasons), tuple(cells))


def _place(raw: Mapping[str, str], values: dict[str, str], places: Mapping[str, str]) -> list[str]:
    text = raw.get("municipality", "")
    if not text:
        return ["Столбец «Муниципалитет» пуст: впишите район или город."]
    values["municipality"] = places.get(place_key(text), "")
    if values["municipality"]:
        return []
    return [f"Столбец «Муниципалитет»: «{text}» не найден. Впишите название, как на сайте."]


def _kind(raw: Mapping[str, str], values: dict[str, str]) -> list[str]:
    text = raw.get("kind", "")
    if not text:
        return ["Столбец «Вид» пуст: впишите вид организации, например «школа»."]
    kind = _KINDS.get(folded(text))
    values["kind"] = kind.value if kind else ""
    if kind:
        return []
    known = ", ".join(words[0] for words in KIND_WORDS.values())
    return [f"Столбец «Вид»: «{text}» неизвестен. Впишите одно из слов: {known}."]


def _lacking(values: dict[str, str]) -> list[str]:
    reasons = []
    if not (values.get("name") or values.get("short_name")):
        reasons.append("Нет названия: заполните столбец «Краткое наименование».")
    values["name"] = values.get("name") or values.get("short_name", "")
    values["short_name"] = values.get("short_name") or values["name"][:200]
    if not (values.get("inn") and values.get("kpp")) and not values.get("ogrn"):
        reasons.append("Нечем отличить организацию от других: заполните ИНН и КПП, или ОГРН.")
    return reasons


def _too_long(values: Mapping[str, str]) -> list[str]:
    return [
        f"Столбец «{column.title}» длиннее {column.limit} знаков: сократите его."
        for column in COLUMNS
        if column.name not in _CHECKS and len(values.get(column.name, "")) > column.limit
    ]


def _without_twins(rows: list[Row]) -> list[Row]:
    first: dict[str, int] = {}
    result = []
    for row in rows:
        line = first.setdefault(row.key, row.line) if row.key else row.line
        if line != row.line:
            twin = f"Строка повторяет строку {line}: та же организация. Оставьте одну из них."
            row = Row(row.line, row.values, (*row.reasons, twin), row.cells)  # noqa: PLW2901  # reason: the row with one reason more
        result.append(row)
    return result


def _identifier(name: str, check: Callable[[str], str]) -> Callable[[str], str]:
    def checked(text: str) -> str:
        # A spreadsheet that takes the identifier for a number drops its leading zero.
        length = _NUMERIC_LENGTH.get(name, 0)
        padded = text.zfill(length) if text.isdigit() and len(text) == length - 1 else text
        return check(padded)

    return checked


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError(
            f"Столбец «{TITLES['email']}»: «{text[:40]}» не похож на адрес. Нужен вид имя@пример.рф."
        )
    return text.lower()


def _site(text: str) -> str:
    address = text if text.lower().startswith(("http://", "https://")) else f"https://{text}"
    if " " in address or "." not in address:
        raise ValueError(
            f"Столбец «{TITLES['site']}»: «{text[:40]}» не похож на адрес сайта. Исправьте или очистите его."
        )
    return address


_CHECKS: Final[dict[str, Callable[[str], str]]] = {
    "inn": _identifier("inn", identifiers.organisation_inn),
    "kpp": _identifier("kpp", identifiers.kpp),
    "ogrn": _identifier("ogrn", identifiers.organisation_ogrn),
    "email": _email,
    "site": _site,
}

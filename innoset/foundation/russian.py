"""Russian grammar and typography, solved once for screens, letters and documents.

Everything here is pure: text, numbers and dates in, text out. Names are inflected
by rules that cannot know every surname, so each inflection takes an override
which a person has typed and which always wins.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pytrovich.maker import PetrovichDeclinationMaker

NBSP: Final = "\u00a0"
MOSCOW: Final = ZoneInfo("Europe/Moscow")


class Gender(Enum):
    """Grammatical gender of a person or of a counted noun."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"
    UNKNOWN = "unknown"


class Case(Enum):
    """The six cases of a name."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


# ── Counting ────────────────────────────────────────────────────────────────


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form that goes with the number: 1 заявка, 2 заявки, 5 заявок."""
    tens, units = divmod(abs(number) % 100, 10)
    if tens == 1 or units not in range(1, 5):
        return many
    return one if units == 1 else few


def counted(number: int, one: str, few: str, many: str) -> str:
    """Put the number before its noun: «5 заявок», «1 240 знаков»."""
    return f"{thousands(number)} {plural(number, one, few, many)}"


def thousands(number: int) -> str:
    """Split a whole number into groups of three by non-breaking spaces."""
    return f"{number:,}".replace(",", NBSP).replace("-", "−")


def decimal(number: float, digits: int = 2) -> str:
    """Write a number with a decimal comma and exactly so many digits after it."""
    text = f"{number:.{digits}f}".replace(".", ",")
    return text.replace("-", "−") if text.strip("-0,") else text.lstrip("-")


_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_MAX: Final = 3999


def roman(number: int) -> str:
    """Write 1…3999 in roman numerals; ValueError outside."""
    if not 1 <= number <= _ROMAN_MAX:
        raise ValueError("Римскими цифрами записывают числа от 1 до 3999.")
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def from_roman(text: str) -> int:
    """Read roman numerals in either case; ValueError when they are not proper."""
    values = {letters: value for value, letters in _ROMAN if len(letters) == 1}
    digits = [values.get(letter, 0) for letter in text.strip().upper()]
    number = sum(-left if left < right else left for left, right in pairwise([*digits, 0]))
    if not 1 <= number <= _ROMAN_MAX or roman(number) != text.strip().upper():
        raise ValueError(f"«{text}» не похоже на римское число. Пример: XIV.")
    return number


_UNITS: Final = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_TEENS: Final = (
    "десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать",
    "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
_TENS: Final = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят",
    "шестьдесят", "семьдесят", "восемьдесят", "девяносто",
)  # fmt: skip
_HUNDREDS: Final = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот",
    "шестьсот", "семьсот", "восемьсот", "девятьсот",
)  # fmt: skip
_GENDERED: Final = {
    (1, Gender.FEMININE): "одна",
    (1, Gender.NEUTER): "одно",
    (2, Gender.FEMININE): "две",
}


class _Power(NamedTuple):
    size: int
    gender: Gender
    forms: tuple[str, str, str]


_POWERS: Final = (
    _Power(10**9, Gender.MASCULINE, ("миллиард", "миллиарда", "миллиардов")),
    _Power(10**6, Gender.MASCULINE, ("миллион", "миллиона", "миллионов")),
    _Power(10**3, Gender.FEMININE, ("тысяча", "тысячи", "тысяч")),
)


def number_in_words(number: int, gender: Gender = Gender.MASCULINE) -> str:
    """Spell a whole number below a trillion: 21 → «двадцать один»."""
    if abs(number) >= 10**12:
        raise ValueError("Словами записываем числа меньше триллиона.")
    if number == 0:
        return "ноль"
    words = ["минус"] if number < 0 else []
    rest = abs(number)
    for power in _POWERS:
        count, rest = divmod(rest, power.size)
        if count:
            words += [*_below_thousand(count, power.gender), plural(count, *power.forms)]
    return " ".join([*words, *_below_thousand(rest, gender)])


def _below_thousand(number: int, gender: Gender) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [_HUNDREDS[hundreds]]
    if tens == 1:
        words.append(_TEENS[units])
    else:
        words += [_TENS[tens], _GENDERED.get((units, gender), _UNITS[units])]
    return [word for word in words if word]


# ── Dates ───────────────────────────────────────────────────────────────────

MONTHS: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_GENITIVE: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def date_in_words(day: date) -> str:
    """Write a date as documents do: «14 сентября 2021 г.»."""
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year} г."


def date_in_digits(day: date) -> str:
    """Write a date in digits: «14.09.2021»."""
    return f"{day:%d.%m.}{day.year:04d}"


def month_in_words(day: date) -> str:
    """Name the month and the year: «сентябрь 2021 г.»."""
    return f"{MONTHS[day.month - 1]} {day.year} г."


def moment_in_words(at: datetime, *, seconds: bool = False) -> str:
    """Write a moment by the Moscow clock: «14 сентября 2021 г., 14:03 МСК»."""
    local = moscow(at)
    return (
        f"{date_in_words(local)}, {local:%H:%M:%S} МСК"
        if seconds
        else f"{date_in_words(local)}, {local:%H:%M} МСК"
    )


def moscow(at: datetime) -> datetime:
    """Turn a moment to the Moscow clock; ValueError when it does not say its zone."""
    if at.tzinfo is None:
        raise ValueError("У времени не указан часовой пояс.")
    return at.astimezone(MOSCOW)


# ── Lists, quotes, spaces ───────────────────────────────────────────────────


def joined(items: Iterable[str], last: str = "и") -> str:
    """Join as in speech: «а», «а и б», «а, б и в»."""
    *words, end = [*items] or [""]
    return f"{', '.join(words)} {last} {end}" if words else end


_OUTER_MARKS: Final = re.compile(r"^[«\"“„](?P<inside>[^«»\"“”„]*)[»\"”“]$")
_CLOSING: Final = re.compile(r"[»”\"]")
_OPENING: Final = re.compile(r"(?:(?<=^)|(?<=[\s(\[«„—–-]))[\"“«„](?=\S)")


def quoted(text: str) -> str:
    """Put the text in «ёлочки»; quotation marks inside become „лапки“."""
    stripped = text.strip()
    outer = _OUTER_MARKS.match(stripped)
    inside = outer["inside"] if outer else stripped
    nested = _OPENING.sub("„", inside)
    return f"«{_CLOSING.sub('“', nested)}»"


def capitalised(text: str) -> str:
    """Raise the first letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


_BOUND: Final = (
    re.compile(r"№ (?=\S)"),
    re.compile(r"[а-яё] (?=[А-ЯЁ]\. ?[А-ЯЁ]\.)"),
    re.compile(r"\b[А-ЯЁ]\. (?=[А-ЯЁ])"),
    re.compile(rf"\d (?=(?:{'|'.join(MONTHS_GENITIVE)})\b|(?:г|гг|руб|тыс|млн|ч|мин)\.|МСК|%)"),
    re.compile(r"\b(?:г|п|пп|с|ст|ул)\. (?=[А-ЯЁ\d])"),
    re.compile(r"\S (?=[–—] )"),
)
_PREPOSITION: Final = re.compile(r"(?<![\w-])[вкосуияВКОСУИЯ] (?=\S)")


def bound(text: str) -> str:
    """Bind with non-breaking spaces what must not part: «№ 5», «А. Н. Петрова», «14 сентября», «2021 г.»."""
    for pattern in _BOUND:
        text = pattern.sub(_tied, text)
    return text


def glued(text: str) -> str:
    """Bind as `bound` does, and one-letter words to the word that follows."""
    return _PREPOSITION.sub(_tied, bound(text))


def _tied(match: re.Match[str]) -> str:
    return match.group().replace(" ", NBSP)


# ── People ──────────────────────────────────────────────────────────────────

_PARTICLES: Final = {"оглы", "кызы", "улы", "уулу", "гызы"}
_FEMALE_PARTICLES: Final = {"кызы", "гызы"}


class Name(NamedTuple):
    """A full name in its three parts; absent parts are empty."""

    last: str
    first: str
    middle: str


def name_of(full_name: str) -> Name:
    """Split «Фамилия Имя Отчество»; what follows the first name is the patronymic."""
    words = full_name.replace(".", ". ").split()
    last, first = [*words[:2], "", ""][:2]
    return Name(last, first, " ".join(words[2:]))


def initials(full_name: str) -> str:
    """Shorten as in lists: «Петрова А. Н.»."""
    name = name_of(full_name)
    return " ".join([name.last, *_letters(name)]).strip()


def signature(full_name: str) -> str:
    """Shorten as in signatures, initials first: «А. Н. Петрова»."""
    name = name_of(full_name)
    return " ".join([*_letters(name), name.last]).strip()


def _letters(name: Name) -> list[str]:
    words = [*name.first.split(), *name.middle.split()]
    return [word if word.lower() in _PARTICLES else _letter(word) for word in words]


def _letter(word: str) -> str:
    return "-".join(f"{part[:1].upper()}." for part in word.split("-") if part.strip("."))


def gender_of(full_name: str) -> Gender:
    """Tell the gender by the patronymic, else by the ending of the surname."""
    name = name_of(full_name)
    words = name.middle.lower().split()
    if words and words[-1] in _PARTICLES:
        return Gender.FEMININE if words[-1] in _FEMALE_PARTICLES else Gender.MASCULINE
    if words and "." not in name.middle:
        return _by_ending(words[0], ("вна", "чна", "шна"), ("вич", "ьич", "мич", "тич", "кич"))
    women, men = ("ова", "ева", "ёва", "ина", "ына", "ая", "яя"), ("ов", "ев", "ёв", "ин", "ын", "ий", "ый")
    return _by_ending(name.last.lower(), women, men)


def _by_ending(word: str, feminine: Sequence[str], masculine: Sequence[str]) -> Gender:
    if word.endswith(tuple(feminine)):
        return Gender.FEMININE
    return Gender.MASCULINE if word.endswith(tuple(masculine)) else Gender.UNKNOWN


def by_gender(full_name: str, masculine: str, feminine: str, unknown: str) -> str:
    """Choose the word that agrees with the person: «отправил», «отправила», «отправил(а)»."""
    return {Gender.MASCULINE: masculine, Gender.FEMININE: feminine}.get(gender_of(full_name), unknown)


def in_case(full_name: str, case: Case, *, override: str = "") -> str:
    """Inflect a full name; a typed override wins, an unknown gender leaves it as it is."""
    if override.strip():
        return " ".join(override.split())
    gender = gender_of(full_name)
    if gender is Gender.UNKNOWN:
        return " ".join(full_name.split())
    parts = zip(("LASTNAME", "FIRSTNAME", "MIDDLENAME"), name_of(full_name), strict=True)
    return " ".join(_inflected(word, part, gender, case) for part, words in parts for word in words.split())


def in_genitive(full_name: str, *, override: str = "") -> str:
    """«Петровой Анны Николаевны»."""
    return in_case(full_name, Case.GENITIVE, override=override)


def in_dative(full_name: str, *, override: str = "") -> str:
    """«Петровой Анне Николаевне»."""
    return in_case(full_name, Case.DATIVE, override=override)


@lru_cache(maxsize=1)
def _rules() -> "PetrovichDeclinationMaker":
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


def _inflected(word: str, part: str, gender: Gender, case: Case) -> str:
    from pytrovich import enums

    if word.lower() in _PARTICLES or "." in word:
        return word
    known = enums.Gender.FEMALE if gender is Gender.FEMININE else enums.Gender.MALE
    return str(_rules().make(enums.NamePart[part], known, enums.Case[case.name], word))

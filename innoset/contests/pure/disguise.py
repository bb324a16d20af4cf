"""What names, numbers and addresses look like in running Russian text, whatever their case or ending."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

ORGANISATION, PERSON, PLACE = "[организация]", "[имя]", "[муниципалитет]"
MAIL, LINK, PHONE = "[электронная почта]", "[ссылка]", "[телефон]"

_SHORTEST_STEM: Final = 3
_DISTINCT_STEM: Final = 5
"""A stem this long is hardly a common word, so it is covered in small letters too."""
_LONGEST_INITIAL: Final = 2
_NUMBER_SIGN: Final = r"(?:№|N[oо°º]?\.?|#|номер[а-я]{0,3})"
# Words and abbreviations that stand before an organisation's number.
_ABBREVIATION: Final = r"[А-ЯЁ]{0,6}(?:ОУ|СОШ|ООШ|НОШ|УДО|ЦРР)|д\s?/\s?с"
_SORT: Final = (
    rf"(?:{_ABBREVIATION}|школ[а-яё]*|гимнази[а-яё]*|лице[йяюе][а-яё]*|(?:детск[а-яё]+[\s-]+)?сад[а-яё]*"
    r"|учрежден[а-яё]+|организац[а-яё]+|колледж[а-яё]*|техникум[а-яё]*|училищ[а-яё]*|центр[а-яё]*"
    r"|[а-яё-]*интернат[а-яё]*)"
)
_NAMED_AFTER: Final = r"(?:им(?:ени|\.)[^\n№]{1,40}?)?"
_GENERIC_PLACES: Final = frozenset(
    {"муниципальный", "муниципальное", "район", "округ", "городской", "город", "образование", "край"}
    | {"краснодарский", "станица", "село", "посёлок", "хутор", "имени", "муниципального", "района", "округа"}
    | {
        "городского",
        "города",
        "образования",
        "края",
        "краснодарского",
        "станицы",
        "посёлка",
        "хутора",
        "село",
    }
)
_VOWELS: Final = "аеёиоуыэюяйь"


@dataclass(frozen=True, slots=True)
class Mask:
    """What to look for, and the word that takes its place."""

    pattern: re.Pattern[str]
    word: str


def prepared(text: str) -> str:
    """Return the text without what could hide a name: composed letters, no invisible signs, plain spaces."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")
    return visible.replace("\u0301", "").replace("\xa0", " ").replace("\u202f", " ")


def _mask(pattern: str, word: str) -> Mask:
    return Mask(re.compile(pattern, re.IGNORECASE), word)


# ── Contacts ────────────────────────────────────────────────────────────────

_ZONES: Final = r"(?:ru|рф|com|org|net|su|edu|info|online|site|pro|рус|me|tv|be|io)"
_PHONE: Final = (
    r"(?<![\d№])(?:\+\s?7|8|7)?[\s(–-]{0,3}\d{3,5}[\s)–-]{1,3}\d{1,3}[\s–-]?\d{2}[\s–-]?\d{2}(?!\d)"
)


def contact_masks() -> tuple[Mask, ...]:
    """Return the masks of every e-mail, link, phone and register number, whoever they belong to."""
    return (
        _mask(r"[^\s@<>«»(),;:]+@[^\s@<>«»(),;:]+\w", MAIL),
        _mask(r"(?:https?|ftp)\s?:\s?//\S+", LINK),
        _mask(r"\bwww\.\S+", LINK),
        _mask(rf"(?<![\w.-])(?:[\w-]+\.)+{_ZONES}(?![\w-])(?:/\S*)?", LINK),
        _mask(r"(?<![\w@])@[a-z]\w{3,}", LINK),
        _mask(r"\b(?:ИНН|КПП|ОГРН)\s*:?\s*\d+", ORGANISATION),
        _mask(_PHONE, PHONE),
        _mask(r"(?<!\d)(?:\+\s?7|8|7)\d{10}(?!\d)", PHONE),
        _mask(r"(?:тел(?:ефон[а-я]*)?|факс|моб(?:ильн[а-я]*)?)\.?\s*:?\s*[+(]?\d[\d\s()–-]{3,}\d", PHONE),
    )


# ── Organisations ───────────────────────────────────────────────────────────


def organisation_masks(names: Iterable[str]) -> tuple[Mask, ...]:
    """Return the masks of an organisation: its names, and any sort of school with its number."""
    given = [name for name in dict.fromkeys(names) if name.strip()]
    pieces = sorted({piece for name in given for piece in _pieces(name)}, key=lambda one: (-len(one), one))
    numbers = dict.fromkeys(found for name in given for found in re.findall(rf"{_NUMBER_SIGN}\s*(\d+)", name))
    return (
        *(_mask(_loosely(piece), ORGANISATION) for piece in pieces),
        *(_mask(_with_number(number), ORGANISATION) for number in numbers),
    )


def _pieces(name: str) -> Iterator[str]:
    """Yield the name and what stands in its quotation marks: both are used as the name."""
    yield name
    for quoted in re.findall(r"[«\"„“]([^«»\"„“”]{4,})[»\"“”]", name):
        if not _is_generic(quoted):
            yield quoted


def _is_generic(quoted: str) -> bool:
    """Tell whether the words name a sort of organisation only, such as «Средняя школа»."""
    sort = rf"(?:(?:средн|основн|начальн|общеобразовательн)[а-яё]+\s+)*{_SORT}"
    return bool(re.fullmatch(sort, quoted.strip(), re.IGNORECASE))


def _loosely(name: str) -> str:
    """Return a pattern of the name in any case, with any spaces, quotation marks and number signs in it."""
    words = re.findall(r"\w+", re.sub(rf"{_NUMBER_SIGN}(?=\s*\d)", " ", prepared(name)))
    glue = r"[\W_]*(?:(?:N[oо]?|номер)\b[\W_]*)?"
    return (
        rf"(?<!\w){glue.join(_bent_part(word, any_case=True) for word in words)}(?!\w)" if words else r"(?!)"
    )


def _with_number(number: str) -> str:
    """Return a pattern of any sort of school with this number, with the sign or, after an abbreviation, without."""
    signed = rf"(?:{_SORT}[\s«»\"(-]*){{1,4}}{_NAMED_AFTER}\s*{_NUMBER_SIGN}\s*"
    return rf"(?<!\w)(?:{signed}|(?:{_ABBREVIATION})[\s-]*|{_SORT}-){number}(?!\w|[.,]\d)[»\"]?"


# ── People ──────────────────────────────────────────────────────────────────


def person_masks(names: Iterable[str]) -> tuple[Mask, ...]:
    """Return the masks of people: the surname in any case with the names beside it, and those names alone."""
    found = [prepared(name).replace(".", ". ").split() for name in dict.fromkeys(names)]
    whole = [_mask(_person(words), PERSON) for words in found if words]
    short = [_mask(_by_first_names(words[1:]), PERSON) for words in found if _is_full(words)]
    return (*whole, *short)


def _is_full(words: list[str]) -> bool:
    return len(words) > _LONGEST_INITIAL and all(len(word) > _LONGEST_INITIAL for word in words)


def _person(words: list[str]) -> str:
    surname, *rest = words
    full = [_bent(word) for word in rest if len(word) > _LONGEST_INITIAL]
    near = f"(?:{'|'.join([*full, '(?-i:[А-ЯЁ])[.]'])})"
    return rf"(?<!\w)(?:{near}[\s,]*){{0,2}}{_bent(surname)}(?:[\s,]*{near}){{0,2}}"


def _by_first_names(words: list[str]) -> str:
    return r"(?<!\w)" + r"\s+".join(_bent(word) for word in words)


def _bent(word: str) -> str:
    """Return a pattern of the word with any case ending, its parts joined by any dash."""
    return r"[-‐‑–]".join(f"{_bent_part(part)}(?!\\w)" for part in re.split(r"[-‐‑–]", word) if part)


def _bent_part(part: str, *, any_case: bool = False) -> str:
    """Bend one word; a short stem must begin with a capital, or it would cover common words."""
    stem = part.rstrip(_VOWELS + _VOWELS.upper())
    if len(stem) < _SHORTEST_STEM or not part.isalpha():
        return _any_yo(part) if any_case else _capital(part)
    body = _any_yo(stem) if any_case or len(stem) >= _DISTINCT_STEM else _capital(stem)
    return rf"{body}[а-яё]{{0,3}}"


def _any_yo(word: str) -> str:
    return "".join("[её]" if letter in "её" else re.escape(letter) for letter in word.lower())


def _capital(word: str) -> str:
    return rf"(?-i:{re.escape(word[0].upper())}){_any_yo(word[1:])}"


# ── Municipalities ──────────────────────────────────────────────────────────


def municipality_masks(names: Iterable[str]) -> tuple[Mask, ...]:
    """Return the masks of a municipality and its centre, by their own words in any case."""
    words = [word for name in names for word in re.findall(r"[\w-]+", prepared(name))]
    own = [word for word in words if len(word) > _LONGEST_INITIAL and word.lower() not in _GENERIC_PLACES]
    return tuple(_mask(rf"(?<!\w){_bent(word)}", PLACE) for word in dict.fromkeys(own))

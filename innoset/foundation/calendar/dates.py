"""Dates and school years out of the words people type."""

import datetime as dt
import re

from innoset.foundation.calendar.months import SchoolYear

CENTURY = 2000
_FULL_YEAR = len("2021")
MONTH_WORD = re.compile(
    r"(?<![а-я])(?:(?P<m1>янв(?:ар[ьяею]м?)?)|(?P<m2>фев(?:р(?:ал[ьяею]м?)?)?)|(?P<m3>март[аеу]?)"
    r"|(?P<m4>апр(?:ел[ьяею]м?)?)|(?P<m5>ма[йяею])|(?P<m6>июн[ьяею]?м?)|(?P<m7>июл[ьяею]?м?)"
    r"|(?P<m8>авг(?:уст[ае]?)?)|(?P<m9>сен(?:т(?:ябр[ьяею]м?)?)?)|(?P<m10>окт(?:ябр[ьяею]м?)?)"
    r"|(?P<m11>ноя(?:б(?:р[ьяею]м?)?)?)|(?P<m12>дек(?:абр[ьяею]м?)?))(?![а-я])"
)


# Latin letters that look Cyrillic: typists and scanners mix them.
_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")


def plain(text: str) -> str:
    """Return the text with one kind of dash and space, lower case, one alphabet in a word, without ё."""
    lowered = re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("\xad", "").lower().replace("ё", "е"))
    lowered = re.sub(r"[a-z]*[а-я][a-zа-я]*", lambda word: word[0].translate(_LOOKALIKES), lowered)
    return re.sub(r"[‐‑‒–—−]", "-", lowered).strip()


def parse_date(text: str) -> dt.date | None:
    """Return the first full date in the text, or None: an unfilled or damaged date is no date."""
    for reader in (_iso_date, _numeric_date, _worded_date):
        if found := reader(plain(text)):
            return found
    return None


def _date(year: str, month: int, day: str) -> dt.date | None:
    full = int(year) if len(year) == _FULL_YEAR else CENTURY + int(year)
    try:
        return dt.date(full, month, int(day))
    except ValueError:
        return None


def _iso_date(text: str) -> dt.date | None:
    found = re.search(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)", text)
    return _date(found[1], int(found[2]), found[3]) if found else None


def _numeric_date(text: str) -> dt.date | None:
    found = re.search(
        r"(?<![\d.])(\d{1,2}) ?[./] ?(\d{1,2}) ?[./] ?((?:19|20)\d\d|\d\d)(?!\d)", text
    ) or re.search(r"[«\"“] ?(\d{1,2}) ?[»\"”] ?_*(\d{1,2})_* ?((?:19|20)\d\d)(?!\d)", text)
    return _date(found[3], int(found[2]), found[1]) if found else None


def _worded_date(text: str) -> dt.date | None:
    for month in MONTH_WORD.finditer(text):
        day = re.search(r"(?<!\d)(\d{1,2})[\s_«»\"“”„'-]*$", text[: month.start()])
        year = re.match(r"[\s_.,]*((?:19|20) ?\d ?\d|\d\d(?= ?_* ?г))(?!\d)", text[month.end() :])
        if day and year and (found := _date(year[1].replace(" ", ""), month_number(month), day[1])):
            return found
    return None


def month_number(match: re.Match[str]) -> int:
    return int((match.lastgroup or "m0")[1:])


def parse_school_year(text: str) -> SchoolYear | None:
    """Return the school year named in the text: «2021-22 уч.г.», «2021 — 2022 учебном году»."""
    found = re.search(r"(?<!\d)(20\d\d) ?[-/] ?(20\d\d|\d\d)(?!\d)", plain(text))
    if not found or not _consecutive(found[1], found[2]):
        return None
    return SchoolYear(int(found[1]))


def _consecutive(first: str, second: str) -> bool:
    return full_year(first, second) == int(first) + 1


def full_year(first: str, second: str) -> int:
    return int(second) if len(second) == _FULL_YEAR else int(first[:2] + second)

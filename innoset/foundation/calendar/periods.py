"""Periods of months out of the many ways Russians write them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from innoset.foundation.calendar.dates import CENTURY, MONTH_WORD, full_year, month_number, plain
from innoset.foundation.calendar.months import (
    FIRST_MONTH_OF_SCHOOL,
    MONTHS,
    Month,
    MonthPeriod,
    SchoolYear,
)

_Span: TypeAlias = tuple[Month, Month]


@dataclass(slots=True)
class _Reader:
    """The state of reading a period left to right: spans found, month runs without a year yet."""

    spans: list[_Span] = field(default_factory=list)
    pending: list[tuple[int, int]] = field(default_factory=list)
    lone_year: int | None = None
    until: bool = False
    since: bool = False
    goes_on: bool = False

    def whole(self, first: int, last: int) -> None:
        """Take a year or several without months."""
        self.spans.append((Month(first, 1), Month(last, 12)))

    def give_year(self, year: int) -> None:
        """Give a year to the months before it; months that would run backwards get earlier years."""
        if not self.pending:
            self.flush()
            self.lone_year = year
            return
        self.drop_lone()
        limit = Month(year, 12)
        for first, last in reversed(self.pending):
            end = Month(limit.year, last) if last <= limit.month else Month(limit.year - 1, last)
            limit = Month(end.year - (first > last), first)
            self.spans.append((limit, end))
        self.pending.clear()

    def give_school_year(self, year: SchoolYear) -> None:
        """Give each pending month its place in the school year."""
        self.drop_lone()
        if not self.pending:
            months = year.months
            self.spans.append((months.start or Month(0, 1), months.end or Month(0, 1)))
        for first, last in self.pending:
            self.spans.append((_in_school(year, first), _in_school(year, last)))
        self.pending.clear()

    def give_years(self, first: int, last: int) -> None:
        """Give «2021–2022»: the first month the first year, the last month the last."""
        if not self.pending:
            self.whole(first, last)
            return
        self.spans.append((Month(first, self.pending[0][0]), Month(last, self.pending[-1][1])))
        self.pending.clear()

    def drop_lone(self) -> None:
        """Count a year that stood alone as whole."""
        if self.lone_year is not None:
            self.whole(self.lone_year, self.lone_year)
            self.lone_year = None

    def flush(self) -> None:
        """Settle what is left: months after their year, months that follow earlier ones."""
        if self.pending and self.lone_year is not None:
            year, self.lone_year = self.lone_year, None
            self.give_year_forward(year)
        elif self.pending and self.spans:
            self.give_year_forward(max(end for _, end in self.spans).year)
        self.drop_lone()
        self.pending.clear()

    def give_year_forward(self, year: int) -> None:
        """Give a year to months that come after it; a month that runs backwards is next year's."""
        after = max((end for _, end in self.spans), default=Month(year, 1))
        for first, last in self.pending:
            start = Month(year, first) if Month(year, first) >= after else Month(year + 1, first)
            after = Month(start.year + (last < first), last)
            self.spans.append((start, after))
        self.pending.clear()


def _in_school(year: SchoolYear, month: int) -> Month:
    return Month(year.start + (month < FIRST_MONTH_OF_SCHOOL), month)


_Step: TypeAlias = Callable[[_Reader, re.Match[str]], None]
_SEASONS = {"осен": (9, 11), "зим": (12, 2), "весн": (3, 5), "лет": (6, 8)}
_ORDINALS = {"i": 1, "1": 1, "перв": 1, "ii": 2, "2": 2, "втор": 2, "iii": 3, "3": 3, "трет": 3}
_ORDINALS |= {"iv": 4, "4": 4, "четв": 4}
_YEAR = r"(?:19|20)\d\d"
_SCHOOL_WORD = r"(?=[ .]*(?:г\w*\.?)? ?\)?[ .]*уч)"


def _school_years(reader: _Reader, hit: re.Match[str]) -> None:
    first, last = int(hit[1]), full_year(hit[1], hit[2])
    reader.give_school_year(SchoolYear(first))
    if last > first + 1:
        reader.give_school_year(SchoolYear(last - 1))


def _years(reader: _Reader, hit: re.Match[str]) -> None:
    first, last = int(hit[1]), full_year(hit[1], hit[2])
    if last < first:
        _iso_month(reader, first, int(hit[2]))
        return
    if last == first + 1 and ("/" in hit[0] or "уч" in hit.string[hit.end() :]):
        reader.give_school_year(SchoolYear(first))
    else:
        reader.give_years(first, last)


def _iso_month(reader: _Reader, year: int, month: int) -> None:
    """Take «2021-09»: as a run of years it would go backwards."""
    if 1 <= month <= len(MONTHS):
        reader.spans.append((Month(year, month), Month(year, month)))


def _dotted(reader: _Reader, hit: re.Match[str]) -> None:
    month, year = int(hit["mm"]), int(hit["yy"])
    if 1 <= month <= len(MONTHS):
        reader.flush()
        full = year if year > CENTURY // 2 else CENTURY + year
        reader.spans.append((Month(full, month), Month(full, month)))


def _month(reader: _Reader, hit: re.Match[str]) -> None:
    found = MONTH_WORD.search(hit[0])
    if found:
        reader.pending.append((month_number(found), month_number(found)))


def _year(reader: _Reader, hit: re.Match[str]) -> None:
    reader.give_year(int(hit[0]))


def _quarter(reader: _Reader, hit: re.Match[str]) -> None:
    number = _ORDINALS.get(hit["q"], 0)
    if number:
        last = _ORDINALS.get(hit["q2"] or "", number)
        reader.pending.append((number * 3 - 2, last * 3))


def _half(reader: _Reader, hit: re.Match[str]) -> None:
    number = _ORDINALS.get(hit["h"], 0)
    rest = hit.string[hit.end() :]
    if re.match(rf"[^а-я\d]*(?:{_YEAR} ?[-/] ?\d+[ г.]*)?уч", rest):
        reader.pending.append((9, 12) if number == 1 else (1, 5))
    elif number in {1, 2}:
        reader.pending.append((1, 6) if number == 1 else (7, 12))


def _season(reader: _Reader, hit: re.Match[str]) -> None:
    reader.pending.append(_SEASONS[hit["season"]])


def _until(reader: _Reader, hit: re.Match[str]) -> None:
    begun = re.search(r"(?<![а-я])(?:с|со|от)(?![а-я])", hit.string[: hit.start()])
    nothing = not reader.spans and not reader.pending and reader.lone_year is None
    reader.until = nothing and begun is None


def _since(reader: _Reader, hit: re.Match[str]) -> None:
    reader.since = not re.search(r"(?<![а-я])по(?![а-я])", hit.string[hit.end() :])


def _short_year(reader: _Reader, hit: re.Match[str]) -> None:
    if reader.pending:
        reader.give_year(CENTURY + int(hit[0]))


def _goes_on(reader: _Reader, _: re.Match[str]) -> None:
    reader.goes_on = True


_STEPS: tuple[tuple[re.Pattern[str], _Step], ...] = (
    (re.compile(rf"(?<!\d)({_YEAR}) ?[-/] ?({_YEAR}|\d\d)(?!\d){_SCHOOL_WORD}"), _school_years),
    (
        re.compile(rf"(?<![\d.])(?:\d{{1,2}} ?\.) ?(?P<mm>\d{{1,2}}) ?\. ?(?P<yy>{_YEAR}|\d\d)(?!\d)"),
        _dotted,
    ),
    (re.compile(rf"(?<![\d.])(?P<mm>\d{{1,2}}) ?[./] ?(?P<yy>{_YEAR})(?!\d)"), _dotted),
    (
        re.compile(rf"(?<!\d)({_YEAR}) ?(?:г\w*\.?)? ?[-/] ?({_YEAR}|\d\d)(?!\d|[.]\d| ?[а-я]{{3}})"),
        _years,
    ),
    (re.compile(MONTH_WORD.pattern), _month),
    (re.compile(rf"(?<!\d){_YEAR}(?!\d)"), _year),
    (
        re.compile(
            r"(?<![а-яa-z\d])(?P<q>iv|i{1,3}|[1-4]|перв|втор|трет|четв)[а-я]*(?:-?й)?"
            r"(?: ?[-,и] ?(?P<q2>iv|i{1,3}|[1-4])(?:-?й)?)? ?кв(?:артал[а-я]*|\.)"
        ),
        _quarter,
    ),
    (
        re.compile(r"(?<![а-яa-z\d])(?P<h>ii?|[12]|перв|втор)[а-я]*(?:-[ео]е)? ?полугоди[а-я]*"),
        _half,
    ),
    (
        re.compile(r"(?<![а-я])(?P<season>осен|зим|весн|лет)(?:ь|ью|и|а|ы|ой|о|ом)(?![а-я])"),
        _season,
    ),
    (
        re.compile(
            r"(?<![а-я])(?:до|к|по|не позднее|не позже|окончани[ея] ?[-:]?)"
            r"(?: (?:концу?|конца|окончани[а-я]+|середин[а-я]+|начал[а-я]+))? "
            rf"(?=\d|[iv]+ |перв|втор|трет|четв|осен|зим|весн|лет|{MONTH_WORD.pattern})"
        ),
        _until,
    ),
    (re.compile(r"(?<=[а-я] )\d\d(?= ?(?:г|-|,|;|$))(?! ?[а-я]{3})"), _short_year),
    (re.compile(r"(?<![а-я])(?:настоящее время|н\. ?в\.)"), _goes_on),
    (re.compile(r"(?<![а-я])(?:с|со|начиная с) (?=\S)"), _since),
)


def parse_period(text: str) -> MonthPeriod | None:
    """Return the months a text speaks of, or None when it names no year.

    «до декабря 2024 г.» has an end and no start; one month is both start and end.
    """
    reader = _Reader()
    for step, hit in _hits(plain(_glued(text))):
        step(reader, hit)
    reader.flush()
    if not reader.spans:
        return None
    start, end = min(one for one, _ in reader.spans), max(one for _, one in reader.spans)
    if reader.until:
        return MonthPeriod(None, end)
    if reader.goes_on or (reader.since and len(reader.spans) == 1 and _is_one(start, end)):
        return MonthPeriod(start, None)
    return MonthPeriod(start, end)


def _is_one(start: Month, end: Month) -> bool:
    """Tell one month or one whole year from a run."""
    return start == end or (start.year == end.year and (start.month, end.month) == (1, len(MONTHS)))


def _glued(text: str) -> str:
    """Put a space where a year touches a word («2010июнь»), close letter-spaced words."""
    text = re.sub(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)", lambda hit: hit[0].replace(" ", ""), text)
    return re.sub(r"(?<=\d)(?=[А-Яа-яЁё])|(?<=[А-Яа-яЁё])(?=(?:19|20)\d\d)", " ", text)


def _hits(text: str) -> Iterator[tuple[_Step, re.Match[str]]]:
    position = 0
    while position < len(text):
        for pattern, step in _STEPS:
            if hit := pattern.match(text, position):
                yield step, hit
                position = max(hit.end(), position + 1)
                break
        else:
            position += 1

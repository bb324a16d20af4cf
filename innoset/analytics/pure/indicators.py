"""Figures: over which period, of what they are made, how they add up, how they are written."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, TypeVar

from innoset.foundation.russian import decimal, thousands

K = TypeVar("K", bound=Hashable)
PERCENT: Final = "%"
UNKNOWN: Final = "не указано"
MONTHS: Final = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")  # fmt: skip
_CENT: Final = Decimal("0.01")
_FORMS: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to a day, both included."""

    starts_on: date
    ends_on: date

    @property
    def is_year(self) -> bool:
        """Tell whether it is a calendar year from its first day to its last."""
        return self == year_of(self.starts_on.year)

    @property
    def title(self) -> str:
        """Name the period: «2021 год», «2022 год, по 20 августа», «01.09.2021–31.05.2022»."""
        first, last = self.starts_on, self.ends_on
        if self.is_year:
            return f"{first.year} год"
        if first == date(first.year, 1, 1) and last.year == first.year:
            return f"{first.year} год, по {last.day} {MONTHS[last.month - 1]}"
        return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"


def year_of(number: int) -> Period:
    """Return a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def so_far(number: int, today: date) -> Period:
    """Return a calendar year as far as it has come: the one that goes on ends today."""
    whole = year_of(number)
    return Period(whole.starts_on, max(whole.starts_on, min(whole.ends_on, today)))


class How(StrEnum):
    """How the facts of an indicator add up to its value."""

    COUNT = "count"
    HOLDERS = "holders"
    SUM = "sum"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row that an indicator counts, and whose it is."""

    title: str
    organisation: int | None = None
    municipality: int | None = None
    # Null = nobody has counted it; never nought by default.
    amount: Decimal | None = None
    is_met: bool = True
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What facts add up to; `unknown` of them say nothing about their amount."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unknown: int = 0


def tally(facts: Iterable[Fact], how: How) -> Tally:
    """Add facts up; a share of nothing and a sum of unknown amounts are unknown, not nought."""
    rows = list(facts)
    if how == How.COUNT:
        return Tally(Decimal(len(rows)))
    if how == How.HOLDERS:
        return Tally(Decimal(len({row.organisation for row in rows})))
    if how == How.SUM:
        known = [row.amount for row in rows if row.amount is not None]
        value = None if rows and not known else sum(known, Decimal(0))
        return Tally(value, unknown=len(rows) - len(known))
    met = sum(row.is_met for row in rows)
    return Tally(share(Decimal(met), Decimal(len(rows))), Decimal(met), Decimal(len(rows)) or None)


def share(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Return the percentage to the hundredth; None where a part of it is unknown or nothing is shared."""
    if numerator is None or not denominator:
        return None
    return (100 * numerator / denominator).quantize(_CENT, ROUND_HALF_UP)


def split(facts: Iterable[Fact], key: Callable[[Fact], K | None]) -> dict[K, list[Fact]]:
    """Put facts together by holder; those of nobody are left out."""
    found: dict[K, list[Fact]] = {}
    for fact in facts:
        holder = key(fact)
        if holder is not None:
            found.setdefault(holder, []).append(fact)
    return found


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of an indicator over a period, whoever has found it out."""

    period: Period
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_partial: bool = False
    # The exact number was not told: «более 350».
    is_floor: bool = False
    unknown: int = 0
    note: str = ""
    # A state on a day, such as sites in force: the day matters, not the length of the period.
    is_state: bool = False

    @property
    def title(self) -> str:
        """Name the period, or the day of a state."""
        return f"на {self.period.ends_on:%d.%m.%Y}" if self.is_state else self.period.title

    def shown(self, unit: str, *, is_share: bool = False) -> str:
        """Write the figure: a share always with its numerator and its denominator."""
        shown = share_shown(self) if is_share else figure(self.value, unit)
        return f"более {shown}" if self.is_floor else shown


def number(value: Decimal) -> str:
    """Write a number as people do: groups of three, a comma, no idle noughts."""
    whole = value.to_integral_value()
    if value == whole:
        return thousands(int(whole))
    digits = decimal(float(abs(value) % 1), 2).rstrip("0").partition(",")[2]
    sign = "−" if value < 0 and int(value) == 0 else ""
    return f"{sign}{thousands(int(value))},{digits}"


def figure(value: Decimal | None, unit: str) -> str:
    """Write a value with its unit: «12 000 посетителей», «25 %»; what nobody knows is «не указано»."""
    if value is None:
        return UNKNOWN
    word = unit_word(value, unit)
    return f"{number(value)} {word}" if word else number(value)


def unit_word(value: Decimal, unit: str) -> str:
    """Choose the form of the unit: one word, or three by commas («визит,визита,визитов»)."""
    forms = [form.strip() for form in unit.split(",")]
    if len(forms) != _FORMS:
        return unit
    if value != value.to_integral_value():
        return forms[1]
    tens, ones = int(abs(value)) % 100, int(abs(value)) % 10
    if ones == 1 and tens != 11:  # noqa: PLR2004  # reason: Russian plurals
        return forms[0]
    return forms[1] if ones in {2, 3, 4} and tens not in {12, 13, 14} else forms[2]


def unit_title(unit: str) -> str:
    """Name the unit alone, in the form that goes with many."""
    forms = [form.strip() for form in unit.split(",")]
    return forms[-1] if len(forms) == _FORMS else unit


def share_shown(reading: Reading) -> str:
    """Write a share: «11 из 44 (25 %)», «не указано из 3», «37 %, числитель и знаменатель не указаны»."""
    if reading.denominator is None:
        if reading.value is None:
            return UNKNOWN
        return f"{figure(reading.value, PERCENT)}, числитель и знаменатель не указаны"
    of = number(reading.denominator)
    if reading.numerator is None:
        return f"{UNKNOWN} из {of}"
    return f"{number(reading.numerator)} из {of} ({figure(share(reading.numerator, reading.denominator), PERCENT)})"


def target_sentence(
    reading: Reading | None, target: Decimal | None, target_on: date | None, unit: str
) -> str:
    """Say how far the value is from what is aimed at; nothing where there is no aim."""
    if target is None:
        return ""
    aim = f"Цель — {figure(target, unit)}" + (f" к {target_on:%d.%m.%Y}" if target_on else "")
    if reading is None or reading.value is None:
        return f"{aim}. Значение не указано."
    if reading.value >= target:
        return f"{aim}. Достигнута."
    return f"{aim}. Не хватает {_lacking(target - reading.value, unit).rstrip('.')}."


def _lacking(difference: Decimal, unit: str) -> str:
    return f"{number(difference)} п. п." if unit == PERCENT else figure(difference, unit)


def holders_of(facts: Iterable[Fact], how: How, key: Callable[[Fact], K | None]) -> Mapping[K, Tally]:
    """Return what the facts of each holder add up to."""
    return {holder: tally(rows, how) for holder, rows in split(facts, key).items()}

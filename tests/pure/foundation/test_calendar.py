"""Dates, periods and school years as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation.calendar import (
    MONTHS,
    MONTHS_OF,
    Month,
    MonthPeriod,
    SchoolYear,
    parse_date,
    parse_period,
    parse_school_year,
)

PERIODS = {
    "2021-2022 учебном году": ("2021-09", "2022-08"),
    "2021-22 уч.г.": ("2021-09", "2022-08"),
    "(2022-23 уч.г.)": ("2022-09", "2023-08"),
    "2022 — 2023 учебном году": ("2022-09", "2023-08"),
    "(2023-24уч.г.)": ("2023-09", "2024-08"),
    "2021/2022 учебный год": ("2021-09", "2022-08"),
    "2021/22": ("2021-09", "2022-08"),
    "2021–2023 уч. гг.": ("2021-09", "2023-08"),
    "2021-22, 2022-23 уч.г.": ("2021-09", "2023-08"),
    "Сентябрь-декабрь 2021г.": ("2021-09", "2021-12"),
    "Январь-март 2022г.": ("2022-01", "2022-03"),
    "Сентябрь 2021 г. – декабрь 2021 г.": ("2021-09", "2021-12"),
    "Январь 2022 г. – апрель 2024 г.": ("2022-01", "2024-04"),
    "Май 2024 г. –декабрь 2024 г.": ("2024-05", "2024-12"),
    "август 2010июнь 2015 года": ("2010-08", "2015-06"),
    "с сентября 2021 по май 2022 года": ("2021-09", "2022-05"),
    "декабрь - март 2022": ("2021-12", "2022-03"),
    "ноябрь 2021 – март": ("2021-11", "2022-03"),
    "сентябрь – май 2021-2022 уч. года": ("2021-09", "2022-05"),
    "январь – декабрь 2021-2022 гг.": ("2021-01", "2022-12"),
    "январь, февраль, март 2023": ("2023-01", "2023-03"),
    "2021 г.: январь - март": ("2021-01", "2021-03"),
    "09.2021-12.2021": ("2021-09", "2021-12"),
    "01.09.2021 – 31.12.2021": ("2021-09", "2021-12"),
    "01.09.21-25.12.21 г.": ("2021-09", "2021-12"),
    "1 сентября 2021 г. – 31 мая 2022 г.": ("2021-09", "2022-05"),
    "с 1 по 30 сентября 2021 г.": ("2021-09", "2021-09"),
    "С Е Н Т Я Б Р Ь 2021": ("2021-09", "2021-09"),
    "Май 2024": ("2024-05", "2024-05"),
    "2019 – 2021 гг.": ("2019-01", "2021-12"),
    "2020 - 2023 годы": ("2020-01", "2023-12"),
    "в течение 2022 года": ("2022-01", "2022-12"),
    "I квартал 2022 г.": ("2022-01", "2022-03"),
    "2-3 квартал 2022 г.": ("2022-04", "2022-09"),
    "IV квартал 2021 – I квартал 2022": ("2021-10", "2022-03"),
    "1 полугодие 2022 года": ("2022-01", "2022-06"),
    "второе полугодие 2022 года": ("2022-07", "2022-12"),
    "первое полугодие 2021-2022 уч.года": ("2021-09", "2021-12"),
    "2 полугодие 2021-2022 уч.года": ("2022-01", "2022-05"),
    "осень 2021 г.": ("2021-09", "2021-11"),
    "зима 2022": ("2021-12", "2022-02"),
    "до декабря 2024 г.": (None, "2024-12"),
    "к концу 2024г.": (None, "2024-12"),
    "в срок до 25 мая 2023 года": (None, "2023-05"),
    "с января 2022 г.": ("2022-01", None),
    "с 2022 г.": ("2022-01", None),
    "с сентября 2021 г. по настоящее время": ("2021-09", None),
    "по декабрь 2024 г.": (None, "2024-12"),
    "к 1 сентября 2024 года": (None, "2024-09"),
    "окончание – май 2024 г.": (None, "2024-05"),
    "до конца 2023-2024 учебного года": (None, "2024-08"),
    "до I квартала 2024 г.": (None, "2024-03"),
    "подготовка к форуму: январь-март 2022": ("2022-01", "2022-03"),
    "2021-09 — 2021-12": ("2021-09", "2021-12"),
    "сентябрь 21 – декабрь 21": ("2021-09", "2021-12"),
    "Ceнтябрь-дeкaбрь 2021г.": ("2021-09", "2021-12"),
    "сен\u00adтябрь-декабрь 2021": ("2021-09", "2021-12"),
}


@pytest.mark.parametrize(("text", "months"), PERIODS.items())
def test_period_is_understood(text: str, months: tuple[str | None, str | None]) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.start and str(period.start), period.end and str(period.end)) == months


@pytest.mark.parametrize(
    "text",
    [
        "",
        "нет",
        "-",
        "постоянно",
        "сентябрь",
        "по мере запроса",
        "13.45",
        "2023-2021 гг.",
        "2021-13",
        "школа 21",
    ],
)
def test_text_without_a_year_is_no_period(text: str) -> None:
    assert parse_period(text) is None


DATES = {
    "14 августа 2019 г.": (2019, 8, 14),
    "27.12.19": (2019, 12, 27),
    "29  декабря  2012 г.": (2012, 12, 29),
    "«14» сентября 2021   г.": (2021, 9, 14),
    '"14"сентября2021г': (2021, 9, 14),
    "14.09.2021г.": (2021, 9, 14),
    "“05” октября 2022 года": (2022, 10, 5),
    "14 сентября 20 21 г.": (2021, 9, 14),
    "14 сентября 21 г.": (2021, 9, 14),
    "приказ от 2021-09-14": (2021, 9, 14),
    "«14» _сентября_ 2021 г.": (2021, 9, 14),
    "«14»  09  2021 г.": (2021, 9, 14),
}


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_date_is_understood(text: str, day: tuple[int, int, int]) -> None:
    assert parse_date(text) == dt.date(*day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "от  марта 2019г. № 21н",
        "«___»____________2021",
        "М.П. «__» сентября 2021 г.",
        "31.02.2021",
        "сентябрь 2021",
    ],
)
def test_unfilled_or_damaged_date_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_school_year() -> None:
    year = SchoolYear.of(dt.date(2022, 8, 31))
    assert (year, SchoolYear.of(dt.date(2022, 9, 1))) == (SchoolYear(2021), SchoolYear(2022))
    assert (year.first_day, year.last_day) == (dt.date(2021, 9, 1), dt.date(2022, 8, 31))
    assert year.months == MonthPeriod(Month(2021, 9), Month(2022, 8))
    assert (str(year), year.next, year.previous) == ("2021–2022", SchoolYear(2022), SchoolYear(2020))
    assert dt.date(2022, 1, 1) in year
    assert dt.date(2022, 9, 1) not in year
    assert SchoolYear(2020) < year


def test_school_year_in_words() -> None:
    assert parse_school_year("в 2021-22 уч.г. и позже") == SchoolYear(2021)
    assert parse_school_year("2021 — 2022 учебном году") == SchoolYear(2021)
    assert parse_school_year("2019 – 2021 гг.") is None
    assert parse_school_year("2021 год") is None


def test_period_in_words() -> None:
    said = {
        MonthPeriod(Month(2021, 9), Month(2021, 12)): "сентябрь–декабрь 2021 г.",
        MonthPeriod(Month(2022, 1), Month(2024, 4)): "январь 2022 г. – апрель 2024 г.",
        MonthPeriod(Month(2024, 5), Month(2024, 5)): "май 2024 г.",
        MonthPeriod(None, Month(2024, 12)): "до декабря 2024 г.",
        MonthPeriod(Month(2022, 1), None): "с января 2022 г.",
        MonthPeriod(None, None): "",
    }
    assert {period: period.spoken for period in said} == said
    assert (len(MONTHS), len(MONTHS_OF)) == (12, 12)


@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(0, 60))
def test_spoken_period_is_understood_back(year: int, month: int, length: int) -> None:
    start = Month(year, month)
    end = Month(year + (month - 1 + length) // 12, (month - 1 + length) % 12 + 1)
    period = MonthPeriod(start, end)
    assert parse_period(period.spoken) == period


@given(st.text(alphabet="0123456789 .-/–«»абвгдеиклмнопрстуфья", max_size=40))
def test_any_text_is_survived(text: str) -> None:
    period, day = parse_period(text), parse_date(text)
    assert period is None or isinstance(period, MonthPeriod)
    assert day is None or isinstance(day, dt.date)

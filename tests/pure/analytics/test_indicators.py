"""Figures: periods, sums, shares, how they are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.analytics.pure import indicators as pure
from innoset.analytics.pure.indicators import Fact, How, Period, Reading, Tally

D = Decimal


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("period", "title", "is_year"),
    [
        (pure.year_of(2021), "2021 год", True),
        (Period(date(2022, 1, 1), date(2022, 8, 20)), "2022 год, по 20 августа", False),
        (Period(date(2021, 9, 1), date(2022, 5, 31)), "01.09.2021–31.05.2022", False),
        (Period(date(2021, 1, 1), date(2022, 12, 31)), "01.01.2021–31.12.2022", False),
    ],
)
def test_a_period_is_named_by_what_it_covers(period, title, is_year):
    assert (period.title, period.is_year) == (title, is_year)


def test_a_year_that_goes_on_ends_today():
    today = date(2026, 11, 22)
    assert pure.so_far(2026, today) == Period(date(2026, 1, 1), today)
    assert pure.so_far(2025, today) == pure.year_of(2025)
    assert pure.so_far(2027, today) == Period(date(2027, 1, 1), date(2027, 1, 1))


FACTS = [
    Fact("а", organisation=1, municipality=7, amount=D(10)),
    Fact("б", organisation=1, municipality=7, amount=None, is_met=False),
    Fact("в", organisation=2, municipality=8, amount=D("2.5")),
]


@pytest.mark.parametrize(
    ("facts", "how", "expected"),
    [
        (FACTS, How.COUNT, Tally(D(3))),
        (FACTS, How.HOLDERS, Tally(D(2))),
        (FACTS, How.SUM, Tally(D("12.5"), unknown=1)),
        (FACTS, How.SHARE, Tally(D("66.67"), D(2), D(3))),
        ([], How.COUNT, Tally(D(0))),
        ([], How.SUM, Tally(D(0))),
        ([FACTS[1]], How.SUM, Tally(None, unknown=1)),
        ([], How.SHARE, Tally(None, D(0), None)),
    ],
)
def test_facts_add_up(facts, how, expected):
    assert pure.tally(facts, how) == expected


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.booleans()), max_size=30))
def test_the_parts_of_holders_make_the_whole(rows):
    facts = [Fact("", organisation=a, municipality=b, amount=D(a), is_met=c) for a, b, c in rows]
    for how in (How.COUNT, How.SUM):
        parts = pure.holders_of(facts, how, lambda fact: fact.municipality).values()
        assert sum((part.value for part in parts), D(0)) == pure.tally(facts, how).value


def test_facts_of_nobody_belong_to_no_holder():
    assert pure.split([Fact("а"), FACTS[0]], lambda fact: fact.organisation) == {1: [FACTS[0]]}


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(D(11), D(44), D("25.00")), (None, D(3), None), (D(1), None, None), (D(1), D(0), None)],
)
def test_a_share_of_the_unknown_is_unknown(numerator, denominator, expected):
    assert pure.share(numerator, denominator) == expected


UNIT = "визит,визита,визитов"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (D(1), UNIT, "1 визит"),
        (D(22), UNIT, "22 визита"),
        (D(11), UNIT, "11 визитов"),
        (D(12), UNIT, "12 визитов"),
        (D(17000), UNIT, "17 000 визитов"),
        (D("1.5"), UNIT, "1,5 визита"),
        (D("60250000.40"), "₽", "60 250 000,4 ₽"),
        (D("-0.25"), "%", "−0,25 %"),
        (D("-3.5"), "%", "−3,5 %"),
        (D(0), UNIT, "0 визитов"),
        (D(5), "", "5"),
        (None, UNIT, "не указано"),
    ],
)
def test_a_figure_is_written_as_people_do(value, unit, shown):
    assert plain(pure.figure(value, unit)) == shown


def test_a_unit_is_named_alone():
    assert (pure.unit_title(UNIT), pure.unit_title("%")) == ("визитов", "%")


YEAR = pure.year_of(2022)


@pytest.mark.parametrize(
    ("reading", "shown"),
    [
        (Reading(YEAR, D("25.00"), D(11), D(44)), "11 из 44 (25 %)"),
        (Reading(YEAR, None, None, D(3)), "не указано из 3"),
        (Reading(YEAR, D(37)), "37 %, числитель и знаменатель не указаны"),
        (Reading(YEAR, None), "не указано"),
    ],
)
def test_a_share_shows_its_parts(reading, shown):
    assert plain(reading.shown("%", is_share=True)) == shown


def test_a_reading_is_named_by_its_period_or_by_its_day():
    state = Reading(Period(date(2026, 1, 1), date(2026, 11, 22)), D(87), is_state=True)
    assert (state.title, Reading(YEAR, D(1)).title, Reading(YEAR, D(2)).shown(UNIT)) == (
        "на 22.11.2026",
        "2022 год",
        "2 визита",
    )


@pytest.mark.parametrize(
    ("reading", "target", "on", "unit", "said"),
    [
        (Reading(YEAR, D(5)), None, None, "%", ""),
        (None, D(100), None, "%", "Цель — 100 %. Значение не указано."),
        (
            Reading(YEAR, None),
            D(100),
            date(2024, 12, 31),
            "%",
            "Цель — 100 % к 31.12.2024. Значение не указано.",
        ),
        (Reading(YEAR, D(100)), D(100), None, "%", "Цель — 100 %. Достигнута."),
        (Reading(YEAR, D(25)), D(100), None, "%", "Цель — 100 %. Не хватает 75 п. п."),
        (Reading(YEAR, D(3)), D(5), None, UNIT, "Цель — 5 визитов. Не хватает 2 визита."),
    ],
)
def test_the_way_to_the_aim_is_said(reading, target, on, unit, said):
    assert plain(pure.target_sentence(reading, target, on, unit)) == said

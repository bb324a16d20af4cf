"""The index: reckoned step by step against a sum by hand, never from missing data; versions keep to their years."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.analytics.pure import index
from innoset.analytics.reference.formula import PARTS

D = Decimal
FORMULA = index.parts_of(PARTS)
VALUES = {"reports": D(1), "events": D(2), "people": D(150), "publications": D(1), "products": D(0)}


def test_the_first_formula_stands():
    assert index.objection(PARTS) is None


def test_a_reckoning_shows_every_step():
    made = index.reckon(FORMULA, VALUES)
    assert [(step.part.code, step.value, step.share, step.points) for step in made.steps] == [
        ("reports", D(1), D("100.00"), D("20.00")),
        ("events", D(2), D("50.00"), D("12.50")),
        ("people", D(150), D("100.00"), D("15.00")),
        ("publications", D(1), D("50.00"), D("10.00")),
        ("products", D(0), D("0.00"), D("0.00")),
    ]
    assert (made.total, made.lacking, made.verdict) == (D("57.50"), (), "57,50")


def test_missing_data_are_no_nought():
    made = index.reckon(FORMULA, {**VALUES, "reports": None, "events": None, "products": None})
    assert (made.total, made.verdict) == (
        None,
        "нельзя посчитать: нет отчётов, срок которых пришёлся на этот год, нет записей о распространении опыта",
    )
    assert index.reckon(FORMULA, dict.fromkeys(VALUES, D(0))).verdict == "0,00"


@given(st.fixed_dictionaries({code: st.integers(0, 300) for code in VALUES}))
def test_an_independent_sum_agrees(values):
    exact = sum(
        Fraction(part["weight"]) * 100 * min(Fraction(values[part["code"]]) / Fraction(part["full"]), 1)
        for part in PARTS
    )
    total = index.reckon(FORMULA, {code: D(value) for code, value in values.items()}).total
    assert abs(Fraction(total) - exact) <= Fraction(25, 1000)
    assert 0 <= total <= 100


def part(code="events", weight="1", full="4"):
    return {"code": code, "title": "Часть", "weight": weight, "full": full, "definition": ""}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Выберите хотя бы одну часть формулы, каждую — один раз."),
        ([part(), part()], "Выберите хотя бы одну часть формулы, каждую — один раз."),
        ([part(code="luck")], "Выберите хотя бы одну часть формулы, каждую — один раз."),
        ([part(weight="много")], "Впишите вес и полное значение каждой части числом, например 25."),
        ([part(full="0")], "Вес и полное значение каждой части должны быть больше нуля. Исправьте их."),
        ([part(weight="0.905")], "Веса частей вместе дают 90,5 %, а должны дать 100 %. Исправьте веса."),
        ([part()], None),
    ],
)
def test_what_is_no_formula_is_told_why(rows, said):
    assert index.objection(rows) == said


def test_equal_ones_share_their_place_and_the_unknown_have_none():
    totals = {"а": D(50), "б": None, "в": D(70), "г": D(50), "д": D(10)}
    assert index.ranking(totals) == [("1", "в"), ("2–3", "а"), ("2–3", "г"), ("4", "д"), ("—", "б")]


VERSIONS = {1: date(2026, 9, 1), 2: date(2027, 3, 1)}


@pytest.mark.parametrize(
    ("year", "version"),
    [(2024, 1), (2026, 1), (2027, 2), (2030, 2)],
    ids=["before all", "first", "second", "later"],
)
def test_a_new_version_leaves_past_years_alone(year, version):
    assert index.version_for(VERSIONS, date(year, 12, 31)) == version

"""Findings: growth is said of whole periods alone, unknown and partial ones are told apart."""

from datetime import date
from decimal import Decimal

import pytest

from innoset.analytics.pure.findings import Pair, analysis_finding, far_apart, finding
from innoset.analytics.pure.indicators import Period, Reading, year_of

D = Decimal
UNIT = "визит,визита,визитов"


def year(number: int, value: int | None, **more) -> Reading:
    return Reading(year_of(number), None if value is None else D(value), **more)


PART = Reading(Period(date(2022, 1, 1), date(2022, 8, 20)), D(10000), is_partial=True)
SHORT = Reading(Period(date(2022, 1, 1), date(2022, 3, 31)), D(7))


def state(number: int, value: int) -> Reading:
    return Reading(Period(date(number, 1, 1), date(number, 12, 31)), D(value), is_state=True)


@pytest.mark.parametrize(
    ("readings", "unit", "said"),
    [
        ([], UNIT, "Значений пока нет."),
        (
            [year(2020, 355), year(2022, 350, is_floor=True)],
            UNIT,
            "2020 год — 355 визитов, сравнивать пока не с чем. "  # noqa: ISC004  # reason: one sentence after another
            "2022 год — более 350 визитов: точного числа нет, с точными его не сравнивают.",
        ),
        (
            [year(2020, 5), year(2021, 25)],
            UNIT,
            "2021 год — 25 визитов, больше в 5 раз: 2020 год — 5 визитов.",
        ),
        ([year(2021, 12000)], UNIT, "2021 год — 12 000 визитов, сравнивать пока не с чем."),
        (
            [year(2019, 8000), year(2020, None), year(2021, 12000), PART],
            UNIT,
            "2021 год — 12 000 визитов, больше на 50 %: 2019 год — 8 000 визитов. "  # noqa: ISC004  # reason: one sentence after another
            "2022 год, по 20 августа — 10 000 визитов, это часть периода: с целыми его не сравнивают. "
            "Не указано: 2020 год.",
        ),
        (
            [PART],
            UNIT,
            "2022 год, по 20 августа — 10 000 визитов, это часть периода: с целыми его не сравнивают.",
        ),
        ([year(2020, None)], UNIT, "Не указано: 2020 год."),
        ([year(2021, 5), SHORT], UNIT, "2022 год, по 31 марта — 7 визитов, сравнивать пока не с чем."),
        (
            [year(2020, 30), year(2021, 20)],
            UNIT,
            "2021 год — 20 визитов, меньше на 33,3 %: 2020 год — 30 визитов.",
        ),
        (
            [year(2020, 30), year(2021, 75)],
            UNIT,
            "2021 год — 75 визитов, больше в 2,5 раза: 2020 год — 30 визитов.",
        ),
        (
            [year(2020, 5), year(2021, 5)],
            UNIT,
            "2021 год — 5 визитов, столько же, сколько раньше: 2020 год — 5 визитов.",
        ),
        (
            [year(2020, 0), year(2021, 5)],
            UNIT,
            "2021 год — 5 визитов, больше, чем раньше: 2020 год — 0 визитов.",
        ),
        ([year(2020, 20), year(2021, 25)], "%", "2021 год — 25 %, больше на 5 п. п.: 2020 год — 20 %."),
        (
            [state(2020, 40), state(2021, 87)],
            UNIT,
            "На 31.12.2021 — 87 визитов, больше в 2,2 раза: на 31.12.2020 — 40 визитов.",
        ),
        ([year(2020, 40), state(2021, 87)], UNIT, "На 31.12.2021 — 87 визитов, сравнивать пока не с чем."),
    ],
)
def test_what_figures_say(readings, unit, said):
    assert finding(readings, unit).replace("\u00a0", " ") == said


def pairs(*marks):
    return [Pair(f"Утверждение {n}", own, expert) for n, (own, expert) in enumerate(marks, 1)]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([(None, 3), (2, None)], "Сравнивать пока нечего: нет утверждений, которые оценили оба."),
        ([(3, 3), (2, 1)], "Площадка и эксперт сходятся: ни в одном из 2 утверждений оценки не разошлись на 2 балла и больше."),
        ([(4, 1), (3, 3), (None, 0)], "Оценки разошлись на 2 балла и больше в 1 из 2 утверждений: везде площадка ставит себе выше, чем эксперт."),
        ([(0, 2)], "Оценки разошлись на 2 балла и больше в 1 из 1 утверждения: везде площадка ставит себе ниже, чем эксперт."),
        (
            [(4, 2), (4, 1), (0, 4)],
            "Оценки разошлись на 2 балла и больше в 3 из 3 утверждений: "  # noqa: ISC004  # reason: one sentence
            "выше, чем эксперт, площадка ставит себе в 2 из них, ниже — в 1.",
        ),
    ],
)  # fmt: skip
def test_where_two_judgements_part(marks, said):
    assert analysis_finding(pairs(*marks)).replace("\u00a0", " ") == said


def test_the_widest_gap_comes_first():
    rows = pairs((4, 2), (1, 1), (0, 4), (None, 4))
    assert [pair.title for pair in far_apart(rows)] == ["Утверждение 3", "Утверждение 1"]
